#include "common/journal/journal.h"

#include "common/base/clock.h"
#include "common/base/file.h"
#include "common/base/private_file.h"
#include "common/base/random.h"
#include "common/journal/chain.h"
#include "common/json/object_writer.h"
#include "common/time/calendar.h"
#include "common/time/format.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace quarry::journal {
namespace {

constexpr std::uint64_t kLargestJournal = std::uint64_t{1} << 30;

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, std::max<std::size_t>(slash, 1));
}

/// A new file's name is on disk only once its folder is.
void sync_folder(const std::string& path) {
  const int folder = ::open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;
  ::fsync(folder);
  ::close(folder);
}

/// Errno, or 0.
int write_at(int descriptor, std::string_view bytes, std::uint64_t offset) {
  while (!bytes.empty()) {
    const ssize_t done =
        ::pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(done));
    offset += static_cast<std::uint64_t>(done);
  }
  return 0;
}

/// Where bytes that were cut off at `offset` are kept: a free name, or the one that has them since
/// a crash in the middle of this.
Result<std::string> keep_cut(const std::string& path, std::uint64_t offset, std::string_view cut) {
  constexpr int kMostNames = 1000;
  for (int i = 1; i <= kMostNames; ++i) {
    const std::string name = i == 1 ? fmt::format("{}.cut-{}", path, offset)
                                    : fmt::format("{}.cut-{}-{}", path, offset, i);
    struct stat status {};
    if (::lstat(name.c_str(), &status) == 0) {
      const Result<std::string> there = read_file(name);
      if (there && *there == cut) return name;
      continue;
    }
    QUARRY_CHECK(write_private_file(name, cut));
    return name;
  }
  return fail(Error(ErrorCode::kData, "its end was cut off too many times").at(path));
}

}  // namespace

Journal::Journal(JournalOptions options, LockedFile file)
    : options_(std::move(options)), file_(std::move(file)) {}

Result<Journal> Journal::open(JournalOptions options) {
  QUARRY_CHECK(make_private_folder(folder_of(options.path)));
  Result<LockedFile> file = LockedFile::open(options.path, LockedFile::Wait::kNever);
  if (!file) {
    if (file.error().code() != ErrorCode::kRefused) return fail(file.error());
    return fail(Error(ErrorCode::kRefused, "another process is writing this journal",
                      "wait until it has finished")
                    .at(options.path));
  }
  Journal journal(std::move(options), *std::move(file));
  QUARRY_CHECK(journal.load());
  return journal;
}

Result<void> Journal::load() {
  QUARRY_TRY(const std::string text, file_.read(kLargestJournal));
  if (text.empty()) {
    sync_folder(options_.path);
    return ok();
  }
  QUARRY_TRY(Chain chain, read_chain(text, options_.path));
  const std::size_t cut = chain.cut;
  earlier_ = std::move(chain.entries);
  next_seq_ = earlier_.size() + 1;
  last_hash_ = std::move(chain.last_hash);
  size_ = chain.whole;
  return cut == 0 ? ok() : set_aside(std::string_view(text).substr(text.size() - cut));
}

/// Nothing vanishes: the bytes are on disk elsewhere before they leave the journal, and a record
/// stands where they stood, so that verifying tells of them ever after.
Result<void> Journal::set_aside(std::string_view cut) {
  const std::uint64_t offset = size_;
  QUARRY_TRY(const std::string kept, keep_cut(options_.path, offset, cut));
  Record record{.op = Op::kNote};
  const std::string name = kept.substr(kept.rfind('/') + 1);
  record.message =
      fmt::format("{} bytes of an unfinished record were cut off behind record {}, kept in {}",
                  cut.size(), earlier_.size(), name);
  record.more = {{"cut", json::ObjectWriter()
                             .number("bytes", static_cast<std::int64_t>(cut.size()))
                             .number("at", static_cast<std::int64_t>(offset))
                             .text("kept", name)
                             .take()}};
  if (const Result<void> written = append(record, Sync::kLater); !written) {
    [[maybe_unused]] const int restored = write_at(file_.descriptor(), cut, offset);
    return written;
  }
  if (::ftruncate(file_.descriptor(), static_cast<off_t>(size_)) != 0)
    return broken("cannot take the cut last line off");
  QUARRY_CHECK(sync());
  note_ = fmt::format("a last line was cut off: its {} bytes are kept in {}", cut.size(), kept);
  return load();
}

Result<void> Journal::broken(const char* what) {
  const int number = errno;
  error_ = Error(ErrorCode::kData, fmt::format("{}: {}", what, std::strerror(number)),
                 number == ENOSPC || number == EDQUOT || number == EFBIG
                     ? "make room, then go on with --resume"
                     : "mend the file system, then go on with --resume")
               .at(options_.path);
  return fail(*error_);
}

Result<void> Journal::append(std::span<const Record> records, Sync sync_when) {
  if (error_) return fail(*error_);
  std::string block;
  std::uint64_t seq = next_seq_;
  std::string hash = last_hash_;
  for (const Record& record : records) {
    const Datetime at{options_.now ? options_.now() : system_ticks_now()};
    const std::string line = to_line(record, {.seq = seq++,
                                              .at = to_string(at),
                                              .tool = options_.tool,
                                              .run = options_.run,
                                              .by = options_.by,
                                              .prev = hash});
    hash = hash_in(line).value_or("");
    block += line;
    block += '\n';
  }
  if (const int problem = write_at(file_.descriptor(), block, size_); problem != 0) {
    // Half a group must not look like a whole one.
    [[maybe_unused]] const int cut = ::ftruncate(file_.descriptor(), static_cast<off_t>(size_));
    errno = problem;
    return broken("cannot write the journal");
  }
  size_ += block.size();
  next_seq_ = seq;
  last_hash_ = std::move(hash);
  return sync_when == Sync::kNow ? sync() : ok();
}

Result<void> Journal::sync() {
  if (error_) return fail(*error_);
  if (::fdatasync(file_.descriptor()) != 0) return broken("cannot write the journal to disk");
  return ok();
}

void Journal::reserve(std::uint64_t bytes) {
  [[maybe_unused]] const int ignored =
      ::fallocate(file_.descriptor(), FALLOC_FL_KEEP_SIZE, static_cast<off_t>(size_),
                  static_cast<off_t>(bytes));
}

std::string current_user() {
  // The real user: of what runs with another's rights it is the one to be asked.
  const passwd* const entry = ::getpwuid(::getuid());
  return entry == nullptr ? fmt::format("uid {}", ::getuid()) : entry->pw_name;
}

std::string make_run_id(std::int64_t now_ticks) {
  const CivilTime now = to_civil(Datetime{now_ticks});
  const std::string random = random_guid();
  return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z-{}", now.year, now.month, now.day, now.hour,
                     now.minute, now.second, random.substr(0, 6));
}

Result<std::string> run_path(const std::string& state_folder, const std::string& run) {
  const bool fits = !run.empty() && run.size() <= 64 && run[0] != '.' &&
                    std::all_of(run.begin(), run.end(), [](char c) {
                      return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                             (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.';
                    });
  if (!fits)
    return fail(ErrorCode::kUsage, fmt::format("'{}' is no run", run),
                "a run looks like 20261120T091201Z-4f2a9c");
  if (state_folder.empty())
    return fail(ErrorCode::kUsage, "there is no folder for journals", "set HOME or XDG_STATE_HOME");
  return fmt::format("{}/runs/{}.ndjson", state_folder, run);
}

}  // namespace quarry::journal
