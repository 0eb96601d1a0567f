#include "tools/consent-audit/tenant/gaps.h"

#include "tools/consent-audit/tenant/answers.h"

#include <doctest/doctest.h>

#include <initializer_list>

namespace quarry::consent_audit {
namespace {

Tenant tenant_of(std::initializer_list<const char*> answers) {
  Tenant tenant;
  int number = 0;
  for (const char* const answer : answers)
    REQUIRE(add_answer(tenant, answer, std::to_string(++number)));
  return tenant;
}

std::size_t open_pages(std::initializer_list<const char*> answers) {
  return tenant_of(answers).answers.unfollowed(AnswerKind::kRoleAssignments).size();
}

constexpr const char* kOfA =
    R"({"@odata.nextLink":"x","value":[{"id":"1","appRoleId":"r","principalId":"p","resourceId":"a"},{"id":"2","appRoleId":"r","principalId":"q","resourceId":"a"}]})";
constexpr const char* kEndOfA =
    R"({"value":[{"id":"3","appRoleId":"r","principalId":"o","resourceId":"a"}]})";
constexpr const char* kEndOfB =
    R"({"value":[{"id":"4","appRoleId":"r","principalId":"o","resourceId":"b"}]})";
constexpr const char* kBlank =
    R"({"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#appRoleAssignments","value":[]})";

TEST_CASE("a page that goes on needs the end of its own list") {
  CHECK(open_pages({kOfA}) == 1);
  CHECK(open_pages({kOfA, kEndOfA}) == 0);
  CHECK(open_pages({kEndOfA, kOfA}) == 0);
  CHECK(open_pages({kOfA, kEndOfB}) == 1);
  CHECK(open_pages({kOfA, kBlank}) == 0);
}

TEST_CASE("the context of an answer says what it is of") {
  const auto kind = [](const char* behind) {
    return kind_of_context(std::string("https://graph.microsoft.com/v1.0/$metadata#") + behind);
  };
  CHECK(kind("servicePrincipals") == AnswerKind::kServicePrincipals);
  CHECK(kind("servicePrincipals(id,appId,verifiedPublisher/displayName)") ==
        AnswerKind::kServicePrincipals);
  CHECK(kind("servicePrincipals('a-b')/appRoleAssignedTo") == AnswerKind::kRoleAssignments);
  CHECK(kind("identityGovernance/appConsent/appConsentRequests") == AnswerKind::kConsentRequests);
  CHECK(kind("policies/permissionGrantPolicies(includes(),excludes())") ==
        AnswerKind::kGrantPolicies);
  CHECK_FALSE(kind("groups").has_value());
  CHECK_FALSE(kind_of_context("").has_value());
  CHECK_FALSE(kind_of_context("#)(").has_value());
}

TEST_CASE("APIs without a walk over their holders") {
  const auto missing = [](std::initializer_list<const char*> answers) {
    return tenant_of(answers).answers.without_holders({"a", "b"}).size();
  };
  CHECK(missing({kEndOfA, kEndOfB}) == 0);
  CHECK(missing({kEndOfA}) == 1);
  CHECK(missing({kEndOfA, kBlank}) == 0);
}

TEST_CASE("an own consent policy that was not saved is a gap") {
  const Tenant tenant = tenant_of(
      {R"({"defaultUserRolePermissions":{"permissionGrantPoliciesAssigned":["ManagePermissionGrantsForSelf.ours"]}})",
       R"({"isEnabled":true,"reviewers":[]})", R"({"@odata.context":"x#settings","value":[]})",
       R"({"@odata.context":"x#appConsentRequests","value":[]})"});
  const auto gaps = find_gaps(tenant, Extent::kSettings);
  REQUIRE(gaps.size() == 1);
  CHECK(gaps[0].what.find("consent policy ours") != std::string::npos);
}

}  // namespace
}  // namespace quarry::consent_audit
