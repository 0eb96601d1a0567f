// The loop that every acting tool shares: journal, act, journal, for each step of a plan, so that
// nothing is lost and nothing is done twice, whenever it is interrupted.
#pragma once

#include "common/actions/action.h"
#include "common/actions/actor.h"
#include "common/base/cancel.h"
#include "common/journal/journal.h"
#include "common/journal/resume.h"

#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::actions {

/// How the steps of a plan fared.
struct RunSummary {
  std::size_t planned = 0;
  std::size_t done = 0;
  std::size_t already = 0;  // done by an earlier run, or twice in the plan
  std::size_t changed = 0;  // not done: the world is not as the plan saw it
  std::size_t failed = 0;   // also what was not begun because it could not be looked at or saved
  std::size_t unknown = 0;  // begun, and what became of it is not known
  std::size_t left = 0;     // not begun
  std::optional<Error> first_failure;  // the weightiest: auth before remote before the rest
  std::optional<Error> stopped_by;     // why the rest was left: cancelled, the journal, stop_all

  bool is_complete() const { return done + already == planned; }
};

/// What the run ends with: 0; 6 where something succeeded or was interrupted, else the status of
/// the failure.
int exit_status_of(const RunSummary& summary);
/// {"_type":"summary",…}, the last record of an acting tool.
std::string to_json(const RunSummary& summary, std::string_view tool, std::string_view run);

struct RunnerOptions {
  std::string reason = {};
  std::string case_id = {};
  const CancelToken* cancel = nullptr;  // starts nothing new, waits for what is in flight
  /// A step has ended, also one that was skipped (kDone, "already done").
  std::function<void(const Action&, const ActResult&)> on_result = {};
};

class Runner {
 public:
  /// All outlive the runner. The journal's earlier records say what is done already.
  Runner(std::span<const Action> plan, Actor& actor, journal::Journal& journal,
         RunnerOptions options);

  /// Once.
  RunSummary run();

 private:
  struct Ended {
    const Action* action;
    ActResult result;
  };

  bool stopping();
  void begin_group();
  bool admit(const Action& action, std::vector<journal::Record>& records);
  bool settle_open(const Action& action, const journal::Entry& intent);
  void refuse(const Action& action, std::string_view what, const Error& why);
  void skip(const Action& action, ActResult result, std::size_t& counter);
  void tell(const Action& action, const ActResult& result, std::size_t& counter);
  void start(const Action& action);
  void record_ended();
  void count(const Action& action, const ActResult& result);
  void note_failure(const ActResult& result);
  bool write(std::span<const journal::Record> records);
  journal::Record record_of(const Action& action, journal::Op op) const;
  journal::Record outcome_of(const Action& action, const ActResult& result) const;

  std::deque<const Action*> waiting_;
  Actor& actor_;
  journal::Journal& journal_;
  RunnerOptions options_;
  journal::RunState earlier_;
  std::map<std::string, std::vector<const Action*>> twins_;  // key -> further ones in the plan
  std::size_t in_flight_ = 0;
  std::vector<Ended> ended_;
  RunSummary summary_;
};

}  // namespace quarry::actions
