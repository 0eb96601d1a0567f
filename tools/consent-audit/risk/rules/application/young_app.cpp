#include "tools/consent-audit/risk/rules/tables.h"

#include <fmt/format.h>

namespace quarry::consent_audit {
namespace {

void judge_rule(const Subject& subject, const RiskSettings& settings, std::vector<Signal>& found) {
  if (!subject.granted || is_first_party(subject)) return;
  const auto created = subject.tenant    ? subject.tenant->created
                       : subject.history ? subject.history->created
                                         : std::nullopt;
  const Datetime then = subject.tenant || !subject.time ? settings.now : *subject.time;
  if (!created || then < *created) return;
  const std::int64_t days = (then.ticks - created->ticks) / kTicksPerDay;
  if (days >= settings.young_days) return;
  Signal signal{.name = "recent_service_principal",
                .level = Level::kLow,
                .weight = 4,
                .why = fmt::format("made {} days before", days),
                .evidence = {}};
  add_evidence(signal, subject.tenant ? subject.tenant->evidence : subject.history->created_place);
  found.push_back(std::move(signal));
}

}  // namespace

constinit const Rule kRecentServicePrincipalRule{
    .name = "recent_service_principal",
    .summary = "an application that is new here",
    .text =
        "The service principal was made less than --young-days (30) before the consent; in a "
        "tenant, before now. Applications of campaigns are young.",
    .signals = "",
    .judge = judge_rule,
};

}  // namespace quarry::consent_audit
