#include "tools/consent-audit/risk/rules/tables.h"

#include <fmt/format.h>

namespace quarry::consent_audit {
namespace {

constexpr std::size_t kFewUsers = 2;
/// A shorter look back says nothing about what is rare.
constexpr std::int64_t kLookBack = 7 * kTicksPerDay;

void judge_rule(const Subject& subject, const RiskSettings&, std::vector<Signal>& found) {
  if (!subject.history || !subject.granted || is_first_party(subject)) return;
  const AppHistory& history = *subject.history;
  if (history.users > kFewUsers || history.users == 0) return;
  if (!history.first_consent || history.first_consent->ticks - history.log_start.ticks < kLookBack)
    return;
  Signal signal{
      .name = "rare_application",
      .level = Level::kNone,
      .weight = 3,
      .why = fmt::format("new in {} days of log, and {}",
                         (history.first_consent->ticks - history.log_start.ticks) / kTicksPerDay,
                         subject.tenant_wide  ? "given for everybody"
                         : history.users == 1 ? "one user so far"
                                              : "two users so far"),
      .evidence = {}};
  add_places(signal, subject);
  found.push_back(std::move(signal));
}

}  // namespace

constinit const Rule kRareApplicationRule{
    .name = "rare_application",
    .summary = "an application that is new in the log and that hardly anyone uses",
    .text =
        "Nobody consented to it in the week or more of log before, and at most two users have "
        "since. By itself that is every new tool; beside high permissions it is worth a call to "
        "the user. Logs that reach back less than seven days before say nothing.",
    .signals = "",
    .judge = judge_rule,
};

}  // namespace quarry::consent_audit
