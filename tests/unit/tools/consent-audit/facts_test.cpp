#include "common/base/text.h"
#include "common/value/guid.h"
#include "tools/consent-audit/facts/applications.h"
#include "tools/consent-audit/facts/permissions.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace quarry::consent_audit;

TEST_CASE("facts are in the order that look-ups need, and every one is found") {
  for (const FirstPartyApp& app : first_party_apps()) CHECK(find_first_party(app.id) == &app);
  for (const RogueApp& app : rogue_apps()) CHECK(find_rogue(app.id) == &app);
  for (const PermissionFact& fact : permission_facts()) {
    const auto named = facts_named(fact.value);
    CHECK(std::any_of(named.begin(), named.end(),
                      [&fact](const PermissionFact& other) { return &other == &fact; }));
    CHECK((fact.id.empty() || quarry::parse_guid(fact.id)));
    CHECK_FALSE(resource_name(fact.resource).empty());
    if (fact.type == PermissionType::kApplication && !fact.id.empty())
      CHECK(fact_of_role(fact.id) != nullptr);
  }
}

TEST_CASE(
    "a permission is judged by API and type, in any case of letters, unknown ones as medium") {
  const PermissionBook book;
  constexpr std::string_view kGraph = "00000003-0000-0000-c000-000000000000";
  CHECK(book.judge(kGraph, PermissionType::kApplication, "Mail.ReadWrite").tier ==
        Level::kCritical);
  CHECK(book.judge(kGraph, PermissionType::kDelegated, "mail.readwrite").tier == Level::kHigh);
  CHECK(book.judge(kGraph, PermissionType::kDelegated, "openid").tier == Level::kLow);
  CHECK(book.judge("", PermissionType::kDelegated, "EWS.AccessAsUser.All").category ==
        Category::kMail);
  const Judgement unknown = book.judge(kGraph, PermissionType::kDelegated, "Nothing.Like.That");
  CHECK(unknown.tier == Level::kMedium);
  CHECK_FALSE(unknown.known);
  const Judgement by_id =
      book.judge("", PermissionType::kApplication, "", "dc890d15-9560-4a4c-9b7f-a736ec74ec40");
  CHECK(by_id.tier == Level::kCritical);
}
