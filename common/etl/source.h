// Where a trace's bytes come from: a file, or memory (tests, fuzzers).
#pragma once

#include "common/base/result.h"
#include "common/etl/bytes.h"

#include <cstdint>
#include <memory>
#include <string>

namespace quarry::etl {

class Source {
 public:
  virtual ~Source() = default;
  virtual std::uint64_t size() const = 0;
  virtual const std::string& name() const = 0;
  /// Fills `into` as far as the source reaches; fewer bytes mean its end.
  virtual Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> into) const = 0;
};

/// kData error at the path when it cannot be opened or is no regular file.
Result<std::unique_ptr<Source>> open_file_source(const std::string& path);
/// `bytes` must outlive the source.
std::unique_ptr<Source> make_memory_source(Bytes bytes, std::string name);

}  // namespace quarry::etl
