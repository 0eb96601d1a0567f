#include "tools/consent-audit/risk/consent_policy.h"
#include "tools/consent-audit/risk/rules/tables.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

using namespace quarry::consent_audit;

namespace {

HeldPermission held(std::string value, Level tier, Category category, bool wide = false) {
  return {.value = std::move(value),
          .type = PermissionType::kDelegated,
          .judgement = {.tier = tier, .category = category, .phish_abused = false, .known = true},
          .tenant_wide = wide,
          .evidence = "log:1"};
}

bool has(const Verdict& verdict, std::string_view name) {
  for (const Signal& signal : verdict.signals)
    if (signal.name == name) return true;
  return false;
}

Subject mail_for(bool everybody) {
  Subject subject;
  subject.granted = true;
  subject.permissions = {held("Mail.Read", Level::kHigh, Category::kMail, everybody),
                         held("offline_access", Level::kLow, Category::kSignIn, everybody)};
  return subject;
}

}  // namespace

TEST_CASE("names of rules and signals are unique, and every rule explains itself") {
  std::set<std::string_view> names;
  for (const Rule* const rule : rules()) {
    CHECK(find_rule(rule->name) == rule);
    CHECK(rule->text.size() > 40);
    CHECK(names.insert(rule->name).second);
  }
}

TEST_CASE("the risk is the highest level, and says why") {
  const Verdict one = judge(mail_for(false), {});
  CHECK(one.risk == Level::kHigh);
  CHECK(has(one, "mail+offline"));
  CHECK_FALSE(has(one, "tenant_wide"));
  const Verdict all = judge(mail_for(true), {});
  CHECK(all.risk == Level::kCritical);
  CHECK(has(all, "tenant_wide"));
  CHECK(all.score > one.score);
  for (const Signal& signal : all.signals) CHECK_FALSE(signal.why.empty());
}

TEST_CASE("an attempt that failed is no grant, and nothing at all is no risk") {
  Subject attempt = mail_for(false);
  attempt.granted = false;
  attempt.attempted = true;
  CHECK(judge(attempt, {}).risk == Level::kLow);
  attempt.blocked_reason = "Risky application detected";
  CHECK(judge(attempt, {}).risk == Level::kMedium);
  attempt.granted = true;
  CHECK(has(judge(attempt, {}), "approved_despite_warning"));
  CHECK(judge(Subject(), {}).risk == Level::kNone);
}

TEST_CASE("an allowed id lowers the risk and keeps the reasons") {
  RiskSettings settings;
  settings.allowed_apps = {"00000202-5eed-4a00-9000-000000000202"};
  Subject subject = mail_for(true);
  subject.app_id = "00000202-5eed-4a00-9000-000000000202";
  const Verdict verdict = judge(subject, settings);
  CHECK(verdict.risk == Level::kLow);
  CHECK(has(verdict, "mail+offline"));
}

TEST_CASE("a policy is loosened where users may do more than before") {
  const auto change = [](std::string before, std::string after) {
    return std::vector<PolicyChange>{
        {"PermissionGrantPolicyIdsAssignedToDefaultUserRole", std::move(before), std::move(after)}};
  };
  CHECK_FALSE(
      describe_loosening(change(R"(["ManagePermissionGrantsForSelf.microsoft-user-default-low"])",
                                R"(["microsoft-user-default-legacy"])"))
          .empty());
  CHECK(describe_loosening(
            change(R"(["ManagePermissionGrantsForSelf.microsoft-user-default-legacy"])",
                   R"(["microsoft-user-default-legacy"])"))
            .empty());
  CHECK(describe_loosening(change(R"(["microsoft-user-default-legacy"])", "[]")).empty());
  CHECK_FALSE(describe_loosening({{"AllowUserConsentForRiskyApps", "[false]", "[true]"}}).empty());
  CHECK(describe_loosening({{"AllowUserConsentForRiskyApps", "[true]", "[false]"}}).empty());
}
