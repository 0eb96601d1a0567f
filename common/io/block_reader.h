// Cuts inputs into numbered blocks of whole lines and hands them to workers.
// Plain files: each worker claims the next range of the file and reads it by itself; the range [a,
// b) stands for the lines that begin in it, so no worker waits for another and nothing is split up
// front. Everything else (pipes, gzip, archives, followed files) is read by a background thread
// into a short queue, so inflating runs beside parsing.
#pragma once

#include "common/base/cancel.h"
#include "common/base/result.h"
#include "common/io/block.h"
#include "common/io/input_set.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace quarry::io {

enum class Boundary : std::uint8_t {
  kLine,          // any newline
  kQuotedRecord,  // a newline outside double quotes (CSV, RFC 4180); such inputs are read in
                  // sequence
};

enum class BlockOrder : std::uint8_t {
  kInputs,  // blocks come in the order of the inputs and their bytes, numbers are dense
  // Compressed inputs are inflated several at a time: blocks come from any of them, their numbers
  // have gaps but still sort as the bytes do.
  kInterleaved,
};

struct BlockReaderOptions {
  std::size_t block_size = kDefaultBlockSize;
  std::size_t max_line = kDefaultMaxLine;
  int workers = 1;  // how many will call next(): sizes the queue
  Boundary boundary = Boundary::kLine;
  // Take kInterleaved where every block is read whatever it holds (a count, a summarize).
  BlockOrder order = BlockOrder::kInputs;
  // Keep reading files that grow, all at once; ends only when cancelled. Numbers are by arrival.
  bool follow = false;
  // An input that fails is noted in errors() and the next one is read; else next() returns it.
  bool keep_going = true;
};

class BlockReader {
 public:
  /// The token must outlive the reader. Opens nothing yet.
  BlockReader(std::vector<Input> inputs, BlockReaderOptions options, const CancelToken& cancel);
  /// Stops the background thread, also one that waits for a silent pipe. No next() may be running.
  ~BlockReader();
  BlockReader(const BlockReader&) = delete;
  BlockReader& operator=(const BlockReader&) = delete;

  /// The next block, nullopt at the end or once cancelled. Thread-safe; of live inputs, a block
  /// comes as soon as a whole line is there.
  Result<std::optional<Block>> next();
  /// Ends the reading early: every next() from now on, also a waiting one, returns nullopt.
  /// Thread-safe.
  void stop();

  const std::vector<Input>& inputs() const;
  /// Line, from 1, of the byte at `offset` of the block's text. Of plain files it re-reads what
  /// lies before (remembering what it has counted), so it is for messages, not for every row. 0
  /// where the file cannot be read any more. Thread-safe.
  std::uint64_t line_number(const Block& block, std::size_t offset);
  /// Inputs that failed so far, in the order met. Thread-safe.
  std::vector<Error> errors() const;
  /// Decompressed bytes handed out so far. Thread-safe.
  std::uint64_t bytes_read() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace quarry::io
