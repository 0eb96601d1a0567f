// Runs queries in this process: checked only, or over input files in one shape, within limits.
#pragma once

#include "common/value/type.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::fuzz {

/// An input: a file whose base name is the table's.
struct InputTable {
  std::string file;  ///< "T.ndjson"
  Schema schema;     ///< declared to the engine where `declared`
  bool declared = true;
  std::string bytes;

  std::string name() const { return file.substr(0, file.find('.')); }
};

struct Checked {
  bool accepted = false;
  Schema schema;  ///< of the last result
  std::size_t results = 0;
};

/// Parses and binds.
Checked check_query(const std::string& query, std::span<const InputTable> tables);

struct Shape {
  std::size_t batch_rows = 4096;
  int threads = 2;
  bool use_needles = true;
  std::size_t block_bytes = 0;  ///< in which files are read; 0: as the program likes it
  bool spill = false;           ///< whatever can move to disk does, from the first byte on
};

struct Ran {
  bool accepted = false;  ///< parsed and bound
  bool finished = false;  ///< ran to its end without an error
  bool limited = false;   ///< memory, rows or time ran out: nothing to compare
  std::string bytes;      ///< typed NDJSON of all results
  std::string errors;     ///< one a line
  std::string warnings;   ///< who stops early has not met every bad line: they differ by shape
  std::uint64_t rows = 0;
};

struct Limits {
  std::chrono::milliseconds time{4000};
  std::uint64_t memory = std::uint64_t{256} << 20;
  std::uint64_t rows = 20000;
};

/// The tables' files lie in `folder`.
Ran run_query(const std::string& query, std::span<const InputTable> tables,
              const std::filesystem::path& folder, const Shape& shape, const Limits& limits = {});

/// Writes the tables' files.
void write_files(std::span<const InputTable> tables, const std::filesystem::path& folder);

}  // namespace quarry::fuzz
