#include "common/table/element_feed.h"

#include "common/io/open_input.h"

#include <cstring>
#include <utility>

namespace quarry::table {
namespace {

constexpr std::size_t kReadSize = std::size_t{256} << 10;
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

}  // namespace

ElementFeed::ElementFeed(std::vector<io::Input> inputs, const InputOptions& options,
                         const ScanContext& context)
    : inputs_(std::move(inputs)), options_(options), context_(context), chunk_(kReadSize, '\0') {
  if (context_.report != nullptr)
    context_.report->inputs.fetch_add(inputs_.size(), std::memory_order_relaxed);
}

Result<std::optional<ElementBlock>> ElementFeed::next() {
  const std::lock_guard lock(mutex_);
  while (pending_.text.size() < options_.block_size) {
    if (interrupts().raised()) return std::nullopt;
    if (source_ == nullptr) {
      if (!pending_.elements.empty()) break;  // a block holds elements of one input
      if (next_input_ == inputs_.size()) return std::nullopt;
      QUARRY_CHECK(open_next());
      continue;
    }
    QUARRY_CHECK(read_some());
  }
  return emit();
}

Result<void> ElementFeed::open_next() {
  const io::Input& input = inputs_[next_input_++];
  auto opened = io::open_input(input, interrupts());
  if (!opened) return end_input(fail(std::move(opened).error()));
  source_ = std::move(*opened);
  stream_.emplace(options_.max_line);
  return ok();
}

Result<void> ElementFeed::read_some() {
  const auto count = source_->read(chunk_.data(), chunk_.size());
  if (interrupts().raised()) return ok();  // not the input's end
  const auto take = [this](const json::Element& element) { return this->take(element); };
  if (!count) return end_input(fail(count.error()));
  if (*count == 0) return end_input(stream_->finish(take));
  std::string_view bytes(chunk_.data(), *count);
  if (stream_->is_at_start() && bytes.starts_with(kByteOrderMark))
    bytes.remove_prefix(kByteOrderMark.size());
  if (context_.report != nullptr)
    context_.report->bytes_read.fetch_add(*count, std::memory_order_relaxed);
  auto fed = stream_->feed(bytes, take);
  if (!fed) return end_input(fail(std::move(fed).error()));
  return ok();
}

// What was read before a damaged place stays.
Result<void> ElementFeed::end_input(const Result<void>& how) {
  source_.reset();
  if (how) return ok();
  Error error = how.error();
  if (error.file().empty()) error = std::move(error).at(inputs_[next_input_ - 1].name);
  if (context_.strict) return fail(std::move(error));
  if (context_.report != nullptr)
    context_.report->failed_inputs.fetch_add(1, std::memory_order_relaxed);
  if (context_.diagnostics != nullptr) context_.diagnostics->add(error, DiagnosticClass::kData);
  return ok();
}

Result<bool> ElementFeed::take(const json::Element& element) {
  if (pending_.elements.empty()) pending_.first_byte = element.offset;
  pending_.elements.push_back({static_cast<std::uint32_t>(pending_.text.size()),
                               static_cast<std::uint32_t>(element.text.size())});
  pending_.lines.push_back(element.line);
  pending_.text += element.text;
  pending_.text += '\n';
  return true;
}

ElementBlock ElementFeed::emit() {
  Pending ready = std::exchange(pending_, {});
  auto buffer = std::make_shared<io::Buffer>(ready.text.size());
  std::memcpy(buffer->data(), ready.text.data(), ready.text.size());
  std::memset(buffer->data() + ready.text.size(), 0, io::kBlockPadding);
  ElementBlock result;
  result.block.text = {buffer->data(), ready.text.size()};
  result.block.buffer = std::move(buffer);
  result.block.first_byte = ready.first_byte;
  result.block.number = next_number_++;
  result.block.input = static_cast<std::uint32_t>(next_input_ - 1);
  result.elements = std::move(ready.elements);
  result.lines = std::move(ready.lines);
  return result;
}

}  // namespace quarry::table
