// What scans over blocks have in common, whatever the format: claiming blocks as morsels, counting
// what was read, telling at the end which inputs failed.
#pragma once

#include "common/io/block_reader.h"
#include "common/table/bad_lines.h"
#include "common/table/input_options.h"
#include "common/table/reader.h"

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace quarry::table {

/// Opens the blocks of a scan. Thread-safe.
class BlockFeed {
 public:
  BlockFeed(std::vector<io::Input> inputs, const InputOptions& options, io::Boundary boundary,
            const ScanRequest& request, const ScanContext& context);

  /// The next block; nullopt at the end, when the failed inputs have been told.
  Result<std::optional<io::Block>> next();
  /// next() gives nullopt from now on, also where it waits. Thread-safe.
  void stop() { blocks_.stop(); }
  /// Of a growing input, or of the blob of the current hour: its last line may be half-written.
  bool may_end_half_written(const io::Block& block) const;
  BadLineLog& bad_lines() { return bad_lines_; }
  const ScanContext& context() const { return context_; }

 private:
  void finish();

  ScanContext context_;
  CancelToken no_cancel_;  // where the context brings none
  io::BlockReader blocks_;
  BadLineLog bad_lines_;
  std::once_flag finished_;
};

}  // namespace quarry::table
