#include "tools/consent-audit/risk/rules/tables.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::consent_audit {
namespace {

void judge_rule(const Subject& subject, const RiskSettings& settings, std::vector<Signal>& found) {
  static_cast<void>(settings);
  if (!subject.granted || !subject.has_consent) return;
  if (subject.hidden_roles > 0) {
    Signal signal{.name = "hidden_app_roles",
                  .level = Level::kMedium,
                  .weight = 8,
                  .why = {},
                  .evidence = {}};
    NameList names;
    for (const HeldPermission& held : subject.permissions) {
      if (held.type != PermissionType::kApplication) continue;
      names.add(held.value);
      add_evidence(signal, held.evidence);
    }
    signal.why = "the same click gave app roles that the consent does not list: " + names.text();
    found.push_back(std::move(signal));
  } else if (subject.app_only) {
    Signal signal{.name = "unseen_app_roles",
                  .level = Level::kHigh,
                  .weight = 5,
                  .why = "a consent for app roles, and the rows that name them are not in the log",
                  .evidence = {}};
    add_places(signal, subject);
    found.push_back(std::move(signal));
  }
}

}  // namespace

constinit const Rule kHiddenAppRolesRule{
    .name = "hidden_app_roles",
    .summary = "app roles that the consent itself does not show",
    .text =
        "The consent row lists delegated scopes only. App roles given by the same click stand "
        "in rows of their own with the same correlation id: a harmless consent can hide "
        "Mail.ReadWrite for the whole tenant. A consent that says it is for app roles, whose "
        "rows are missing (unseen_app_roles), counts as high: export the log again.",
    .signals = "hidden_app_roles unseen_app_roles",
    .judge = judge_rule,
};

}  // namespace quarry::consent_audit
