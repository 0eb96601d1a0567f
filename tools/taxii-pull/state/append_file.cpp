#include "tools/taxii-pull/state/append_file.h"

#include "common/base/digest.h"

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
  // Of a path that is not there yet weakly_canonical() would leave a relative one relative.
  const std::filesystem::path full =
      std::filesystem::weakly_canonical(std::filesystem::absolute(path, error), error);
  return error ? path : full.string();
}

std::string tail_proof_name(const std::string& path) {
  return hex_digest(DigestKind::kSha256, path).substr(0, 24) + ".tail";
}

Failure AppendFile::failure(const char* what) const {
  return fail(
      Error(ErrorCode::kData, fmt::format("{}: {}", what, ::strerror(errno))).at(mark_.path));
}

AppendFile::AppendFile(AppendFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      mark_(std::move(other.mark_)),
      proof_(std::move(other.proof_)),
      found_(other.found_),
      settled_(other.settled_),
      begun_(other.begun_) {}

AppendFile::~AppendFile() {
  if (descriptor_ < 0) return;
  if (begun_ && mark_.size == settled_) proof_->end();
  ::close(descriptor_);
}

Result<void> AppendFile::lock() {
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) return ok();
  return fail(
      Error(ErrorCode::kRefused, "another process appends to the file", "wait until it has ended")
          .at(mark_.path));
}

Result<void> AppendFile::look() {
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) return failure("cannot look at");
  if (!S_ISREG(status.st_mode))
    return fail(Error(ErrorCode::kUsage, "--append takes a regular file").at(mark_.path));
  mark_.device = status.st_dev;
  mark_.inode = status.st_ino;
  mark_.size = static_cast<std::uint64_t>(status.st_size);
  return ok();
}

/// How much of the file counts: all of it where no checkpoint means it.
std::uint64_t AppendFile::counted(const std::vector<OutputMark>& marks) {
  const FileIdentity file{mark_.device, mark_.inode};
  std::optional<std::uint64_t> known;
  if (proof_->interrupted(file)) known = proof_->began_at();
  for (const OutputMark& mark : marks) {
    if (mark.path != mark_.path) continue;
    const bool same = FileIdentity{mark.device, mark.inode} == file;
    found_.replaced |= !same && mark.size > 0;
    if (same) known = std::max(known.value_or(0), mark.size);
  }
  if (known) found_.replaced = false;
  return known.value_or(mark_.size);
}

/// A row behind half a line would spoil both.
Result<void> AppendFile::want_whole_lines() const {
  char last = '\n';
  if (mark_.size > 0 && ::pread(descriptor_, &last, 1, static_cast<off_t>(mark_.size - 1)) != 1)
    return failure("cannot read");
  if (last == '\n') return ok();
  return fail(Error(ErrorCode::kData, "the file ends within a line; nothing was changed",
                    "complete the line or take it out")
                  .at(mark_.path));
}

Result<void> AppendFile::judge_tail(std::uint64_t counted) {
  if (mark_.size < counted) {
    return fail(
        Error(ErrorCode::kData,
              fmt::format("the file ends at byte {}, rows up to byte {} were written to it: "
                          "somebody has shortened it; nothing was changed",
                          mark_.size, counted),
              "put the file back; or give all objects again: move what is left away and "
              "pull with --from-start")
            .at(mark_.path));
  }
  if (mark_.size == counted) return ok();
  if (!proof_->interrupted({mark_.device, mark_.inode})) {
    QUARRY_CHECK(want_whole_lines());
    found_.by_others = mark_.size - counted;
    found_.others_at = counted;
    return ok();
  }
  QUARRY_TRY(const std::uint64_t ours, proof_->proven(descriptor_, counted, mark_.size));
  if (counted + ours < mark_.size) {
    return fail(Error(ErrorCode::kData,
                      fmt::format("a pull was killed, and somebody has written to the file since: "
                                  "rows up to byte {0} count, from byte {1} on it is not what that "
                                  "pull wrote; nothing was changed",
                                  counted, counted + ours),
                      fmt::format("keep what is wanted of it (tail -c +{} FILE), then cut the file "
                                  "there (truncate -s {} FILE) and pull again",
                                  counted + ours + 1, counted + ours))
                    .at(mark_.path));
  }
  if (::ftruncate(descriptor_, static_cast<off_t>(counted)) != 0) return failure("cannot cut");
  mark_.size = counted;
  found_.cut_off = ours;
  return ok();
}

Result<AppendFile> AppendFile::open(const std::string& path, const ReadMarks& marks,
                                    const std::string& proof) {
  struct stat none {};
  const bool is_new = ::stat(path.c_str(), &none) != 0 && errno == ENOENT;
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  AppendFile file(descriptor, {.path = absolute_path(path)});
  if (descriptor < 0) return file.failure("cannot open");
  QUARRY_CHECK(file.lock());
  QUARRY_CHECK(file.look());
  // Not before the lock: whoever held it may just have written a checkpoint.
  QUARRY_TRY(TailProof records, TailProof::open(proof));
  file.proof_.emplace(std::move(records));
  QUARRY_TRY(const std::vector<OutputMark> known, marks());
  const std::uint64_t counted = file.counted(known);
  if (is_new && (file.found_.replaced || counted > 0)) {
    ::unlink(path.c_str());
    return fail(Error(ErrorCode::kData,
                      "the file of earlier pulls is gone, and what they wrote to it would not come "
                      "again; nothing was changed",
                      "--from-start gives everything again; only what is new from now on goes to "
                      "an empty file that you put there: touch FILE")
                    .at(file.mark_.path));
  }
  QUARRY_CHECK(file.judge_tail(counted));
  QUARRY_CHECK(file.want_whole_lines());
  file.settled_ = file.mark_.size;
  QUARRY_CHECK(file.proof_->begin({file.mark_.device, file.mark_.inode}, file.mark_.size));
  file.begun_ = true;
  return file;
}

Result<void> AppendFile::write(std::string_view bytes) {
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) return failure("cannot look at");
  if (static_cast<std::uint64_t>(status.st_size) != mark_.size)
    return fail(Error(ErrorCode::kData, "somebody else writes to the file during the pull",
                      "let each have a file of its own")
                    .at(mark_.path));
  QUARRY_CHECK(proof_->remember(mark_.size, bytes));
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
  struct stat status {};
  const bool ours = ::fstat(descriptor_, &status) == 0 &&
                    static_cast<std::uint64_t>(status.st_size) == mark_.size;
  if (!ours || ::ftruncate(descriptor_, static_cast<off_t>(size)) != 0) return;
  mark_.size = size;
  proof_->settle();
}

Result<void> AppendFile::sync() const {
  return ::fdatasync(descriptor_) == 0 ? ok() : failure("cannot write");
}

void AppendFile::settle(std::uint64_t size) {
  settled_ = size;
  if (size == mark_.size) proof_->settle();
}

}  // namespace quarry::taxii_pull
