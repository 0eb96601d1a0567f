#include "tools/consent-audit/risk/rules/tables.h"

namespace quarry::consent_audit {
namespace {

void judge_rule(const Subject& subject, const RiskSettings& settings, std::vector<Signal>& found) {
  static_cast<void>(settings);
  if (!subject.by_app || !subject.granted || subject.permissions.empty() || subject.tenant) return;
  Signal signal{.name = "granted_by_app",
                .level = Level::kMedium,
                .weight = 5,
                .why = "given by an application, without a person",
                .evidence = {}};
  add_places(signal, subject);
  found.push_back(std::move(signal));
}

}  // namespace

constinit const Rule kGrantedByAppRule{
    .name = "granted_by_app",
    .summary = "an application gave the access, no person",
    .text =
        "Grants that are made over the API leave no consent row. Automation does this, and so "
        "does an attacker with an application that may grant.",
    .signals = "",
    .judge = judge_rule,
};

}  // namespace quarry::consent_audit
