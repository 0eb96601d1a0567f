#include "common/net/download.h"

#include "common/base/digest.h"
#include "common/base/text.h"
#include "common/net/part_note.h"
#include "common/net/service_error.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>

namespace quarry::net {
namespace {

/// "bytes 100-199/1000": where a part begins, and the size of the whole (nullopt for '*').
struct ContentRange {
  std::uint64_t start = 0;
  std::optional<std::uint64_t> total;
};

std::optional<ContentRange> parse_content_range(std::string_view text) {
  if (!text.starts_with("bytes ")) return std::nullopt;
  text.remove_prefix(6);
  const std::size_t dash = text.find('-');
  const std::size_t slash = text.find('/');
  if (dash == std::string_view::npos || slash == std::string_view::npos || dash > slash)
    return std::nullopt;
  const auto start = text::parse_int64(text.substr(0, dash));
  const auto total = text::parse_int64(text.substr(slash + 1));
  if (!start || *start < 0) return std::nullopt;
  ContentRange range{static_cast<std::uint64_t>(*start), {}};
  if (total && *total >= 0) range.total = static_cast<std::uint64_t>(*total);
  return range;
}

std::string part_of(const std::string& path) { return path + ".part"; }

/// Locks the part that is open, unless somebody else has it, or it is not at `part` any more: it
/// was finished or discarded meanwhile.
bool take_over(int descriptor, const std::string& part) {
  struct stat opened {};
  struct stat there {};
  return ::flock(descriptor, LOCK_EX | LOCK_NB) == 0 && ::fstat(descriptor, &opened) == 0 &&
         ::lstat(part.c_str(), &there) == 0 && opened.st_dev == there.st_dev &&
         opened.st_ino == there.st_ino;
}

class FileSink : public BodySink {
 public:
  FileSink(std::string path, const DownloadOptions& options)
      : path_(std::move(path)),
        part_(part_of(path_)),
        max_size_(options.max_size),
        keep_(options.keep_part) {
    if (keep_) go_on();
  }
  ~FileSink() override {
    if (descriptor_ < 0) return;
    if (!keep_ || !is_strong()) discard_part(path_);
    ::close(descriptor_);  // and with it the lock
  }

  Result<void> begin(const Response& head) override {
    if (descriptor_ < 0) QUARRY_CHECK(make_part());
    if (head.status == 206) {
      const auto range = parse_content_range(head.header("Content-Range").value_or(""));
      const bool is_other = head.header("ETag").value_or(etag_) != etag_;
      if (!range || range->start != size_ || is_other ||
          (range->total && total_ && *range->total != *total_))
        return fail(ErrorCode::kRemote, "the server sent another part than was asked for");
      return ok();
    }
    size_ = 0;
    digest_ = Sha256();
    etag_ = std::string(head.header("ETag").value_or(""));
    const auto length = text::parse_int64(head.header("Content-Length").value_or(""));
    total_ =
        length && *length >= 0 ? std::optional(static_cast<std::uint64_t>(*length)) : std::nullopt;
    if (total_ && *total_ > max_size_) return too_large();
    if (keep_) QUARRY_CHECK(note_content());
    if (::ftruncate(descriptor_, 0) != 0 || ::lseek(descriptor_, 0, SEEK_SET) < 0)
      return failed("cannot write");
    return ok();
  }

  Result<void> take(std::string_view bytes) override {
    if (bytes.size() > max_size_ - size_) {
      keep_ = false;
      return too_large();
    }
    digest_.update(bytes);
    size_ += bytes.size();
    while (!bytes.empty()) {
      const ssize_t done = ::write(descriptor_, bytes.data(), bytes.size());
      if (done < 0 && errno == EINTR) continue;
      if (done < 0) return failed("cannot write");
      bytes.remove_prefix(static_cast<std::size_t>(done));
    }
    return ok();
  }

  /// Asks for the rest where a strong ETag says that it belongs to the start; else for all of it.
  void ask_for_rest(Request& request) const {
    std::erase_if(request.headers, [](const Header& header) {
      return header.name == "Range" || header.name == "If-Range";
    });
    if (size_ == 0 || !is_strong()) return;
    request.headers.push_back({"Range", fmt::format("bytes={}-", size_)});
    request.headers.push_back({"If-Range", etag_});
  }

  Result<Downloaded> finish(Response head) {
    if (descriptor_ < 0) return fail(ErrorCode::kInternal, "a download ended before it began");
    if (total_ && *total_ != size_)
      return fail(Error(ErrorCode::kRemote,
                        fmt::format("the server promised {} bytes and sent {}", *total_, size_))
                      .at(path_));
    if (::fsync(descriptor_) != 0) return failed("cannot write");
    // Under the lock to the end: what is renamed is this one's part.
    if (::rename(part_.c_str(), path_.c_str()) != 0) {
      keep_ = false;
      return failed("cannot write");
    }
    if (keep_) remove_part_note(part_);
    if (::close(std::exchange(descriptor_, -1)) != 0) return failed("cannot write");
    return Downloaded{path_, size_, digest_.hex(), std::move(head)};
  }

 private:
  Failure failed(const char* what) const {
    return fail(
        Error(ErrorCode::kData, fmt::format("{}: {}", what, std::strerror(errno))).at(path_));
  }
  Failure too_large() const {
    return fail(Error(ErrorCode::kRemote,
                      fmt::format("the file is larger than {}", text::human_bytes(max_size_)))
                    .at(path_));
  }

  bool is_strong() const { return !etag_.empty() && !etag_.starts_with("W/"); }

  Failure in_use() const {
    return fail(Error(ErrorCode::kRefused, "another download is writing this file",
                      "wait until it has ended")
                    .at(path_));
  }

  /// A new part, locked. An old one is removed where nobody writes it.
  Result<void> make_part() {
    const int old = ::open(part_.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    const bool busy = old >= 0 && !take_over(old, part_);
    if (!busy) discard_part(path_);
    if (old >= 0) ::close(old);
    if (busy) return in_use();
    descriptor_ = ::open(part_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (descriptor_ < 0 && errno != EEXIST) return failed("cannot write");
    if (descriptor_ >= 0 && take_over(descriptor_, part_)) return ok();
    // Somebody else was faster, by a moment: the part is theirs.
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
    return in_use();
  }

  /// Without a name for the content a later process has nothing to go by.
  Result<void> note_content() {
    remove_part_note(part_);
    return is_strong() ? write_part_note(part_, {etag_, total_}) : ok();
  }

  /// Takes over what another process has left. Whatever is wrong with it: all is asked for again.
  void go_on() {
    const std::optional<PartNote> note = read_part_note(part_);
    if (!note) return;
    const int descriptor = ::open(part_.c_str(), O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    if (descriptor < 0) return;
    if (!take_over(descriptor, part_)) {
      ::close(descriptor);
      return;
    }
    // A whole file has no rest to ask for: its last byte comes again.
    const std::uint64_t most =
        note->total ? std::max<std::uint64_t>(*note->total, 1) - 1 : max_size_;
    if (!read_part(descriptor, std::min(most, max_size_)) ||
        ::ftruncate(descriptor, static_cast<off_t>(size_)) != 0 ||
        ::lseek(descriptor, 0, SEEK_END) < 0) {
      ::close(descriptor);
      size_ = 0;
      digest_ = Sha256();
      return;
    }
    descriptor_ = descriptor;
    etag_ = note->etag;
    total_ = note->total;
  }

  bool read_part(int descriptor, std::uint64_t most) {
    std::string chunk(256 << 10, '\0');
    while (size_ < most) {
      const std::size_t want =
          static_cast<std::size_t>(std::min<std::uint64_t>(chunk.size(), most - size_));
      const ssize_t got = ::read(descriptor, chunk.data(), want);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return false;
      if (got == 0) break;
      digest_.update(std::string_view(chunk.data(), static_cast<std::size_t>(got)));
      size_ += static_cast<std::uint64_t>(got);
    }
    return size_ > 0;
  }

  std::string path_;
  std::string part_;
  std::uint64_t max_size_;
  bool keep_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
  std::optional<std::uint64_t> total_;
  std::string etag_;
  Sha256 digest_;
};

}  // namespace

void start_download(Http& http, Request request, std::string path, DownloadOptions options,
                    std::string what, std::function<void(Result<Downloaded>)> done) {
  const auto sink = std::make_shared<FileSink>(std::move(path), options);
  request.method = Method::kGet;
  request.accept_encoding = false;  // ranges count stored bytes
  request.sink = sink;
  sink->ask_for_rest(request);
  request.before_repeat = [sink](Request& again) { sink->ask_for_rest(again); };
  http.start(std::move(request),
             [sink, what = std::move(what), done = std::move(done)](Outcome outcome) {
               if (!outcome.result) return done(fail(outcome.result.error()));
               if (!outcome.result->is_success())
                 return done(fail(error_of(*outcome.result, what)));
               done(sink->finish(*std::move(outcome.result)));
             });
}

Result<Downloaded> download(Http& http, Request request, std::string path, DownloadOptions options,
                            std::string what) {
  std::optional<Result<Downloaded>> result;
  start_download(http, std::move(request), std::move(path), options, std::move(what),
                 [&result](Result<Downloaded> arrived) { result = std::move(arrived); });
  while (!result) http.step(Seconds(0.5));
  return *std::move(result);
}

void discard_part(const std::string& path) {
  ::unlink(part_of(path).c_str());
  remove_part_note(part_of(path));
}

}  // namespace quarry::net
