#include "tools/taxii-pull/state/append_file.h"

#include <fmt/format.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

namespace quarry::taxii_pull {

std::string absolute_path(const std::string& path) {
  std::error_code error;
  const std::filesystem::path full = std::filesystem::weakly_canonical(path, error);
  return error ? path : full.string();
}

Failure AppendFile::failure(const char* what) const {
  return fail(
      Error(ErrorCode::kData, fmt::format("{}: {}", what, ::strerror(errno))).at(mark_.path));
}

AppendFile::AppendFile(AppendFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      mark_(std::move(other.mark_)),
      replaced_(other.replaced_) {}

AppendFile::~AppendFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<AppendFile> AppendFile::open(const std::string& path, const std::vector<OutputMark>& marks) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  AppendFile file(descriptor, {.path = absolute_path(path)}, false);
  if (descriptor < 0) return file.failure("cannot open");
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    return fail(
        Error(ErrorCode::kRefused, "another process appends to the file", "wait until it has ended")
            .at(path));
  }
  struct stat status {};
  if (::fstat(descriptor, &status) != 0) return file.failure("cannot look at");
  if (!S_ISREG(status.st_mode))
    return fail(Error(ErrorCode::kUsage, "--append takes a regular file").at(path));
  file.mark_.device = status.st_dev;
  file.mark_.inode = status.st_ino;
  file.mark_.size = static_cast<std::uint64_t>(status.st_size);
  std::optional<std::uint64_t> known;
  for (const OutputMark& mark : marks) {
    if (mark.path != file.mark_.path) continue;
    const bool same = mark.device == file.mark_.device && mark.inode == file.mark_.inode;
    file.replaced_ |= !same;
    if (same) known = std::max(known.value_or(0), mark.size);
  }
  if (!known) return file;
  file.replaced_ = file.mark_.size < *known;  // somebody cut it: what is left stays
  if (file.mark_.size <= *known) return file;
  if (::ftruncate(descriptor, static_cast<off_t>(*known)) != 0) return file.failure("cannot cut");
  file.mark_.size = *known;
  return file;
}

Result<void> AppendFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t put =
        ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(mark_.size));
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return failure("cannot write");
    mark_.size += static_cast<std::uint64_t>(put);
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return ok();
}

void AppendFile::cut(std::uint64_t size) {
  if (::ftruncate(descriptor_, static_cast<off_t>(size)) == 0) mark_.size = size;
}

Result<void> AppendFile::sync() {
  return ::fdatasync(descriptor_) == 0 ? ok() : failure("cannot write");
}

}  // namespace quarry::taxii_pull
