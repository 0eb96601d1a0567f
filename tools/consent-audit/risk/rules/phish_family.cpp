#include "tools/consent-audit/risk/rules/tables.h"

namespace quarry::consent_audit {
namespace {

void judge_rule(const Subject& subject, const RiskSettings& settings, std::vector<Signal>& found) {
  static_cast<void>(settings);
  if (!subject.granted && !subject.attempted) return;
  Signal signal{
      .name = "phish_family", .level = Level::kNone, .weight = 4, .why = {}, .evidence = {}};
  NameList names;
  for (const HeldPermission& held : subject.permissions) {
    if (!held.judgement.phish_abused) continue;
    names.add(held.value);
    add_evidence(signal, held.evidence);
  }
  if (names.empty()) return;
  signal.why = "of families that consent phishing asks for: " + names.text();
  found.push_back(std::move(signal));
}

}  // namespace

constinit const Rule kPhishFamilyRule{
    .name = "phish_family",
    .summary = "permissions that consent phishing asks for",
    .text =
        "Families that Microsoft names as misused in its playbook on consent grants: mail, "
        "contacts, mailbox settings, people, files, notes, acting as the user.",
    .signals = "",
    .judge = judge_rule,
};

}  // namespace quarry::consent_audit
