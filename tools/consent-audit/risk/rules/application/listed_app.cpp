#include "tools/consent-audit/facts/applications.h"
#include "tools/consent-audit/risk/rules/tables.h"

#include <fmt/format.h>

namespace quarry::consent_audit {
namespace {

void judge_rule(const Subject& subject, const RiskSettings& settings, std::vector<Signal>& found) {
  static_cast<void>(settings);
  const RogueApp* const app = find_rogue(subject.app_id);
  if (app == nullptr) {
    const RogueApp* const named = find_rogue_named(subject.app_name);
    if (named == nullptr || is_first_party(subject)) return;
    Signal signal{
        .name = "listed_name", .level = Level::kLow, .weight = 4, .why = {}, .evidence = {}};
    signal.why =
        fmt::format("bears the name of {} ({}), with another id", named->name, named->category);
    add_places(signal, subject);
    found.push_back(std::move(signal));
    return;
  }
  bool data = false;
  for (const HeldPermission& held : subject.permissions) data |= is_data(held.judgement.category);
  Signal signal{
      .name = "listed_app", .level = Level::kMedium, .weight = 8, .why = {}, .evidence = {}};
  if (app->repute == Repute::kMalicious || data)
    signal.level = Level::kHigh;
  else if (app->repute == Repute::kAbusedFirstParty)
    signal.level = Level::kLow;
  signal.why = fmt::format("{} ({}, confidence {}): {}", app->name, app->category, app->confidence,
                           app->why);
  if (subject.tenant && subject.tenant->has_publisher) {
    signal.why += fmt::format("; publisher verified: {}", shown(subject.tenant->publisher));
    if (subject.tenant->allowed_mail_client)
      signal.why += ", and the consent policy lets users give it mail";
  }
  add_places(signal, subject);
  found.push_back(std::move(signal));
}

}  // namespace

constinit const Rule kListedAppRule{
    .name = "listed_app",
    .summary = "an application that attackers have used",
    .text =
        "The id is in a list of applications seen in attacks. Most are honest products that "
        "attackers like too (mail clients, mailbox exporters, file sync): with a data "
        "permission the risk is high. Microsoft's own clients in the list are abused for "
        "token theft: who used them and from where counts, not the id. The same name with "
        "another id (listed_name) is weak.",
    .signals = "listed_app listed_name",
    .judge = judge_rule,
};

}  // namespace quarry::consent_audit
