#include "common/table/block_scan.h"

#include "common/table/arrival.h"

#include <utility>

namespace quarry::table {
namespace {

// Streaming exports write one blob an hour, which grows during that hour.
constexpr std::string_view kHourBlob = "PT1H.json";

io::BlockReaderOptions reader_options(const InputOptions& options, io::Boundary boundary,
                                      const ScanRequest& request, const ScanContext& context) {
  return {.block_size = options.block_size,
          .max_line = options.max_line,
          .workers = request.workers,
          .boundary = boundary,
          .order = request.order == MorselOrder::kAny ? io::BlockOrder::kInterleaved
                                                      : io::BlockOrder::kInputs,
          .follow = options.follow,
          .keep_going = !context.strict};
}

/// Without those whose path says that no wanted row is in them. Who wants every byte checked wants
/// every input read.
std::vector<io::Input> worth_reading(std::vector<io::Input> inputs, const InputOptions& options,
                                     const ScanRequest& request, const ScanContext& context) {
  const bool bounded = request.time.from || (request.time.to && options.promptness);
  if (!bounded || request.filter == nullptr || context.check_all) return inputs;
  const std::size_t skipped = std::erase_if(inputs, [&](const io::Input& input) {
    const auto arrival = arrival_of(input.member.empty() ? input.path : input.member);
    return arrival && rules_out(*arrival, request.time, options.promptness);
  });
  if (context.report != nullptr)
    context.report->skipped_inputs.fetch_add(skipped, std::memory_order_relaxed);
  return inputs;
}

}  // namespace

BlockFeed::BlockFeed(std::vector<io::Input> inputs, const InputOptions& options,
                     io::Boundary boundary, const ScanRequest& request, const ScanContext& context)
    : context_(context),
      blocks_(worth_reading(std::move(inputs), options, request, context),
              reader_options(options, boundary, request, context),
              context.cancel != nullptr ? *context.cancel : no_cancel_),
      bad_lines_(
          context, [this](std::uint32_t input) { return blocks_.inputs()[input].name; },
          [this](const BadPlace& place) {
            io::Block block;
            block.input = place.input;
            block.first_byte = place.start;
            return blocks_.line_number(block, 0);
          }) {
  if (options.follow) bad_lines_.tell_at_once();
  if (context_.report != nullptr)
    context_.report->inputs.fetch_add(blocks_.inputs().size(), std::memory_order_relaxed);
}

Result<std::optional<io::Block>> BlockFeed::next() {
  QUARRY_TRY(auto block, blocks_.next());
  if (!block) {
    std::call_once(finished_, [this] { finish(); });
  } else if (context_.report != nullptr) {
    context_.report->bytes_read.fetch_add(block->text.size(), std::memory_order_relaxed);
  }
  return block;
}

void BlockFeed::finish() {
  const std::vector<Error> errors = blocks_.errors();
  if (context_.report != nullptr)
    context_.report->failed_inputs.fetch_add(errors.size(), std::memory_order_relaxed);
  if (context_.diagnostics == nullptr) return;
  for (const Error& error : errors) context_.diagnostics->add(error, DiagnosticClass::kData);
}

bool BlockFeed::may_end_half_written(const io::Block& block) const {
  return block.growing || blocks_.inputs()[block.input].name.ends_with(kHourBlob);
}

}  // namespace quarry::table
