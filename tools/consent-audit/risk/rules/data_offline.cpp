#include "tools/consent-audit/risk/rules/tables.h"

namespace quarry::consent_audit {
namespace {

void judge_rule(const Subject& subject, const RiskSettings& settings, std::vector<Signal>& found) {
  static_cast<void>(settings);
  if (!subject.granted) return;
  bool offline = false;
  bool mail = false;
  bool data = false;
  Signal signal{
      .name = "data+offline", .level = Level::kHigh, .weight = 8, .why = {}, .evidence = {}};
  NameList names;
  for (const HeldPermission& held : subject.permissions) {
    if (held.type != PermissionType::kDelegated) continue;
    offline |= held.value == "offline_access";
    if (!is_data(held.judgement.category) || held.judgement.tier < Level::kMedium) continue;
    data = true;
    mail |= held.judgement.category == Category::kMail;
    names.add(held.value);
    add_evidence(signal, held.evidence);
  }
  if (!offline || !data) return;
  if (mail) signal.name = "mail+offline";
  signal.why = "lasting access (offline_access) to " + names.text();
  found.push_back(std::move(signal));
}

}  // namespace

constinit const Rule kDataOfflineRule{
    .name = "data+offline",
    .summary = "content of mail, files or chats, and access that lasts",
    .text =
        "With offline_access an application gets refresh tokens: it goes on reading after the "
        "user has left, for as long as the grant stands, and a new password does not stop it. "
        "Beside a scope for mail (mail+offline), files, chats or notes (data+offline) that is "
        "the pattern of consent phishing.",
    .signals = "mail+offline data+offline",
    .judge = judge_rule,
};

}  // namespace quarry::consent_audit
