// --bad-lines FILE: bad lines verbatim, each behind a line that says where it came from and why.
#pragma once

#include "common/io/sink.h"
#include "common/table/reader.h"

#include <mutex>
#include <optional>
#include <string>

namespace quarry::hq {

/// Thread-safe.
class BadLineFile final : public table::BadLineKeeper {
 public:
  explicit BadLineFile(std::string path) : path_(std::move(path)) {}
  ~BadLineFile() override;
  /// Creates the file, so that an empty one says that there were none. Call it when the query is
  /// known to be good, and before keep().
  Result<void> open();
  void keep(const std::string& input, std::uint64_t line, std::string_view text,
            const std::string& why) override;
  /// Writes out what is buffered; the Error of the first write that failed.
  Result<void> finish();

 private:
  std::string path_;
  int descriptor_ = -1;
  std::mutex mutex_;
  std::optional<io::Sink> out_;
  std::optional<Error> error_;
};

}  // namespace quarry::hq
