#include "common/io/block_reader.h"

#include "common/io/line_index.h"
#include "common/io/line_splitter.h"
#include "common/io/pump.h"
#include "common/io/range_reader.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <utility>

namespace quarry::io {
namespace {

BlockReaderOptions sound(BlockReaderOptions options) {
  options.max_line = std::max<std::size_t>(options.max_line, 1);
  // No block is larger than the longest line allowed: then a line's fate does not depend on where
  // it lies in a block.
  options.block_size = std::clamp<std::size_t>(options.block_size, 1, options.max_line + 1);
  return options;
}

bool is_read_in_ranges(const Input& input, const BlockReaderOptions& options) {
  return input.kind == InputKind::kFile && options.boundary == Boundary::kLine && !options.follow;
}

std::vector<std::uint32_t> sequential_inputs(const std::vector<Input>& inputs,
                                             const BlockReaderOptions& options) {
  std::vector<std::uint32_t> found;
  for (std::uint32_t i = 0; i < inputs.size(); ++i) {
    if (!is_read_in_ranges(inputs[i], options)) found.push_back(i);
  }
  return found;
}

bool in_any_order(const BlockReaderOptions& options) {
  return options.follow || options.order == BlockOrder::kInterleaved;
}

// The inputs that are read one after the other. In any order, what comes through the queue is taken
// when the ranges are done.
std::vector<std::uint32_t> steps(const std::vector<Input>& inputs,
                                 const BlockReaderOptions& options) {
  std::vector<std::uint32_t> found;
  for (std::uint32_t i = 0; i < inputs.size(); ++i) {
    if (!in_any_order(options) || is_read_in_ranges(inputs[i], options)) found.push_back(i);
  }
  return found;
}

}  // namespace

class BlockReader::Impl {
 public:
  Impl(std::vector<Input> inputs, const BlockReaderOptions& options, const CancelToken& cancel)
      : inputs_(std::move(inputs)),
        options_(sound(options)),
        interrupts_{&cancel, &stop_},
        pool_(BufferPool::create(RangeReader::buffer_capacity(options_.block_size))),
        lines_(inputs_.size()),
        steps_(steps(inputs_, options_)),
        blocks_of_input_(inputs_.size()),
        pump_(inputs_, sequential_inputs(inputs_, options_), options_, pool_, interrupts_) {}
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() { stop(); }

  Result<std::optional<Block>> next();
  void stop() {
    stop_.cancel(CancelReason::kEnough);
    pump_.stop();
  }
  const std::vector<Input>& inputs() const { return inputs_; }
  std::uint64_t line_number(const Block& block, std::size_t offset);
  std::vector<Error> errors() const {
    const std::lock_guard lock(errors_mutex_);
    return errors_;
  }
  std::uint64_t bytes_read() const { return bytes_read_.load(std::memory_order_relaxed); }

 private:
  // What a worker has taken under the lock: a finished block, a range yet to be read, or (neither)
  // the news that all is read.
  struct Claim {
    std::optional<Block> block;
    std::shared_ptr<const RangeReader> file;
    std::uint64_t range = 0;
    std::uint64_t number = 0;
    std::uint32_t input = 0;
  };
  Result<Claim> claim();
  Result<bool> claim_range(Claim& claim, std::uint32_t input);
  Result<bool> claim_queued(Claim& claim);
  std::uint64_t number_for(std::uint32_t input);
  Result<void> note(const Error& error);
  Result<Block> read_range(const Claim& claim);

  std::vector<Input> inputs_;
  BlockReaderOptions options_;
  CancelToken stop_;
  Interrupts interrupts_;
  std::shared_ptr<BufferPool> pool_;
  LineIndex lines_;
  std::atomic<std::uint64_t> bytes_read_{0};

  std::mutex mutex_;  // guards what says where the reading stands:
  std::vector<std::uint32_t> steps_;
  std::size_t step_ = 0;
  bool finished_ = false;
  std::uint64_t next_number_ = 0;
  std::vector<std::uint64_t> blocks_of_input_;
  std::shared_ptr<const RangeReader> file_;
  std::uint64_t next_range_ = 0;

  mutable std::mutex errors_mutex_;
  std::vector<Error> errors_;
  Pump pump_;  // last: its threads use the rest
};

Result<std::optional<Block>> BlockReader::Impl::next() {
  QUARRY_TRY(Claim claimed, claim());
  if (claimed.file) {
    QUARRY_TRY(claimed.block, read_range(claimed));
  }
  if (!claimed.block) return std::nullopt;
  bytes_read_.fetch_add(claimed.block->text.size(), std::memory_order_relaxed);
  return std::move(claimed.block);
}

Result<BlockReader::Impl::Claim> BlockReader::Impl::claim() {
  const std::lock_guard lock(mutex_);
  Claim result;
  pump_.start();
  while (!interrupts_.raised() && !finished_) {
    const bool in_ranges =
        step_ < steps_.size() && is_read_in_ranges(inputs_[steps_[step_]], options_);
    QUARRY_TRY(const bool found,
               in_ranges ? claim_range(result, steps_[step_]) : claim_queued(result));
    if (found) break;
  }
  return result;
}

// Takes the next range of the current file; false when it has none left and the next input is due.
Result<bool> BlockReader::Impl::claim_range(Claim& claim, std::uint32_t input) {
  if (!file_) {
    next_range_ = 0;
    auto file = RandomFile::open(inputs_[input].path);
    if (!file) {
      ++step_;
      QUARRY_CHECK(note(file.error()));
      return false;
    }
    file_ = std::make_shared<RangeReader>(std::move(*file), pool_, options_.block_size,
                                          options_.max_line);
  }
  if (next_range_ >= file_->range_count()) {
    file_.reset();
    ++step_;
    return false;
  }
  claim.file = file_;
  claim.range = next_range_++;
  claim.input = input;
  claim.number = number_for(input);
  return true;
}

// Waits for the background's next block. All other workers wait behind the lock meanwhile, for the
// same thing.
Result<bool> BlockReader::Impl::claim_queued(Claim& claim) {
  std::optional<QueueItem> item = pump_.pop();
  if (!item) {
    finished_ = true;
    return false;
  }
  if (item->exception) std::rethrow_exception(item->exception);
  if (item->block) {
    claim.block = std::move(item->block);
    claim.block->number = number_for(claim.block->input);
    return true;
  }
  ++step_;
  if (item->error) QUARRY_CHECK(note(*item->error));
  return false;
}

std::uint64_t BlockReader::Impl::number_for(std::uint32_t input) {
  if (options_.follow || options_.order == BlockOrder::kInputs) return next_number_++;
  return std::uint64_t{input} << 32 | blocks_of_input_[input]++;
}

Result<Block> BlockReader::Impl::read_range(const Claim& claim) {
  auto block = claim.file->read(claim.range);
  if (!block) {
    QUARRY_CHECK(note(block.error()));
    const std::lock_guard lock(mutex_);
    if (file_ == claim.file) next_range_ = file_->range_count();
    block = Block{};  // keeps the numbers dense
  }
  block->number = claim.number;
  block->input = claim.input;
  return block;
}

Result<void> BlockReader::Impl::note(const Error& error) {
  if (!options_.keep_going) return fail(error);
  const std::lock_guard lock(errors_mutex_);
  const bool known = std::ranges::any_of(errors_, [&](const Error& other) {
    return other.file() == error.file() && other.message() == error.message();
  });
  if (!known) errors_.push_back(error);
  return ok();
}

std::uint64_t BlockReader::Impl::line_number(const Block& block, std::size_t offset) {
  const std::uint64_t within = count_newlines(block.text.substr(0, offset)) + 1;
  if (block.lines_before) return *block.lines_before + within;
  const auto before =
      lines_.newlines_before(block.input, inputs_[block.input].path, block.first_byte);
  return before ? *before + within : 0;
}

BlockReader::BlockReader(std::vector<Input> inputs, BlockReaderOptions options,
                         const CancelToken& cancel)
    : impl_(std::make_unique<Impl>(std::move(inputs), options, cancel)) {}
BlockReader::~BlockReader() = default;

Result<std::optional<Block>> BlockReader::next() { return impl_->next(); }
void BlockReader::stop() { impl_->stop(); }
const std::vector<Input>& BlockReader::inputs() const { return impl_->inputs(); }
std::uint64_t BlockReader::line_number(const Block& block, std::size_t offset) {
  return impl_->line_number(block, offset);
}
std::vector<Error> BlockReader::errors() const { return impl_->errors(); }
std::uint64_t BlockReader::bytes_read() const { return impl_->bytes_read(); }

}  // namespace quarry::io
