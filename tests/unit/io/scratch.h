// A folder that goes away with the test, packed files to read, and a reader that puts an input
// together again.
#pragma once

#include "common/io/block_reader.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quarry::io::test {

class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  std::string path(std::string_view name) const { return folder_ + "/" + std::string(name); }
  const std::string& folder() const { return folder_; }
  /// Writes a file, making its folders; returns its path.
  std::string file(std::string_view name, std::string_view bytes) const;

 private:
  std::string folder_;
};

/// One stream packed with a libarchive filter: "gzip", "zstd", "xz", "bzip2", "lz4".
std::string packed(const char* filter, std::string_view bytes);
/// An archive in a libarchive format ("zip", "ustar", "7zip"), with a filter or "none". An empty
/// passphrase does not encrypt.
std::string archived(const char* format, const char* filter,
                     const std::vector<std::pair<std::string, std::string>>& members,
                     const char* passphrase = "");

/// What came out of a BlockReader, blocks put in the order of their numbers.
struct Reading {
  std::vector<Block> blocks;
  std::vector<Error> errors;

  std::string text() const;
  /// Every block but an input's last ends a line, its padding is zero, and it lies where the one
  /// before ended.
  bool well_formed() const;
};

Reading read_all(const std::vector<Input>& inputs, BlockReaderOptions options);
Reading read_paths(const std::vector<std::string>& paths, const BlockReaderOptions& options = {});

/// Numbered lines of varying length, about `bytes` in all.
std::string sample_text(std::size_t bytes, std::uint32_t seed, std::size_t longest_line);

}  // namespace quarry::io::test
