#include "tools/taxii-pull/state/object_log.h"

#include "common/json/byte_masks.h"
#include "tools/taxii-pull/rows/row_output.h"

#include <fmt/format.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace quarry::taxii_pull {
namespace {

constexpr std::size_t kPiece = std::size_t{256} << 10;

}  // namespace

Result<ObjectLog> ObjectLog::open(const std::string& path, std::uint64_t size) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  ObjectLog log(path, descriptor, size);
  if (descriptor < 0) return log.failure("cannot open");
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return log.failure("cannot look at");
  const auto there = static_cast<std::uint64_t>(status.st_size);
  if (there < size) {
    return fail(Error(ErrorCode::kData,
                      fmt::format("the objects end at byte {}, {} were written", there, size),
                      "'taxii-pull state --reset' begins anew")
                    .at(path));
  }
  QUARRY_CHECK(log.cut(size));
  return log;
}

ObjectLog::ObjectLog(ObjectLog&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      written_(other.written_),
      buffer_(std::move(other.buffer_)) {}

ObjectLog::~ObjectLog() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Failure ObjectLog::failure(const char* what) const {
  return fail(Error(ErrorCode::kData, fmt::format("{} the objects: {}", what, ::strerror(errno)))
                  .at(path_));
}

Result<std::uint64_t> ObjectLog::append(std::string_view json) {
  const std::uint64_t position = size();
  append_compact(buffer_, json);
  buffer_ += '\n';
  if (buffer_.size() >= kPiece) QUARRY_CHECK(flush());
  return position;
}

Result<void> ObjectLog::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t put =
        ::pwrite(descriptor_, rest.data(), rest.size(), static_cast<off_t>(written_));
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return failure("cannot write");
    written_ += static_cast<std::uint64_t>(put);
    rest.remove_prefix(static_cast<std::size_t>(put));
  }
  buffer_.clear();
  return ok();
}

Result<void> ObjectLog::sync() const {
  return ::fdatasync(descriptor_) == 0 ? ok() : failure("cannot write");
}

Result<void> ObjectLog::cut(std::uint64_t size) {
  buffer_.clear();
  written_ = size;
  return ::ftruncate(descriptor_, static_cast<off_t>(size)) == 0 ? ok() : failure("cannot cut");
}

Result<void> ObjectLog::for_each(std::uint64_t first, std::uint64_t end, const Visit& visit) const {
  std::string piece;
  std::size_t waiting = 0;  // bytes in front: of a line whose end has not been read
  while (first + waiting < end) {
    const std::size_t wanted =
        static_cast<std::size_t>(std::min<std::uint64_t>(kPiece, end - first - waiting));
    piece.resize(waiting + wanted + json::kScanPadding);
    const ssize_t got =
        ::pread(descriptor_, piece.data() + waiting, wanted, static_cast<off_t>(first + waiting));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failure("cannot read");
    if (got == 0) return fail(Error(ErrorCode::kData, "the objects end early").at(path_));
    const std::size_t filled = waiting + static_cast<std::size_t>(got);
    std::size_t at = 0;
    while (true) {
      const std::string_view rest(piece.data() + at, filled - at);
      const std::size_t newline = rest.find('\n');
      if (newline == std::string_view::npos) break;
      QUARRY_CHECK(visit(first + at, rest.substr(0, newline)));
      at += newline + 1;
    }
    piece.erase(0, at);
    waiting = filled - at;
    first += at;
  }
  return ok();
}

Result<std::string> ObjectLog::read(std::uint64_t position) const {
  std::string text;
  std::size_t wanted = 4096;
  while (true) {
    text.resize(wanted);
    const ssize_t got = ::pread(descriptor_, text.data(), wanted, static_cast<off_t>(position));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failure("cannot read");
    const std::size_t newline = text.substr(0, static_cast<std::size_t>(got)).find('\n');
    if (newline != std::string::npos) {
      text.resize(newline);
      text.reserve(newline + json::kScanPadding);
      return text;
    }
    if (static_cast<std::size_t>(got) < wanted)
      return fail(Error(ErrorCode::kData, "the objects end early").at(path_));
    wanted *= 4;
  }
}

}  // namespace quarry::taxii_pull
