// --bad-lines FILE: bad lines verbatim, each behind a line that says where it came from and why.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "common/io/sink.h"
#include "common/table/reader.h"

namespace quarry::hq {

/// Creates the file at once, so that an empty one says that there were none. Thread-safe.
class BadLineFile final : public table::BadLineKeeper {
 public:
  static Result<std::unique_ptr<BadLineFile>> create(const std::string& path);
  ~BadLineFile() override;
  void keep(const std::string& input, std::uint64_t line, std::string_view text, const std::string& why) override;
  /// Writes out what is buffered; the Error of the first write that failed.
  Result<void> finish();

 private:
  BadLineFile(int descriptor, const std::string& path) : descriptor_(descriptor), out_(descriptor, path) {}
  int descriptor_;
  std::mutex mutex_;
  io::Sink out_;
  std::optional<Error> error_;
};

}  // namespace quarry::hq
