#include "tools/consent-audit/risk/rules/tables.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::consent_audit {
namespace {

constexpr std::size_t kSeveral = 3;

void judge_rule(const Subject& subject, const RiskSettings& settings, std::vector<Signal>& found) {
  if (is_first_party(subject)) return;
  if (subject.history && subject.granted && subject.history->burst_users >= settings.burst_users) {
    Signal signal{.name = "many_users",
                  .level = Level::kMedium,
                  .weight = 9,
                  .why = {},
                  .evidence = subject.history->burst_places};
    for (const HeldPermission& held : subject.permissions)
      if (is_data(held.judgement.category)) signal.level = Level::kHigh;
    signal.why = fmt::format("{} users within a short time", subject.history->burst_users);
    found.push_back(std::move(signal));
  }
  if (!subject.tenant || subject.tenant->users_with_grants < kSeveral) return;
  Signal signal{
      .name = "several_users", .level = Level::kLow, .weight = 4, .why = {}, .evidence = {}};
  signal.why =
      fmt::format("{} users gave it grants of their own", subject.tenant->users_with_grants);
  add_evidence(signal, subject.tenant->evidence);
  found.push_back(std::move(signal));
}

}  // namespace

constinit const Rule kManyUsersRule{
    .name = "many_users",
    .summary = "many users consent to one application within a short time",
    .text =
        "Ten users (--burst-users) within an hour (--burst-window) rarely find the same "
        "application by themselves: a campaign, unless the help desk announced it. In a "
        "tenant several_users tells how many users have given grants one by one.",
    .signals = "many_users several_users",
    .judge = judge_rule,
};

}  // namespace quarry::consent_audit
