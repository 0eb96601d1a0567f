// All objects ever received from a collection, a line each, in a file that only grows. The end that
// counts is kept elsewhere; what lies behind it after a crash is cut off.
#pragma once

#include "common/base/result.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace quarry::taxii_pull {

class ObjectLog {
 public:
  /// Opens or makes the file (0600) and cuts it to `size`. kData where it is shorter: then
  /// something else has changed it.
  static Result<ObjectLog> open(const std::string& path, std::uint64_t size);
  ObjectLog(ObjectLog&& other) noexcept;
  ObjectLog& operator=(ObjectLog&&) = delete;
  ~ObjectLog();

  /// The position of the object, as JSON on one line. Buffered.
  Result<std::uint64_t> append(std::string_view json);
  Result<void> flush();
  /// Makes lasting what was flushed. May run beside the other calls, on another thread.
  Result<void> sync() const;
  /// Forgets what lies behind.
  Result<void> cut(std::uint64_t size);
  /// Where the next object will lie.
  std::uint64_t size() const { return written_ + buffer_.size(); }

  /// Lines from `first` up to `end`, both at borders of lines; followed by json::kScanPadding
  /// readable bytes. All must have been flushed.
  using Visit = std::function<Result<void>(std::uint64_t position, std::string_view json)>;
  Result<void> for_each(std::uint64_t first, std::uint64_t end, const Visit& visit) const;
  /// One line; padded like those of for_each().
  Result<std::string> read(std::uint64_t position) const;

 private:
  ObjectLog(std::string path, int descriptor, std::uint64_t size)
      : path_(std::move(path)), descriptor_(descriptor), written_(size) {}
  Failure failure(const char* what) const;
  std::string path_;
  int descriptor_ = -1;
  std::uint64_t written_ = 0;
  std::string buffer_;
};

}  // namespace quarry::taxii_pull
