// How inputs are read, whatever their format: what the command line says once for all of them.
#pragma once

#include "common/io/block.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

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
  std::size_t sample_bytes = std::size_t{1}
                             << 20;  ///< of each stretch (start, middle, end) of an input
  std::size_t block_size = io::kDefaultBlockSize;
  std::size_t max_line = io::kDefaultMaxLine;  ///< --max-line
  bool follow = false;                         ///< --follow
};

}  // namespace quarry::table
