#include "tests/fuzz/supervisor.h"

#include "tests/fuzz/ledger.h"
#include "tests/runner/text_file.h"

#include <fmt/format.h>

#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <map>
#include <thread>
#include <vector>

extern "C" int __lsan_do_recoverable_leak_check() __attribute__((weak));

namespace quarry::fuzz {
namespace {

constexpr std::uint64_t kCasesOfAWorker = 3000;  // then a fresh process: leaks are looked for
constexpr std::uint64_t kMostFindings = 40;

/// One line of cases (every so many-th) and the process that works on it.
struct Lane {
  Ledger* ledger = nullptr;
  pid_t worker = 0;
  bool done = false;
  std::uint64_t watched_case = ~std::uint64_t{0};
  pid_t watched_worker = 0;
  std::int64_t worked_before = 0;  // by the worker, before the case that is watched
};

class LedgerRecorder final : public Recorder {
 public:
  LedgerRecorder(Ledger& ledger, std::string head) : ledger_(ledger), head_(std::move(head)) {}
  void begin(std::uint64_t number) { number_ = number; }
  void describe(const std::string& text) override { ledger_.describe(text); }
  void finding(const std::string& what) override {
    ++ledger_.findings;
    fmt::print("FINDING {} --case {}\n{}\n{}\n", head_, number_, what, ledger_.described());
    std::fflush(stdout);
  }
  void count(std::string_view what) override { ledger_.count(what); }
  void covered(int group, std::uint32_t index) override {
    if (index < Ledger::kMostParts) ledger_.covered[group][index] = 1;
  }
  const std::filesystem::path& folder() override { return folder_.path(); }

 private:
  Ledger& ledger_;
  std::string head_;
  std::uint64_t number_ = 0;
  test::TemporaryFolder folder_;
};

class Supervisor {
 public:
  Supervisor(Campaign& campaign, const Plan& plan)
      : campaign_(campaign), plan_(plan), ends_ms_(now_ms() + plan.seconds * 1000) {
    head_ = fmt::format("quarry_fuzz {} --seed {}", campaign.name(), plan.seed);
  }

  std::uint64_t run() {
    const std::int64_t began = now_ms();
    for (unsigned i = 0; i < std::max(1U, plan_.jobs); ++i) {
      lanes_.push_back({&new_ledger(), 0, false});
      lanes_[i].ledger->next_case = plan_.first_case + i;
    }
    while (!all_done()) {
      for (Lane& lane : lanes_) tend(lane);
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    report(now_ms() - began);
    return findings();
  }

 private:
  bool all_done() const {
    for (const Lane& lane : lanes_) {
      if (!lane.done) return false;
    }
    return true;
  }

  std::uint64_t findings() const {
    std::uint64_t count = 0;
    for (const Lane& lane : lanes_) count += lane.ledger->findings;
    return count;
  }

  bool is_over(const Ledger& ledger) const {
    return now_ms() >= ends_ms_ || findings() >= kMostFindings ||
           ledger.next_case - plan_.first_case >= plan_.cases;
  }

  void tend(Lane& lane) {
    if (lane.done) return;
    if (lane.worker == 0) {
      lane.done = is_over(*lane.ledger);
      if (!lane.done) start(lane);
      return;
    }
    int status = 0;
    if (::waitpid(lane.worker, &status, WNOHANG) == lane.worker) {
      lane.worker = 0;
      if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) tell(lane, ending(status));
      return;
    }
    if (hangs(lane)) {
      ::kill(lane.worker, SIGKILL);
      ::waitpid(lane.worker, &status, 0);
      lane.worker = 0;
      tell(lane, fmt::format("hangs: not done after {} ms of work", plan_.hang_ms));
    }
  }

  /// By the time that it worked, so that a busy machine makes no findings; one that only waits gets
  /// longer.
  bool hangs(Lane& lane) const {
    const std::uint64_t number = lane.ledger->next_case;
    const std::int64_t started = lane.ledger->started_ms;
    const std::int64_t worked = cpu_ms(lane.worker);
    if (started == 0 || number != lane.watched_case || lane.watched_worker != lane.worker) {
      lane.watched_case = number;
      lane.watched_worker = lane.worker;
      lane.worked_before = worked;
      return false;
    }
    return worked - lane.worked_before > plan_.hang_ms || now_ms() - started > 20 * plan_.hang_ms;
  }

  static std::int64_t cpu_ms(pid_t process) {
    clockid_t clock{};
    timespec time{};
    if (::clock_getcpuclockid(process, &clock) != 0 || ::clock_gettime(clock, &time) != 0) return 0;
    return time.tv_sec * 1000 + time.tv_nsec / 1'000'000;
  }

  static std::string ending(int status) {
    return WIFSIGNALED(status) ? fmt::format("crashed with signal {}", WTERMSIG(status))
                               : fmt::format("ended with status {}", WEXITSTATUS(status));
  }

  /// The case is the finding; the next worker begins behind it.
  void tell(Lane& lane, const std::string& what) {
    ++lane.ledger->findings;
    fmt::print("FINDING {} --case {}\n{}\n{}\n", head_, lane.ledger->next_case.load(), what,
               lane.ledger->described());
    std::fflush(stdout);
    lane.ledger->next_case += std::max(1U, plan_.jobs);
    lane.ledger->started_ms = 0;
  }

  void start(Lane& lane) {
    std::fflush(stdout);
    lane.worker = ::fork();
    if (lane.worker != 0) return;
    work(*lane.ledger);
    std::fflush(stdout);
    ::_exit(__lsan_do_recoverable_leak_check != nullptr && __lsan_do_recoverable_leak_check() != 0
                ? 23
                : 0);
  }

  void work(Ledger& ledger) {
    LedgerRecorder recorder(ledger, head_);
    for (std::uint64_t count = 0; count < kCasesOfAWorker && !is_over(ledger); ++count) {
      const std::uint64_t number = ledger.next_case;
      recorder.begin(number);
      ledger.describe("(nothing yet)");
      ledger.started_ms = now_ms();
      Random random(mixed(plan_.seed, number));
      campaign_.run_case(random, recorder);
      ledger.started_ms = 0;
      ledger.next_case += std::max(1U, plan_.jobs);
    }
  }

  void report(std::int64_t took_ms) const {
    std::map<std::string, std::uint64_t> counts;
    std::set<std::uint32_t> seen[3];
    for (const Lane& lane : lanes_) {
      for (const Ledger::Count& count : lane.ledger->counts) {
        if (count.name[0] != '\0') counts[count.name] += count.value;
      }
      for (int group = 0; group < 3; ++group) {
        for (std::uint32_t i = 0; i < Ledger::kMostParts; ++i) {
          if (lane.ledger->covered[group][i] != 0) seen[group].insert(i);
        }
      }
    }
    fmt::print("{}: {} s, {} findings\n", head_, took_ms / 1000, findings());
    for (const auto& [name, value] : counts) fmt::print("  {}: {}\n", name, value);
    fmt::print("{}", campaign_.coverage(seen));
  }

  Campaign& campaign_;
  Plan plan_;
  std::int64_t ends_ms_;
  std::string head_;
  std::vector<Lane> lanes_;
};

}  // namespace

std::uint64_t run_campaign(Campaign& campaign, const Plan& plan) {
  campaign.prepare();
  return Supervisor(campaign, plan).run();
}

}  // namespace quarry::fuzz
