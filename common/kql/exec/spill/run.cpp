#include "common/kql/exec/spill/run.h"

#include "common/base/assert.h"
#include "common/kql/exec/spill/batch_codec.h"

#include <algorithm>

namespace quarry::exec {
namespace {

constexpr std::size_t kMostFrameRows = 4096;

}  // namespace

std::size_t chunk_bytes(std::uint64_t limit) {
  constexpr std::uint64_t kLeast = 16 << 10;
  constexpr std::uint64_t kMost = 256 << 10;
  return static_cast<std::size_t>(std::clamp(limit / 1024, kLeast, kMost));
}

Result<void> RunWriter::write(const Batch& batch) {
  if (batch.rows() == 0) return {};
  if (run_.rows == 0) space_->count_run();
  run_.rows += batch.rows();
  for (std::size_t first = 0; first < batch.rows();) {
    const std::size_t count = std::min(frame_rows_, batch.rows() - first);
    const std::size_t before = buffer_.size();
    encode(batch.slice(first, count), buffer_);
    first += count;
    // The next frame is as long as a chunk, if its rows are like those of this one.
    const std::size_t row_bytes = (buffer_.size() - before) / count + 1;
    frame_rows_ = std::clamp<std::size_t>(chunk_ / row_bytes, 1, kMostFrameRows);
    if (buffer_.size() >= chunk_) QUARRY_CHECK(flush());
  }
  return {};
}

Result<void> RunWriter::flush() {
  if (buffer_.empty()) return {};
  QUARRY_TRY(const Extent extent, space_->append(buffer_));
  run_.bytes += extent.size;
  run_.extents.push_back(extent);
  buffer_.clear();
  return {};
}

Result<SpillRun> RunWriter::finish() {
  QUARRY_CHECK(flush());
  buffer_ = {};
  SpillRun done = std::move(run_);
  run_ = {};
  return done;
}

Result<void> RunReader::load() {
  const Extent& extent = run_->extents[extent_++];
  chunk_ = std::shared_ptr<char[]>(new char[extent.size]);
  QUARRY_CHECK(space_->read(extent, {chunk_.get(), extent.size}));
  if (room_ == Room::kGivenBack) space_->discard(extent);
  rest_ = {chunk_.get(), extent.size};
  return {};
}

Result<bool> RunReader::next(Batch& out) {
  if (rest_.empty()) {
    if (extent_ == run_->extents.size()) {
      chunk_ = nullptr;
      return false;
    }
    QUARRY_CHECK(load());
  }
  const bool sound = decode(rest_, types_, chunk_, out);
  QUARRY_ASSERT(sound, "what the hash vouches for is what was written");
  return true;
}

}  // namespace quarry::exec
