#include "common/io/sink.h"

#include "common/io/system_error.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace quarry::io {

Sink::Sink(int descriptor, std::string name, std::size_t buffer_size)
    : Sink([descriptor] { return descriptor; }, std::move(name), buffer_size) {}

Sink::Sink(std::function<int()> descriptor, std::string name, std::size_t buffer_size)
    : open_(std::move(descriptor)), name_(std::move(name)), limit_(buffer_size) {
  buffer_.reserve(limit_);
}

Sink::~Sink() = default;

Result<void> Sink::write(std::string_view bytes) {
  const std::lock_guard lock(mutex_);
  QUARRY_CHECK(state());
  if (buffer_.size() + bytes.size() < limit_) {
    buffer_.append(bytes);
    return ok();
  }
  QUARRY_CHECK(flush_buffer());
  if (bytes.size() >= limit_) return write_out(bytes);
  buffer_.append(bytes);
  return ok();
}

Result<void> Sink::flush() {
  const std::lock_guard lock(mutex_);
  QUARRY_CHECK(state());
  return flush_buffer();
}

Result<void> Sink::finish() {
  flusher_ = {};  // waits for it
  return flush();
}

void Sink::flush_every(std::chrono::milliseconds age) {
  flusher_ = std::jthread([this, age](const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (!stopping_.wait_for(lock, stop, age, [&] { return stop.stop_requested(); })) {
      if (error_) return;
      static_cast<void>(flush_buffer().has_value());  // an error stays in error_
    }
  });
}

std::uint64_t Sink::bytes_written() const {
  const std::lock_guard lock(mutex_);
  return flushed_ + buffer_.size();
}

Result<void> Sink::state() const {
  if (!error_) return ok();
  return fail(*error_);
}

Result<void> Sink::flush_buffer() {
  const Result<void> written = write_out(buffer_);
  buffer_.clear();  // also after an error: its first bytes may have got through
  return written;
}

Result<void> Sink::write_out(std::string_view bytes) {
  Result<void> written = write_bytes(bytes);
  if (!written) error_ = written.error();  // what is lost cannot be made good by a later write
  return written;
}

Result<void> Sink::write_bytes(std::string_view bytes) {
  if (descriptor_ < 0 && !bytes.empty()) descriptor_ = open_();
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
