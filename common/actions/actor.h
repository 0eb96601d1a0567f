// What a tool supplies: how its acts are done at the service. The loop around it is runner.h.
#pragma once

#include "common/actions/action.h"
#include "common/base/error.h"
#include "common/base/result.h"
#include "common/journal/record.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace quarry::actions {

/// What became of one act.
struct ActResult {
  journal::State state = journal::State::kUnknown;  // kDone, kFailed or kUnknown
  int status = 0;                                   // of HTTP; 0: none
  std::string request_id = {};
  std::string message = {};             // why it failed, or what is not known
  ErrorCode code = ErrorCode::kRemote;  // of a failure
  std::string after = {};               // JSON
  std::string undo = {};                // JSON: where only the answer says how
  bool stop_all = false;                // nothing else of the plan can succeed (permission)
  bool attempted = true;                // false: nothing was sent in this run; set by the runner
};

/// Used by one thread.
class Actor {
 public:
  virtual ~Actor() = default;

  /// {"method":…,"url":…,"body_sha256":…} for the journal. Without secrets.
  virtual std::string request_of(const Action& action) = 0;
  /// Whether the world still is as Action::before says. An error counts as "cannot tell": the act
  /// is not done.
  virtual Result<bool> is_unchanged(const Action&) { return true; }
  /// What the act will destroy, exported before it is done.
  virtual Result<std::vector<journal::Record>> gather_evidence(const Action&) {
    return std::vector<journal::Record>();
  }
  /// An earlier run began this act, and what became of it is not known. nullopt: the service never
  /// heard of it, so it may be done.
  virtual Result<std::optional<ActResult>> look_up(const Action& action,
                                                   const journal::Entry& intent) = 0;

  /// Starts the act; `done` is called once, from step().
  virtual void start(const Action& action, std::function<void(ActResult)> done) = 0;
  /// Works on what was started, for a moment.
  virtual void step() = 0;
  /// How many more acts may be started now.
  virtual std::size_t room() const { return 1; }
};

}  // namespace quarry::actions
