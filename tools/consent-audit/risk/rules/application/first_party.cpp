#include "tools/consent-audit/facts/applications.h"
#include "tools/consent-audit/risk/rules/tables.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::consent_audit {
namespace {

void judge_rule(const Subject& subject, const RiskSettings& settings, std::vector<Signal>& found) {
  static_cast<void>(settings);
  if (!is_first_party(subject)) return;
  const FirstPartyApp* const app = find_first_party(subject.app_id);
  Signal signal{
      .name = "first_party", .level = Level::kNone, .weight = -10, .why = {}, .evidence = {}};
  signal.why = "an application of Microsoft's own";
  if (app != nullptr && app->family) signal.why += ", which shares refresh tokens with its family";
  add_places(signal, subject);
  found.push_back(std::move(signal));
  const RogueApp* const abused = find_rogue(subject.app_id);
  if (abused == nullptr || !subject.granted || highest_tier(subject.permissions) < Level::kHigh)
    return;
  Signal broad{
      .name = "broad_admin_scopes", .level = Level::kHigh, .weight = 5, .why = {}, .evidence = {}};
  NameList names;
  for (const HeldPermission& held : subject.permissions) {
    if (held.judgement.tier < Level::kHigh) continue;
    names.add(held.value);
    add_evidence(broad, held.evidence);
  }
  broad.why = "a tool that anyone can sign in to holds " + names.text();
  found.push_back(std::move(broad));
}

}  // namespace

constinit const Rule kFirstPartyRule{
    .name = "first_party",
    .summary = "Microsoft's own application, told by its id",
    .text =
        "Names can be imitated, ids cannot: an id in the list, or an owner that is a "
        "Microsoft tenant. It lowers the score and silences rules about names, publisher and "
        "owner; the permissions count as they are. An administrator's shell client that holds "
        "critical scopes for good (broad_admin_scopes) is worth cleaning up: whoever gets its "
        "tokens gets them all.",
    .signals = "first_party broad_admin_scopes",
    .judge = judge_rule,
};

}  // namespace quarry::consent_audit
