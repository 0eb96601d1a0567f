// Where each step of a run of `lr action` or `lr library` stands, by its journal.
#pragma once

#include "common/actions/plan_file.h"
#include "common/journal/record.h"

#include <span>
#include <string>
#include <vector>

namespace quarry::lr {

struct StepHistory {
  std::string device_id = {};  // "" of a library file
  std::string device = {};     // or the library file
  std::string state = {};      // "waiting", "done", "failed", "unknown", "undone"
  std::size_t attempts = 0;
  std::string action_id = {};
  std::string message = {};

  bool has_ended() const { return state != "waiting" && state != "unknown"; }
};

/// In the order of the plan.
std::vector<StepHistory> read_steps(const actions::Plan& plan,
                                    std::span<const journal::Entry> entries);
/// "action isolate", "library push"; of several acts the first.
std::string command_of(const actions::Plan& plan);

}  // namespace quarry::lr
