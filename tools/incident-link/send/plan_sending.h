// Rows and a target -> the acts that link them: what is linked already is left out, what was begun
// is taken up again, the rest is grouped.
#pragma once

#include "common/actions/action.h"
#include "common/journal/record.h"
#include "tools/incident-link/case/case_state.h"
#include "tools/incident-link/link/add_rows.h"
#include "tools/incident-link/link/link_settings.h"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace quarry::incident_link {

struct SendPlan {
  std::vector<actions::Action> actions;
  std::size_t already = 0;     // rows linked by earlier runs
  std::size_t cut_groups = 0;  // with more entities than an alert can name
};

struct SendContext {
  const CaseState& state;
  const LinkSettings& settings;
  Target target;       // with its place
  CaseHead alert;      // what the alerts say; its id is the case's
  std::string folder;  // of the case
  std::string run;
};

/// What stands in the case before an act is begun: the act, and which rows are on their way.
void add_planned_records(const actions::Action& action, const std::string& run,
                         std::vector<journal::Record>& records);

/// kUsage where a row cannot be linked this way (--via reference without DeviceId), or a group has
/// no entity.
Result<SendPlan> plan_sending(std::span<const LinkRow> rows, const SendContext& context);

}  // namespace quarry::incident_link
