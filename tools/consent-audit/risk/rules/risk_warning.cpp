#include "tools/consent-audit/risk/rules/tables.h"

#include <fmt/format.h>

namespace quarry::consent_audit {
namespace {

void judge_rule(const Subject& subject, const RiskSettings& settings, std::vector<Signal>& found) {
  static_cast<void>(settings);
  if (subject.blocked_reason.empty() || !subject.granted) return;
  Signal signal{.name = "approved_despite_warning",
                .level = Level::kHigh,
                .weight = 9,
                .why = {},
                .evidence = {}};
  signal.why = fmt::format("granted in spite of the warning {}", shown(subject.blocked_reason));
  add_places(signal, subject);
  found.push_back(std::move(signal));
}

}  // namespace

constinit const Rule kApprovedDespiteWarningRule{
    .name = "approved_despite_warning",
    .summary = "granted although the service had warned",
    .text =
        "The service had found the application risky and blocked or warned; somebody, often "
        "an administrator who was asked, let it through. A blocked attempt is not the end: "
        "look for a success of the same application soon after.",
    .signals = "",
    .judge = judge_rule,
};

}  // namespace quarry::consent_audit
