#include "tools/consent-audit/risk/rules/tables.h"

namespace quarry::consent_audit {
namespace {

void judge_rule(const Subject& subject, const RiskSettings& settings, std::vector<Signal>& found) {
  if (subject.app_id.empty() || !settings.allowed_apps.contains(subject.app_id)) return;
  found.push_back({.name = "allowed_app",
                   .level = Level::kLow,
                   .weight = -10,
                   .why = "allowed with --allow",
                   .evidence = {}});
}

}  // namespace

constinit const Rule kAllowedAppRule{
    .name = "allowed_app",
    .summary = "vouched for on the command line",
    .text =
        "--allow ID names an application that is known to be good. Its findings stay, so that "
        "nothing vanishes; their risk is low.",
    .signals = "",
    .judge = judge_rule,
};

}  // namespace quarry::consent_audit
