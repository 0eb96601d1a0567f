#include "tools/hq/bad_line_file.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace quarry::hq {

Result<void> BadLineFile::open() {
  descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor_ < 0)
    return fail(ErrorCode::kUsage, fmt::format("cannot write {}: {}", path_, std::strerror(errno)));
  out_.emplace(descriptor_, path_);
  return {};
}

BadLineFile::~BadLineFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void BadLineFile::keep(const std::string& input, std::uint64_t line, std::string_view text,
                       const std::string& why) {
  const std::lock_guard lock(mutex_);
  auto written = out_->write(fmt::format("# {}:{}: {}\n", input, line, why));
  if (written) written = out_->write(text);
  if (written) written = out_->write("\n");
  if (!written && !error_) error_ = written.error();
}

Result<void> BadLineFile::finish() {
  const std::lock_guard lock(mutex_);
  if (error_) return fail(*error_);
  return out_ ? out_->flush() : Result<void>();
}

}  // namespace quarry::hq
