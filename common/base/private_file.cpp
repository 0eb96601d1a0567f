#include "common/base/private_file.h"

#include "common/base/random.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace quarry {
namespace {

constexpr mode_t kOthers = 077;

Failure failure(ErrorCode code, std::string what, int number, const std::string& path) {
  return fail(Error(code, fmt::format("{}: {}", what, std::strerror(number))).at(path));
}

class Descriptor {
 public:
  explicit Descriptor(int value) : value_(value) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value_ >= 0) ::close(value_);
  }
  int get() const { return value_; }
  int release() { return std::exchange(value_, -1); }

 private:
  int value_;
};

/// Errno, or 0.
int write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t done = ::write(descriptor, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  return 0;
}

/// Up to `limit` + 1 bytes; errno through `problem`.
std::string read_all(int descriptor, std::uint64_t limit, int& problem) {
  std::string content;
  char buffer[16384];
  while (content.size() <= limit) {
    const ssize_t got = ::read(descriptor, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) problem = errno;
    if (got <= 0) break;
    content.append(buffer, static_cast<std::size_t>(got));
  }
  ::explicit_bzero(buffer, sizeof buffer);
  return content;
}

std::string folder_from(const Environment& environment, const char* variable,
                        const char* below_home) {
  // The XDG rules: a relative path does not count.
  const auto given = environment(variable);
  if (given && given->starts_with('/')) return *given + "/quarry";
  const auto home = environment("HOME");
  return home && home->starts_with('/') ? fmt::format("{}/{}/quarry", *home, below_home) : "";
}

}  // namespace

Result<Secret> read_private_file(const std::string& path, std::uint64_t limit) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (file.get() < 0) return failure(ErrorCode::kAuth, "cannot read", errno, path);
  struct stat status {};
  if (::fstat(file.get(), &status) != 0)
    return failure(ErrorCode::kAuth, "cannot read", errno, path);
  if (S_ISREG(status.st_mode) && (status.st_mode & kOthers) != 0) {
    return fail(Error(ErrorCode::kAuth, "the file of a secret is open to others than its owner",
                      fmt::format("chmod 600 {}", path))
                    .at(path));
  }
  int problem = 0;
  std::string content = read_all(file.get(), limit, problem);
  if (problem != 0) return failure(ErrorCode::kAuth, "cannot read", problem, path);
  const bool too_large = content.size() > limit;
  while (content.ends_with('\n') || content.ends_with('\r')) content.pop_back();
  Secret secret(std::move(content));
  if (too_large)
    return fail(
        Error(ErrorCode::kAuth, fmt::format("file is larger than {} bytes", limit)).at(path));
  if (secret.empty())
    return fail(Error(ErrorCode::kAuth, "the file of a secret is empty").at(path));
  return secret;
}

Result<void> make_private_folder(const std::string& path) {
  for (std::size_t slash = path.find('/', 1);; slash = path.find('/', slash + 1)) {
    const std::string part = path.substr(0, slash);
    if (::mkdir(part.c_str(), 0700) != 0 && errno != EEXIST) {
      struct stat there {};
      // Above a read-only mount, what exists is good enough.
      if (::stat(part.c_str(), &there) != 0)
        return failure(ErrorCode::kData, "cannot make the folder", errno, part);
    }
    if (slash == std::string::npos) break;
  }
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || !S_ISDIR(status.st_mode))
    return failure(ErrorCode::kData, "cannot use the folder", ENOTDIR, path);
  if (status.st_uid != ::geteuid() || (status.st_mode & 022) != 0) {
    return fail(
        Error(ErrorCode::kData, "others may write to the folder", fmt::format("chmod 700 {}", path))
            .at(path));
  }
  return ok();
}

Result<void> write_private_file(const std::string& path, std::string_view content) {
  const std::string temporary = fmt::format("{}.{}.tmp", path, random_guid());
  Descriptor file(
      ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
  if (file.get() < 0) return failure(ErrorCode::kData, "cannot write", errno, path);
  int problem = write_all(file.get(), content);
  if (problem == 0 && ::close(file.release()) != 0) problem = errno;
  if (problem == 0 && ::rename(temporary.c_str(), path.c_str()) != 0) problem = errno;
  if (problem == 0) return ok();
  ::unlink(temporary.c_str());
  return failure(ErrorCode::kData, "cannot write", problem, path);
}

std::string state_folder(const Environment& environment) {
  return folder_from(environment, "XDG_STATE_HOME", ".local/state");
}

std::string cache_folder(const Environment& environment) {
  return folder_from(environment, "XDG_CACHE_HOME", ".cache");
}

LockedFile::LockedFile(std::string path, int descriptor)
    : path_(std::move(path)), descriptor_(descriptor) {}

LockedFile::LockedFile(LockedFile&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

LockedFile::~LockedFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<LockedFile> LockedFile::open(const std::string& path, Wait wait) {
  Descriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY, 0600));
  if (file.get() < 0) return failure(ErrorCode::kData, "cannot open", errno, path);
  const int how = wait == Wait::kNever ? LOCK_EX | LOCK_NB : LOCK_EX;
  while (::flock(file.get(), how) != 0) {
    if (errno == EINTR) continue;
    if (errno == EWOULDBLOCK)
      return fail(Error(ErrorCode::kRefused, "another process is using the file").at(path));
    return failure(ErrorCode::kData, "cannot lock", errno, path);
  }
  return LockedFile(path, file.release());
}

Result<std::string> LockedFile::read(std::uint64_t limit) const {
  if (::lseek(descriptor_, 0, SEEK_SET) < 0)
    return failure(ErrorCode::kData, "cannot read", errno, path_);
  int problem = 0;
  std::string content = read_all(descriptor_, limit, problem);
  if (problem != 0) return failure(ErrorCode::kData, "cannot read", problem, path_);
  if (content.size() > limit)
    return fail(
        Error(ErrorCode::kData, fmt::format("file is larger than {} bytes", limit)).at(path_));
  return content;
}

Result<void> LockedFile::replace(std::string_view content) const {
  int problem = 0;
  if (::lseek(descriptor_, 0, SEEK_SET) < 0) problem = errno;
  if (problem == 0) problem = write_all(descriptor_, content);
  if (problem == 0 && ::ftruncate(descriptor_, static_cast<off_t>(content.size())) != 0)
    problem = errno;
  if (problem != 0) return failure(ErrorCode::kData, "cannot write", problem, path_);
  return ok();
}

}  // namespace quarry
