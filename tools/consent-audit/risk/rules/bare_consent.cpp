#include "tools/consent-audit/risk/rules/tables.h"

namespace quarry::consent_audit {
namespace {

void judge_rule(const Subject& subject, const RiskSettings&, std::vector<Signal>& found) {
  if (!subject.has_consent || subject.attempted || !subject.permissions.empty()) return;
  Signal signal{.name = "bare_consent",
                .level = Level::kLow,
                .weight = 3,
                .why = "a consent whose row does not tell what was given",
                .evidence = {}};
  add_places(signal, subject);
  found.push_back(std::move(signal));
}

}  // namespace

constinit const Rule kBareConsentRule{
    .name = "bare_consent",
    .summary = "a consent without permissions",
    .text =
        "The row says that somebody consented, and lists nothing: values that exports cut off, "
        "or a consent that only confirmed what was there. Ask the tenant what the application "
        "holds now.",
    .signals = "",
    .judge = judge_rule,
};

}  // namespace quarry::consent_audit
