#include "common/base/thread_pool.h"

#include "common/base/file.h"
#include "common/base/text.h"

#include <sched.h>

#include <algorithm>
#include <exception>
#include <limits>
#include <mutex>
#include <string>
#include <system_error>

namespace quarry {
namespace {

/// Keeps the first exception of any thread.
class FirstException {
 public:
  void run(const std::function<void(int)>& work, int index) noexcept {
    try {
      work(index);
    } catch (...) {
      const std::lock_guard lock(mutex_);
      if (!first_) first_ = std::current_exception();
    }
  }
  void rethrow() const {
    if (first_) std::rethrow_exception(first_);
  }

 private:
  std::mutex mutex_;
  std::exception_ptr first_;
};

int cores_by_affinity() {
  cpu_set_t allowed;
  CPU_ZERO(&allowed);
  if (::sched_getaffinity(0, sizeof allowed, &allowed) == 0) return CPU_COUNT(&allowed);
  return static_cast<int>(std::thread::hardware_concurrency());
}

// The folder of this process in the cgroup v2 tree, from the line "0::/path"; "" where there is
// none.
std::string cgroup_path() {
  const Result<std::string> memberships = read_file("/proc/self/cgroup", 1 << 20);
  if (!memberships) return {};
  for (const std::string_view line : text::split(*memberships, '\n')) {
    if (line.starts_with("0::/")) return std::string(line.substr(3));
  }
  return {};
}

// Every ancestor may set a limit, so the smallest of them counts.
int cores_by_cgroup() {
  int cores = std::numeric_limits<int>::max();
  std::string path = cgroup_path();
  while (!path.empty()) {
    const std::string folder = path == "/" ? "" : path;
    const Result<std::string> limit = read_file("/sys/fs/cgroup" + folder + "/cpu.max", 4096);
    if (limit) cores = std::min(cores, cores_of_cpu_max(*limit).value_or(cores));
    if (path == "/") break;
    path.resize(std::max<std::size_t>(path.rfind('/'), 1));
  }
  return cores;
}

}  // namespace

void run_on_threads(int n, const std::function<void(int)>& work) {
  FirstException failure;
  {
    std::vector<std::jthread> threads;
    int started = 1;
    try {
      for (; started < n; ++started) {
        threads.emplace_back([&failure, &work, index = started] { failure.run(work, index); });
      }
    } catch (const std::system_error&) {
      // The system grants no more threads: this one does the rest of the work, one part after the
      // other.
    }
    if (n > 0) failure.run(work, 0);
    for (int index = started; index < n; ++index) failure.run(work, index);
  }
  failure.rethrow();
}

std::optional<int> cores_of_cpu_max(std::string_view content) {
  const std::string_view trimmed = text::trim_ascii(content);
  const std::size_t blank = trimmed.find(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  const auto quota = text::parse_int64(trimmed.substr(0, blank));
  const auto period = text::parse_int64(trimmed.substr(blank + 1));
  if (!quota || !period || *quota <= 0 || *period <= 0) return std::nullopt;
  const std::int64_t cores = (*quota - 1) / *period + 1;
  return static_cast<int>(std::min<std::int64_t>(cores, std::numeric_limits<int>::max()));
}

int usable_cores() { return std::max(1, std::min(cores_by_affinity(), cores_by_cgroup())); }

}  // namespace quarry
