#include "common/base/file.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace quarry {
namespace {

Failure system_failure(const char* what, int error_number, const std::string& path) {
  return fail(
      Error(ErrorCode::kData, fmt::format("{}: {}", what, std::strerror(error_number))).at(path));
}

/// Closes on every way out.
class OpenFile {
 public:
  explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

// The file that a symbolic link leads to: rename() would replace the link instead.
std::string resolved(const std::string& path) {
  char* const real = ::realpath(path.c_str(), nullptr);
  if (real == nullptr) return path;
  std::string result(real);
  std::free(real);
  return result;
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

std::string temporary_beside(const std::string& path) {
  static std::atomic<unsigned> counter{0};
  const std::size_t slash = path.rfind('/');
  const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  return fmt::format("{}/.{}.{}-{}.tmp", folder_of(path), name, ::getpid(), counter++);
}

}  // namespace

Result<std::string> read_file(const std::string& path, std::uint64_t limit) {
  const OpenFile file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return system_failure("cannot read", errno, path);

  struct stat status {};
  const bool has_size = ::fstat(file.get(), &status) == 0 && S_ISREG(status.st_mode);
  const std::uint64_t expected = has_size ? static_cast<std::uint64_t>(status.st_size) : 0;
  // Sizes lie (/proc says 0, a file grows): one byte more than expected shows the end without
  // another round.
  std::string content;
  std::size_t used = 0;
  while (used <= limit) {
    if (used == content.size())
      content.resize(std::max<std::size_t>({std::min(expected, limit) + 1, used * 2, 4096}));
    const ssize_t got = ::read(file.get(), content.data() + used, content.size() - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return system_failure("cannot read", errno, path);
    if (got == 0) {
      content.resize(used);
      return content;
    }
    used += static_cast<std::size_t>(got);
  }
  return fail(Error(ErrorCode::kData, fmt::format("file is larger than {} bytes", limit)).at(path));
}

AtomicFile::AtomicFile(std::string path, std::string temporary, int descriptor)
    : path_(std::move(path)), temporary_(std::move(temporary)), descriptor_(descriptor) {}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

AtomicFile::~AtomicFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Result<AtomicFile> AtomicFile::create(const std::string& path) {
  const std::string target = resolved(path);
  struct stat status {};
  const bool exists = ::stat(target.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) return system_failure("cannot write", EISDIR, path);
  if (exists && !S_ISREG(status.st_mode)) {
    // /dev/null, a named pipe: nothing to replace, so it is written directly.
    const int device = ::open(target.c_str(), O_WRONLY | O_CLOEXEC);
    if (device < 0) return system_failure("cannot write", errno, path);
    return AtomicFile(target, {}, device);
  }
  const std::string temporary = temporary_beside(target);
  const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (descriptor < 0) return system_failure("cannot write", errno, path);
  // A replaced file keeps its permissions.
  if (exists) [[maybe_unused]]
    const int changed = ::fchmod(descriptor, status.st_mode & 07777);
  return AtomicFile(target, temporary, descriptor);
}

Result<void> AtomicFile::commit() {
  const bool is_device = temporary_.empty();
  if (!is_device && ::fsync(descriptor_) != 0) return system_failure("cannot write", errno, path_);
  if (::close(std::exchange(descriptor_, -1)) != 0)
    return system_failure("cannot write", errno, path_);
  if (is_device) return ok();
  if (::rename(temporary_.c_str(), path_.c_str()) != 0)
    return system_failure("cannot write", errno, path_);
  temporary_.clear();
  // The new name survives a power cut only once its folder is on disk; some file systems cannot,
  // and that is no failure.
  const OpenFile folder(::open(folder_of(path_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() >= 0) [[maybe_unused]]
    const int synced = ::fsync(folder.get());
  return ok();
}

}  // namespace quarry
