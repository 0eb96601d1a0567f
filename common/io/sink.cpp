#include "common/io/sink.h"

#include "common/io/system_error.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace quarry::io {

Sink::Sink(int descriptor, std::string name, std::size_t buffer_size)
    : descriptor_(descriptor), name_(std::move(name)), limit_(buffer_size) {
  buffer_.reserve(limit_);
}

Result<void> Sink::write(std::string_view bytes) {
  if (!aging_ && !(buffer_.empty() && bytes.empty())) {
    aging_ = true;
    oldest_ = std::chrono::steady_clock::now();
  }
  if (buffer_.size() + bytes.size() < limit_) {
    buffer_.append(bytes);
    return ok();
  }
  QUARRY_CHECK(flush());
  if (bytes.size() >= limit_) return write_out(bytes);
  buffer_.append(bytes);
  return ok();
}

Result<void> Sink::flush() {
  QUARRY_CHECK(write_out(buffer_));
  buffer_.clear();
  aging_ = false;
  return ok();
}

Result<void> Sink::flush_if_older(std::chrono::milliseconds age) {
  if (buffer_.empty() || (aging_ && std::chrono::steady_clock::now() - oldest_ < age)) return ok();
  return flush();
}

Result<void> Sink::write_out(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor_, bytes.data(), bytes.size());
    if (count >= 0) {
      flushed_ += static_cast<std::uint64_t>(count);
      bytes.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno == EAGAIN) {  // a terminal or pipe that someone made non-blocking
      pollfd wait{descriptor_, POLLOUT, 0};
      (void)::poll(&wait, 1, -1);
    } else if (errno == EPIPE) {
      return fail(ErrorCode::kReaderGone, "the reader of " + name_ + " went away");
    } else if (errno != EINTR) {
      return fail(system_error("cannot write", errno, name_));
    }
  }
  return ok();
}

}  // namespace quarry::io
