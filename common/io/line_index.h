// Line numbers of plain files, counted only when a message needs one. What has been counted is
// remembered, so that the second message re-reads only what lies between the two.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace quarry::io {

/// Thread-safe.
class LineIndex {
 public:
  explicit LineIndex(std::size_t inputs) : counted_(inputs) {}

  /// Newlines in the file's bytes before `offset`; nullopt where it cannot be read.
  std::optional<std::uint64_t> newlines_before(std::uint32_t input, const std::string& path,
                                               std::uint64_t offset);

 private:
  std::mutex mutex_;
  std::vector<std::map<std::uint64_t, std::uint64_t>>
      counted_;  // by input: offset -> newlines before it
};

}  // namespace quarry::io
