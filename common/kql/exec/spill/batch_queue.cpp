#include "common/kql/exec/spill/batch_queue.h"

namespace quarry::exec {
namespace {

/// Cells alone: batches share their texts with others, and to add them up would take longer than to
/// let the batch pass.
std::uint64_t bytes_of(const Batch& batch) {
  std::uint64_t bytes = 0;
  for (const Column& column : batch.columns()) bytes += batch.rows() * cell_size(column.type());
  return bytes;
}

}  // namespace

Result<void> BatchQueue::push(Batch batch) {
  bytes_ += bytes_of(batch);
  newest_.push_back(std::move(batch));
  if (context_->spill != nullptr && context_->memory->is_tight(bytes_, 1)) {
    RunWriter writer(*context_->spill, chunk_bytes(context_->memory->limit()));
    for (; !newest_.empty(); newest_.pop_front()) QUARRY_CHECK(writer.write(newest_.front()));
    QUARRY_TRY(SpillRun run, writer.finish());
    runs_.push_back(std::move(run));
    bytes_ = 0;
  }
  return share_.resize(bytes_);
}

Result<bool> BatchQueue::pop(Batch& out) {
  while (!runs_.empty()) {
    if (!reader_)
      reader_.emplace(*context_->spill, runs_.front(), types_, RunReader::Room::kGivenBack);
    QUARRY_TRY(const bool more, reader_->next(out));
    if (more) return true;
    reader_.reset();
    runs_.pop_front();
  }
  if (newest_.empty()) return false;
  out = std::move(newest_.front());
  newest_.pop_front();
  bytes_ -= bytes_of(out);
  QUARRY_CHECK(share_.resize(bytes_));
  return true;
}

}  // namespace quarry::exec
