// Turns JSON documents into blocks of elements, in input order: the text of many elements, and
// where each stands in it.
#pragma once

#include "common/io/block.h"
#include "common/io/byte_source.h"
#include "common/io/input_set.h"
#include "common/io/interrupts.h"
#include "common/json/element_stream.h"
#include "common/table/block_lines.h"
#include "common/table/input_options.h"
#include "common/table/reader.h"

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace quarry::table {

struct ElementBlock {
  io::Block block;
  std::vector<LineRef> elements;
  std::vector<std::uint64_t> lines;  ///< of the input, where each element begins
};

/// Thread-safe.
class ElementFeed {
 public:
  ElementFeed(std::vector<io::Input> inputs, const InputOptions& options,
              const ScanContext& context);

  /// The next elements; nullopt at the end or when cancelled. Inputs that fail are told to the
  /// diagnostics, the next one is read.
  Result<std::optional<ElementBlock>> next();
  /// next() gives nullopt from now on, also where it waits. Thread-safe.
  void stop() { stop_.cancel(CancelReason::kEnough); }
  const std::vector<io::Input>& inputs() const { return inputs_; }

 private:
  struct Pending {
    std::string text;
    std::vector<LineRef> elements;
    std::vector<std::uint64_t> lines;
    std::uint64_t first_byte = 0;
  };
  io::Interrupts interrupts() const { return {.run = context_.cancel, .owner = &stop_}; }
  Result<void> read_some();
  Result<void> open_next();
  Result<void> end_input(const Result<void>& how);
  Result<bool> take(const json::Element& element);
  ElementBlock emit();

  std::vector<io::Input> inputs_;
  InputOptions options_;
  ScanContext context_;
  CancelToken stop_;
  std::mutex mutex_;  // guards all below
  std::size_t next_input_ = 0;
  std::unique_ptr<io::ByteSource> source_;
  std::optional<json::ElementStream> stream_;
  Pending pending_;
  std::uint64_t next_number_ = 0;
  std::string chunk_;
};

}  // namespace quarry::table
