// A file that grows, as `tail -F` reads it: by name. When another file takes the name (rotation),
// the old one is read to its end and the new one from its start; a file that became shorter
// (copytruncate) is read from its start again. An open last line gets its newline before another
// file's text follows.
#include "common/io/byte_source.h"
#include "common/io/system_error.h"

#include <fcntl.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace quarry::io {
namespace {

// Network file systems send no events, and a rotation shows under the name only.
constexpr std::chrono::milliseconds kPollInterval{200};

class FollowSource : public ByteSource {
 public:
  FollowSource(int descriptor, std::string path, const Interrupts& interrupts)
      : descriptor_(descriptor),
        events_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)),
        path_(std::move(path)),
        interrupts_(interrupts) {
    watch();
  }
  FollowSource(const FollowSource&) = delete;
  FollowSource& operator=(const FollowSource&) = delete;
  ~FollowSource() override {
    ::close(descriptor_);
    if (events_ >= 0) ::close(events_);
  }

  Result<std::size_t> read(char* into, std::size_t capacity) override {
    while (!interrupts_.raised()) {
      QUARRY_TRY(const std::size_t count, read_some(into, capacity));
      if (count > 0) return count;
      if (!restarted()) {
        wait_for_change(kPollInterval);
      } else if (last_ != '\n') {
        last_ = *into = '\n';
        return 1;
      }
    }
    return 0;
  }
  const std::string& name() const override { return path_; }
  bool is_live() const override { return true; }
  bool ready_within(std::chrono::milliseconds timeout) override {
    const auto deadline = std::chrono::steady_clock::now() + timeout;
    while (!has_more()) {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
          deadline - std::chrono::steady_clock::now());
      if (left.count() <= 0 || interrupts_.raised()) return false;
      wait_for_change(std::min(left, kPollInterval));
    }
    return true;
  }
  void set_interrupts(const Interrupts& interrupts) override { interrupts_ = interrupts; }

 private:
  Result<std::size_t> read_some(char* into, std::size_t capacity) {
    while (true) {
      const ssize_t count = ::pread(descriptor_, into, capacity, static_cast<off_t>(position_));
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return fail(system_error("cannot read", errno, path_));
      if (count > 0) last_ = into[count - 1];
      position_ += static_cast<std::uint64_t>(count);
      return static_cast<std::size_t>(count);
    }
  }

  bool has_more() const {
    struct stat status {};
    return ::fstat(descriptor_, &status) == 0 &&
           static_cast<std::uint64_t>(status.st_size) > position_;
  }

  // At the end of what is there: goes back to the start after truncation, over to the new file
  // after rotation.
  bool restarted() {
    struct stat mine {};
    if (::fstat(descriptor_, &mine) != 0) return false;
    if (static_cast<std::uint64_t>(mine.st_size) < position_) {
      position_ = 0;
      return true;
    }
    struct stat named {};
    if (::stat(path_.c_str(), &named) != 0) return false;  // between the two steps of a rotation
    if (named.st_ino == mine.st_ino && named.st_dev == mine.st_dev) return false;
    if (static_cast<std::uint64_t>(mine.st_size) > position_)
      return false;  // the writer was quicker: read that first
    const int next = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (next < 0) return false;
    ::close(descriptor_);
    descriptor_ = next;
    position_ = 0;
    watch();
    return true;
  }

  void watch() {
    if (events_ < 0) return;
    if (watched_ >= 0) (void)::inotify_rm_watch(events_, watched_);
    watched_ =
        ::inotify_add_watch(events_, path_.c_str(), IN_MODIFY | IN_MOVE_SELF | IN_DELETE_SELF);
  }

  void wait_for_change(std::chrono::milliseconds timeout) {
    if (wait_readable(events_, interrupts_, timeout) != WaitResult::kReady) return;
    char dropped[4096];
    while (::read(events_, dropped, sizeof dropped) > 0) {
    }
  }

  int descriptor_;
  int events_;
  int watched_ = -1;
  std::string path_;
  Interrupts interrupts_;
  std::uint64_t position_ = 0;
  char last_ = '\n';
};

}  // namespace

Result<std::unique_ptr<ByteSource>> open_follow_source(const std::string& path,
                                                       const Interrupts& interrupts) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return fail(system_error("cannot read", errno, path));
  return std::make_unique<FollowSource>(descriptor, path, interrupts);
}

}  // namespace quarry::io
