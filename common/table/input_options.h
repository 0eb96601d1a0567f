// How inputs are read, whatever their format: what the command line says once for all of them.
#pragma once

#include "common/io/block.h"
#include "common/time/ticks.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::table {

enum class Format : std::uint8_t { kAuto, kNdjson, kJson, kCsv, kTsv };

/// "ndjson" (also jsonl), "json", "csv", "tsv", "auto"; nullopt otherwise.
std::optional<Format> parse_format(std::string_view name);
std::string_view name_of(Format format);

struct InputOptions {
  Format format = Format::kAuto;  ///< --input-format; kAuto: told by the content
  std::uint64_t sample_rows =
      1000;  ///< --sample N: looked at for names and types, at least, where there are so many
  bool sample_all = false;  ///< --sample all: every row
  /// Inputs that are no larger than this, all together, are sampled to the last row: that costs
  /// less than a missed column or type. 0: never.
  std::uint64_t sample_all_below = std::uint64_t{4} << 20;
  /// Where every row is looked at: only rows that hold one of these texts (in any case), unless
  /// empty.
  std::vector<std::string> sample_only;
  int threads = 1;  ///< for looking at every row
  std::size_t sample_bytes = std::size_t{1}
                             << 20;  ///< of each stretch (start, middle, end) of an input
  std::size_t block_size = io::kDefaultBlockSize;
  std::size_t max_line = io::kDefaultMaxLine;  ///< --max-line
  bool follow = false;                         ///< --follow
  /// --assume-prompt: events reach their export's folder within this time. None: however late.
  std::optional<Timespan> promptness;
};

}  // namespace quarry::table
