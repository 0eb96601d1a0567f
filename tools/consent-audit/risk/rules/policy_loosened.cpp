#include "tools/consent-audit/risk/consent_policy.h"
#include "tools/consent-audit/risk/rules/tables.h"

#include <fmt/format.h>

namespace quarry::consent_audit {
namespace {

void judge_rule(const Subject& subject, const RiskSettings& settings, std::vector<Signal>& found) {
  static_cast<void>(settings);
  if (subject.policy_changes.empty()) return;
  const std::string loosened = describe_loosening(subject.policy_changes);
  Signal signal{.name = "policy_loosened",
                .level = Level::kHigh,
                .weight = 9,
                .why = loosened,
                .evidence = {}};
  if (loosened.empty()) {
    NameList names;
    for (const PolicyChange& change : subject.policy_changes) names.add(change.name);
    signal = {.name = "grant_policy_changed",
              .level = Level::kLow,
              .weight = 3,
              .why = "changed: " + names.text(),
              .evidence = {}};
  }
  add_places(signal, subject);
  found.push_back(std::move(signal));
}

}  // namespace

constinit const Rule kPolicyLoosenedRule{
    .name = "policy_loosened",
    .summary = "users may consent to more than before",
    .text =
        "A change of the authorization policy let users consent to more, or turned off the "
        "check for risky applications. Attackers with a role do this first. Permission grant "
        "policies that were made, changed or deleted (grant_policy_changed) are worth a look.",
    .signals = "policy_loosened grant_policy_changed",
    .judge = judge_rule,
};

}  // namespace quarry::consent_audit
