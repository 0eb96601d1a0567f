#include "common/kql/exec/spill/spill_space.h"

#include "common/value/hash.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

namespace quarry::exec {
namespace {

Failure trouble(const char* what, const std::string& directory, int number) {
  return fail(ErrorCode::kData,
              fmt::format("cannot {} in {}: {}", what, directory, std::strerror(number)),
              "set TMPDIR to a folder with more room, raise --memory-limit, or filter earlier in "
              "the query");
}

/// A file without a name; where the file system has no such thing, its name lives for a moment.
int open_nameless(const std::string& directory) {
  const int nameless =
      ::open(directory.c_str(), O_TMPFILE | O_EXCL | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (nameless >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)) return nameless;
  std::string path = directory + "/quarry-XXXXXX";
  const int named = ::mkostemp(path.data(), O_CLOEXEC);
  if (named >= 0) ::unlink(path.c_str());
  return named;
}

}  // namespace

SpillSpace::~SpillSpace() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<int> SpillSpace::descriptor() {
  const int known = descriptor_.load(std::memory_order_acquire);
  if (known >= 0) return known;
  const std::lock_guard lock(mutex_);
  if (descriptor_ >= 0) return descriptor_.load();
  const int made = open_nameless(directory_);
  if (made < 0) return trouble("make a temporary file", directory_, errno);
  descriptor_.store(made, std::memory_order_release);
  return made;
}

Result<Extent> SpillSpace::append(std::string_view bytes) {
  QUARRY_TRY(const int file, descriptor());
  const Extent extent{end_.fetch_add(bytes.size(), std::memory_order_relaxed), bytes.size(),
                      hash_bytes(bytes)};
  std::uint64_t at = extent.offset;
  while (!bytes.empty()) {
    const ssize_t count = ::pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(at));
    if (count < 0) {
      if (errno == EINTR) continue;
      return trouble("write temporary rows", directory_, errno);
    }
    at += static_cast<std::uint64_t>(count);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return extent;
}

Result<void> SpillSpace::read(const Extent& extent, std::span<char> into) const {
  std::size_t done = 0;
  while (done < into.size()) {
    const ssize_t count = ::pread(descriptor_, into.data() + done, into.size() - done,
                                  static_cast<off_t>(extent.offset + done));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return trouble("read temporary rows", directory_, errno);
    if (count == 0) break;
    done += static_cast<std::size_t>(count);
  }
  if (done == extent.size && hash_bytes({into.data(), done}) == extent.hash) return {};
  return fail(ErrorCode::kData, fmt::format("temporary rows in {} came back damaged", directory_),
              "check the disk, or set TMPDIR to another folder");
}

void SpillSpace::discard(const Extent& extent) {
  // What cannot be given back now is when the file is closed.
  (void)::fallocate(descriptor_, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
                    static_cast<off_t>(extent.offset), static_cast<off_t>(extent.size));
}

}  // namespace quarry::exec
