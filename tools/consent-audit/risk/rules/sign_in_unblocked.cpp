#include "tools/consent-audit/risk/rules/tables.h"

namespace quarry::consent_audit {
namespace {

void judge_rule(const Subject& subject, const RiskSettings& settings, std::vector<Signal>& found) {
  static_cast<void>(settings);
  if (!subject.sign_in_unblocked) return;
  Signal signal{.name = "sign_in_unblocked",
                .level = Level::kHigh,
                .weight = 7,
                .why = "sign-in was blocked and is allowed again",
                .evidence = {}};
  add_places(signal, subject);
  found.push_back(std::move(signal));
}

}  // namespace

constinit const Rule kSignInUnblockedRule{
    .name = "sign_in_unblocked",
    .summary = "a blocked application may sign in again",
    .text =
        "Somebody set accountEnabled of a service principal from false to true. After a "
        "response that is the undoing of it.",
    .signals = "",
    .judge = judge_rule,
};

}  // namespace quarry::consent_audit
