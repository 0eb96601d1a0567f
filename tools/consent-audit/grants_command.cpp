// consent-audit grants: what each application of the tenant holds now, the gravest first.
#include "common/cli/result_output.h"
#include "common/time/format.h"
#include "tools/consent-audit/consent_audit_app.h"
#include "tools/consent-audit/explain.h"
#include "tools/consent-audit/report/finding_rows.h"
#include "tools/consent-audit/report/tenant_report.h"
#include "tools/consent-audit/risk/rules/tables.h"
#include "tools/consent-audit/risk_options.h"
#include "tools/consent-audit/tenant/inventory.h"
#include "tools/consent-audit/tenant/load_tenant.h"

#include <algorithm>

namespace quarry::consent_audit {
namespace {

const Schema& app_schema() {
  static const Schema schema{{{"_type", Type::kString},       {"name", kTextOrNull},
                              {"app_id", kTextOrNull},        {"sp_id", Type::kString},
                              {"risk", Type::kString},        {"score", Type::kLong},
                              {"signals", Type::kDynamic},    {"scopes", Type::kDynamic},
                              {"app_roles", Type::kDynamic},  {"tenant_wide", Type::kBool},
                              {"users", Type::kLong},         {"user_names", Type::kDynamic},
                              {"grants", Type::kLong},        {"user_assignments", Type::kLong},
                              {"enabled", Type::kBool},       {"publisher", kTextOrNull},
                              {"owner_tenant", kTextOrNull},  {"created", Type::kDatetime},
                              {"reply_urls", Type::kDynamic}, {"grant_ids", Type::kDynamic}}};
  return schema;
}

/// A narrow screen leaves out the last columns.
const Schema& short_app_schema() {
  static const Schema schema{{{"risk", Type::kString},
                              {"name", Type::kString},
                              {"holds", Type::kString},
                              {"users", Type::kLong},
                              {"reach", Type::kString},
                              {"sp_id", Type::kString},
                              {"score", Type::kLong},
                              {"signals", Type::kString}}};
  return schema;
}

std::int64_t count(std::size_t size) { return static_cast<std::int64_t>(size); }

void append_app(RecordBatch& batch, const TenantApp& app) {
  static const ServicePrincipal kUnknown;
  const ServicePrincipal& principal = app.principal != nullptr ? *app.principal : kUnknown;
  std::vector<std::string> ids;
  for (const OAuthGrant* const grant : app.grants) ids.push_back(grant->id);
  batch.text("consent.app")
      .text(principal.name)
      .text(principal.app_id)
      .text(app.sp_id)
      .text(name_of(app.verdict.risk))
      .number(app.verdict.score)
      .json(signals_json(app.verdict.signals))
      .texts(app.scopes)
      .texts(app.app_roles)
      .boolean(app.tenant_wide)
      .number(count(app.users.size()))
      .texts(app.users)
      .number(count(app.grants.size()))
      .number(count(app.assignments.size()))
      .boolean(app.principal != nullptr ? std::optional(principal.enabled) : std::nullopt)
      .text(principal.publisher)
      .text(principal.owner_tenant)
      .time(principal.created)
      .texts(principal.reply_urls)
      .texts(ids);
}

void append_short_app(RecordBatch& batch, const TenantApp& app) {
  NameList holds;
  for (const std::string& role : app.app_roles) holds.add(role);
  for (const std::string& scope : app.scopes) holds.add(scope);
  batch.text(name_of(app.verdict.risk))
      .text(app.principal != nullptr ? app.principal->name : "")
      .text(holds.text())
      .number(count(app.users.size()))
      .text(app.tenant_wide || !app.app_roles.empty() ? "everybody" : "")
      .text(app.sp_id)
      .number(app.verdict.score)
      .text(signal_names(app.verdict.signals));
}

Result<int> show(const cli::Invocation& invocation, const LoadedTenant& loaded,
                 const std::vector<TenantApp>& apps) {
  const std::string format = invocation.format();
  if (format == "html" || format == "markdown")
    return cli::show_text(invocation, grants_report(loaded.tenant, apps, loaded.missing, format));
  const bool brief = format == "table";
  const Schema schema = for_format(brief ? short_app_schema() : app_schema(), format);
  RecordBatch batch(schema);
  for (const TenantApp& app : apps) brief ? append_short_app(batch, app) : append_app(batch, app);
  return cli::show_rows(invocation, schema, batch.finish().columns());
}

}  // namespace

Result<int> grants_command(cli::Invocation& invocation) {
  const std::string& explained = invocation.text("explain");
  if (const Rule* const rule = explained.empty() ? nullptr : find_rule(explained))
    return cli::show_text(invocation, rule_text(*rule));
  QUARRY_TRY(RiskSettings settings, read_risk_settings(invocation));
  QUARRY_TRY(const std::optional<Level> fail_on, read_level(invocation, "fail-on"));
  QUARRY_TRY(const LoadedTenant loaded, load_tenant(invocation, Extent::kGrants));
  set_present(invocation, loaded, settings);
  std::vector<TenantApp> apps = take_inventory(loaded.tenant, settings);
  if (!explained.empty()) {
    QUARRY_CHECK(explain_app(invocation, apps, explained));
    return loaded.status;
  }
  // --min-risk is about what is shown.
  const bool found = fail_on && std::any_of(apps.begin(), apps.end(), [&](const TenantApp& app) {
                       return app.verdict.risk >= *fail_on;
                     });
  const Level least = parse_level(invocation.text("min-risk")).value_or(Level::kLow);
  std::erase_if(apps, [least](const TenantApp& app) { return app.verdict.risk < least; });
  QUARRY_TRY(const int shown, show(invocation, loaded, apps));
  if (loaded.status != 0) return loaded.status;
  return found ? 1 : shown;
}

}  // namespace quarry::consent_audit
