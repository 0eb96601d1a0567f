#include "tools/consent-audit/risk/rules/tables.h"

#include <algorithm>

namespace quarry::consent_audit {
namespace {

/// Looks at what the rules before it found.
void judge_rule(const Subject& subject, const RiskSettings&, std::vector<Signal>& found) {
  const auto has = [&found](std::string_view name) {
    return std::any_of(found.begin(), found.end(),
                       [name](const Signal& signal) { return signal.name == name; });
  };
  if (!has("lookalike_name") || (!has("mail+offline") && !has("data+offline"))) return;
  const bool spread = has("odd_reply_url") || has("many_users") || has("several_users");
  if (!spread) return;
  Signal signal{
      .name = "consent_phishing",
      .level = Level::kCritical,
      .weight = 10,
      .why = "a false name, lasting access to content, and an odd reply URL or many users",
      .evidence = {}};
  add_places(signal, subject);
  found.push_back(std::move(signal));
}

}  // namespace

constinit const Rule kConsentPhishingRule{
    .name = "consent_phishing",
    .summary = "the marks of a consent phishing campaign, together",
    .text =
        "Each mark alone has innocent reasons. A name that imitates a brand, lasting access to "
        "mail or files, and codes sent somewhere odd or many users at once have none together. "
        "Block sign-in first (consent-audit respond), then look who else consented.",
    .signals = "",
    .judge = judge_rule,
};

}  // namespace quarry::consent_audit
