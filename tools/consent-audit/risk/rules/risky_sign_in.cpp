#include "tools/consent-audit/risk/rules/tables.h"

#include <fmt/format.h>

namespace quarry::consent_audit {
namespace {

std::string distance(std::int64_t minutes) {
  if (minutes == 0) return "at the same time";
  return minutes > 0 ? fmt::format("{} minutes before", minutes)
                     : fmt::format("{} minutes after it", -minutes);
}

void judge_rule(const Subject& subject, const RiskSettings&, std::vector<Signal>& found) {
  if (!subject.risky_sign_in || (!subject.granted && !subject.attempted)) return;
  const RiskySignIn& sign_in = *subject.risky_sign_in;
  Signal signal{
      .name = "risky_sign_in",
      .level = sign_in.risk == "high" ? Level::kHigh : Level::kMedium,
      .weight = 8,
      .why = fmt::format("the user signed in {} with {} risk{}", distance(sign_in.minutes),
                         sign_in.risk, sign_in.ip.empty() ? "" : ", from " + shown(sign_in.ip)),
      .evidence = {}};
  if (!subject.granted) signal.level = Level::kMedium;
  add_evidence(signal, sign_in.place);
  found.push_back(std::move(signal));
}

}  // namespace

constinit const Rule kRiskySignInRule{
    .name = "risky_sign_in",
    .summary = "the user's session was found risky when he consented",
    .text =
        "Sign-in logs (signIns of Graph, SigninLogs) given beside the audit logs tell sessions "
        "that "
        "Microsoft found of medium or high risk. One of the same user within 15 minutes of the "
        "consent means that maybe somebody else clicked. Its address is the user's; that of the "
        "audit row often is the service's.",
    .signals = "",
    .judge = judge_rule,
};

}  // namespace quarry::consent_audit
