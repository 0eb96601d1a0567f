#include "tools/consent-audit/risk/rules/tables.h"

#include <fmt/format.h>

namespace quarry::consent_audit {
namespace {

void judge_rule(const Subject& subject, const RiskSettings& settings, std::vector<Signal>& found) {
  static_cast<void>(settings);
  if (!subject.tenant || is_first_party(subject) || subject.tenant->managed_identity) return;
  const TenantFacts& tenant = *subject.tenant;
  if (tenant.has_publisher) {
    found.push_back({.name = "verified_publisher",
                     .level = Level::kNone,
                     .weight = -6,
                     .why = fmt::format("publisher verified: {}", shown(tenant.publisher)),
                     .evidence = {tenant.evidence}});
  } else if (!tenant.own) {
    found.push_back({.name = "unverified_publisher",
                     .level = Level::kLow,
                     .weight = 6,
                     .why = "the publisher is not verified",
                     .evidence = {tenant.evidence}});
  }
  if (tenant.foreign)
    found.push_back({.name = "foreign_tenant",
                     .level = Level::kLow,
                     .weight = 4,
                     .why = "owned by another tenant",
                     .evidence = {tenant.evidence}});
}

}  // namespace

constinit const Rule kUnverifiedPublisherRule{
    .name = "unverified_publisher",
    .summary = "nobody vouches for who made it",
    .text =
        "Microsoft has not verified the publisher (unverified_publisher), or has "
        "(verified_publisher): a verified name is no proof of good intent, but somebody can "
        "be asked. An application owned by another tenant than this one and Microsoft's is "
        "foreign (foreign_tenant).",
    .signals = "unverified_publisher verified_publisher foreign_tenant",
    .judge = judge_rule,
};

}  // namespace quarry::consent_audit
