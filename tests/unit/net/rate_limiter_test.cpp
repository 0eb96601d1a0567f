#include "common/net/rate_limiter.h"

#include "tests/unit/net/scripted_http.h"
#include "tests/unit/temporary_folder.h"

#include <doctest/doctest.h>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

using namespace quarry;
using namespace quarry::net;
using quarry::unit::ManualClock;
using quarry::unit::read_text;
using quarry::unit::TemporaryFolder;
using quarry::unit::write_text;

namespace {

constexpr std::array<Window, 2> kWindows{{{10, 60}, {15, 3600}}};
constexpr ApiLimit kLimit{"test.submit", kWindows};
constexpr std::array<Window, 1> kQuickWindows{{{10, 0.5}}};
constexpr ApiLimit kQuick{"test.quick", kQuickWindows};

int send_now(RateLimiter& limiter, int attempts, const ApiLimit& limit = kLimit) {
  int sent = 0;
  for (int i = 0; i < attempts; ++i) sent += limiter.acquire(limit).wait <= Seconds(0) ? 1 : 0;
  return sent;
}

/// Largest number of times that any half-open stretch of that length holds.
std::size_t densest(std::vector<double> times, double length) {
  std::sort(times.begin(), times.end());
  std::size_t most = 0;
  for (std::size_t i = 0; i < times.size(); ++i) {
    const auto end = std::lower_bound(times.begin(), times.end(), times[i] + length);
    most = std::max(most, static_cast<std::size_t>(end - times.begin()) - i);
  }
  return most;
}

}  // namespace

TEST_CASE("every window of a limit holds") {
  ManualClock clock;
  RateLimiter limiter(clock, "", "tenant");
  CHECK(send_now(limiter, 12) == 10);
  CHECK(limiter.acquire(kLimit).wait.count() == doctest::Approx(60.6));
  clock.advance(62);
  CHECK(send_now(limiter, 12) == 5);  // the hour holds 15
  clock.advance(3700);
  CHECK(send_now(limiter, 12) == 10);
}

TEST_CASE("two limiters over one folder share, other tenants and APIs do not") {
  const TemporaryFolder folder;
  ManualClock clock;
  RateLimiter first(clock, folder / "rate", "contoso");
  RateLimiter second(clock, folder / "rate", "contoso");
  RateLimiter other(clock, folder / "rate", "fabrikam");
  CHECK(send_now(first, 6) == 6);
  CHECK(send_now(second, 6) == 4);
  CHECK(send_now(other, 6) == 6);
  CHECK(send_now(first, 6, kQuick) == 6);
  struct stat status {};
  REQUIRE(::stat(first.file_of(kLimit).c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("a block by the service holds for all") {
  const TemporaryFolder folder;
  ManualClock clock;
  RateLimiter first(clock, folder.path(), "t");
  RateLimiter second(clock, folder.path(), "t");
  first.block(kLimit, Seconds(90));
  CHECK(second.acquire(kLimit).wait.count() == doctest::Approx(90));
  clock.advance(91);
  CHECK(second.acquire(kLimit).wait.count() == 0);
}

TEST_CASE("a request counts from when its answer came, unless the answer took long") {
  ManualClock clock;
  RateLimiter limiter(clock, "", "t");
  const Permit first = limiter.acquire(kLimit);
  CHECK(send_now(limiter, 9) == 9);
  clock.advance(2);
  limiter.settle(kLimit, first);
  clock.advance(59);                  // 61 after the others, 59 after the first one's answer
  CHECK(send_now(limiter, 10) == 5);  // the hour
  clock.advance(4000);
  const Permit slow = limiter.acquire(kLimit);
  CHECK(send_now(limiter, 9) == 9);
  clock.advance(50);
  limiter.settle(kLimit, slow);  // as if after 6 s
  clock.advance(11);
  CHECK(limiter.acquire(kLimit).wait.count() == 0);
}

TEST_CASE("a damaged file, or one from the future, is no obstacle") {
  const TemporaryFolder folder;
  ManualClock clock;
  RateLimiter limiter(clock, folder.path(), "t");
  write_text(limiter.file_of(kLimit), "{\"sent\":[1e999,\"x\",");
  ::chmod(limiter.file_of(kLimit).c_str(), 0600);
  CHECK(send_now(limiter, 1) == 1);
  write_text(limiter.file_of(kLimit), "{\"sent\":[9e15]}");
  CHECK(send_now(limiter, 1) == 1);
  CHECK(read_text(limiter.file_of(kLimit)).find("9e15") == std::string::npos);
}

TEST_CASE("a folder that cannot be used is told once and the limits hold in this process") {
  const TemporaryFolder folder;
  write_text(folder / "file", "");
  ManualClock clock;
  int warnings = 0;
  RateLimiter limiter(clock, folder / "file/rate", "t",
                      [&warnings](const std::string&) { ++warnings; });
  CHECK(send_now(limiter, 12) == 10);
  CHECK(warnings == 1);
}

TEST_CASE("processes that run at once stay below the limit together") {
  const TemporaryFolder folder;
  const SystemClock clock;
  std::vector<pid_t> children;
  for (int child = 0; child < 3; ++child) {
    const pid_t id = ::fork();
    if (id == 0) {
      RateLimiter limiter(clock, folder / "rate", "t");
      std::ofstream out(folder / std::to_string(child));
      out.precision(17);
      const double end = clock.steady() + 1.6;
      while (clock.steady() < end) {
        const Seconds wait = limiter.acquire(kQuick).wait;
        if (wait <= Seconds(0)) out << clock.wall() << "\n";
        std::this_thread::sleep_for(wait > Seconds(0) ? wait / 4 : Seconds(0));
      }
      out.close();
      ::_exit(0);
    }
    children.push_back(id);
  }
  std::vector<double> times;
  for (std::size_t i = 0; i < children.size(); ++i) {
    int status = 0;
    ::waitpid(children[i], &status, 0);
    std::ifstream in(folder / std::to_string(i));
    for (double time = 0; in >> time;) times.push_back(time);
  }
  CHECK(times.size() >= 20);
  // Times are noted a moment after the lock was held: a little less than the window.
  CHECK(densest(times, 0.49) <= 10);
}
