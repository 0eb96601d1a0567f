// Descriptors read in sequence: files given by path, standard input, named pipes, devices.
#include "common/io/byte_source.h"
#include "common/io/system_error.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace quarry::io {
namespace {

constexpr int kPipeSize = 1 << 20;  // a wider pipe wakes writer and reader less often
enum class Ownership : std::uint8_t { kBorrowed, kOwned };

class DescriptorSource : public ByteSource {
 public:
  DescriptorSource(int descriptor, Ownership ownership, std::string name,
                   const Interrupts& interrupts)
      : descriptor_(descriptor),
        ownership_(ownership),
        name_(std::move(name)),
        interrupts_(interrupts) {
    struct stat status {};
    const bool known = ::fstat(descriptor_, &status) == 0;
    live_ = !known || !S_ISREG(status.st_mode);
    if (known && S_ISFIFO(status.st_mode)) (void)::fcntl(descriptor_, F_SETPIPE_SZ, kPipeSize);
    if (!live_) {
      (void)::posix_fadvise(descriptor_, 0, 0, POSIX_FADV_SEQUENTIAL);
      if (status.st_size > 0) size_ = static_cast<std::uint64_t>(status.st_size);
    }
  }
  DescriptorSource(const DescriptorSource&) = delete;
  DescriptorSource& operator=(const DescriptorSource&) = delete;
  ~DescriptorSource() override {
    if (ownership_ == Ownership::kOwned) ::close(descriptor_);
  }

  Result<std::size_t> read(char* into, std::size_t capacity) override {
    while (true) {
      if (live_) {
        using std::chrono::milliseconds;
        if (wait_readable(descriptor_, interrupts_, milliseconds(-1)) == WaitResult::kInterrupted)
          return 0;
      } else if (interrupts_.raised()) {
        return 0;
      }
      const ssize_t count = ::read(descriptor_, into, capacity);
      if (count >= 0) return static_cast<std::size_t>(count);
      if (errno != EINTR && errno != EAGAIN) return fail(system_error("cannot read", errno, name_));
    }
  }
  const std::string& name() const override { return name_; }
  std::optional<std::uint64_t> size() const override { return size_; }
  bool is_live() const override { return live_; }
  bool ready_within(std::chrono::milliseconds timeout) override {
    return !live_ || wait_readable(descriptor_, interrupts_, timeout) == WaitResult::kReady;
  }
  void set_interrupts(const Interrupts& interrupts) override { interrupts_ = interrupts; }

 private:
  int descriptor_;
  Ownership ownership_;
  std::string name_;
  Interrupts interrupts_;
  bool live_ = false;
  std::optional<std::uint64_t> size_;
};

// Opening a named pipe waits for its writer. Without blocking it opens at once, and the first
// poll() waits instead, interruptibly: poll() reports a hang-up only after a writer has come and
// gone.
int open_for_reading(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  return descriptor;
}

}  // namespace

Result<std::unique_ptr<ByteSource>> open_file_source(const std::string& path,
                                                     const Interrupts& interrupts) {
  const int descriptor = open_for_reading(path);
  if (descriptor < 0) return fail(system_error("cannot read", errno, path));
  return std::make_unique<DescriptorSource>(descriptor, Ownership::kOwned, path, interrupts);
}

std::unique_ptr<ByteSource> make_descriptor_source(int descriptor, std::string name,
                                                   const Interrupts& interrupts) {
  return std::make_unique<DescriptorSource>(descriptor, Ownership::kBorrowed, std::move(name),
                                            interrupts);
}

}  // namespace quarry::io
