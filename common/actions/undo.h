// `TOOL undo RUN`: the plan that takes back what a run did, the newest first.
#pragma once

#include "common/actions/plan_file.h"
#include "common/journal/record.h"

#include <cstddef>
#include <span>
#include <string>

namespace quarry::actions {

struct UndoPlan {
  Plan plan;                     // its run is "RUN.undo", so that undoing twice does it once
  std::size_t irreversible = 0;  // acts that were done and recorded no way back
};

/// Of the journal of `run`. What was done and how to take it back stand in outcome and intent.
UndoPlan undo_plan(std::span<const journal::Entry> entries, const std::string& run);

}  // namespace quarry::actions
