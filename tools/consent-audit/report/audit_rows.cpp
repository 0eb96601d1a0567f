#include "tools/consent-audit/report/audit_rows.h"

#include "common/json/object_writer.h"
#include "tools/consent-audit/report/finding_rows.h"

namespace quarry::consent_audit {
namespace {

std::string grants_json(const std::vector<Grant>& grants) {
  std::string json = "[";
  for (const Grant& grant : grants) {
    if (json.size() > 1) json += ',';
    json::ObjectWriter writer;
    writer.text("id", grant.id)
        .text_if("client_id", grant.client_id)
        .text_if("resource_id", grant.resource_id)
        .text_if("principal_id", grant.principal_id)
        .text_if("consent_type", grant.consent_type)
        .raw("scopes", json_array(grant.scopes));
    json += writer.take();
  }
  return json + ']';
}

std::string changes_json(const AuditRow& row) {
  if (row.changes.empty()) return "null";
  json::ObjectWriter writer;
  for (const Change& change : row.changes)
    writer.raw(change.name, json_array({change.before, change.after}));
  return writer.take();
}

std::vector<std::string> role_names(const AuditRow& row) {
  std::vector<std::string> names;
  for (const AppRole& role : row.roles) names.push_back(role.value.empty() ? role.id : role.value);
  return names;
}

std::string source_json(const std::string& input, std::uint64_t line) {
  json::ObjectWriter writer;
  writer.text("file", input).number("line", static_cast<std::int64_t>(line));
  return writer.take();
}

}  // namespace

const Schema& audit_row_schema() {
  static const Schema schema{{{"_type", Type::kString},
                              {"time", Type::kDatetime},
                              {"shape", Type::kString},
                              {"kind", Type::kString},
                              {"operation", Type::kString},
                              {"is_consent", Type::kBool},
                              {"result", Type::kString},
                              {"admin", Type::kBool},
                              {"on_behalf_of_all", Type::kBool},
                              {"app_only", Type::kBool},
                              {"consent_types", Type::kDynamic},
                              {"scopes", Type::kDynamic},
                              {"added_scopes", Type::kDynamic},
                              {"removed_scopes", Type::kDynamic},
                              {"scopes_raw", Type::kDynamic},
                              {"app_roles", Type::kDynamic},
                              {"app_id", kTextOrNull},
                              {"app_name", kTextOrNull},
                              {"sp_id", kTextOrNull},
                              {"resource_ids", Type::kDynamic},
                              {"resource_app_id", kTextOrNull},
                              {"user", kTextOrNull},
                              {"actor", kTextOrNull},
                              {"actor_type", kTextOrNull},
                              {"subject", kTextOrNull},
                              {"ip", kTextOrNull},
                              {"user_agent", kTextOrNull},
                              {"blocked_reason", kTextOrNull},
                              {"failure", kTextOrNull},
                              {"reply_urls", Type::kDynamic},
                              {"changes", Type::kDynamic},
                              {"grants", Type::kDynamic},
                              {"risk", Type::kString},
                              {"signals", Type::kDynamic},
                              {"truncated", Type::kBool},
                              {"incomplete", Type::kBool},
                              {"duplicate_of", kTextOrNull},
                              {"correlation_id", kTextOrNull},
                              {"id", kTextOrNull},
                              {"_source", Type::kDynamic}}};
  return schema;
}

void append_audit_row(RecordBatch& batch, const PlacedRow& placed, const std::string& input_name,
                      const Verdict& verdict, std::string_view duplicate_of) {
  const AuditRow& row = placed.row;
  batch.text("consent.row")
      .time(row.time)
      .text(name_of(row.shape))
      .text(name_of(row.kind))
      .text(row.operation)
      .boolean(row.kind == Kind::kConsent)
      .text(row.success ? "success" : "failure")
      .boolean(row.admin)
      .boolean(row.on_behalf_of_all)
      .boolean(row.app_only)
      .texts(row.consent_types)
      .texts(row.scopes)
      .texts(row.added_scopes)
      .texts(row.removed_scopes)
      .texts(row.raw_scopes)
      .texts(role_names(row))
      .text(row.app_id)
      .text(row.app_name)
      .text(row.sp_id)
      .texts(row.resource_ids)
      .text(row.resource_app_id)
      .text(row.user)
      .text(row.actor)
      .text(row.actor.empty() ? ""
            : row.by_app      ? "app"
                              : "user")
      .text(row.subject)
      .text(row.ip)
      .text(row.user_agent)
      .text(row.blocked_reason)
      .text(row.failure)
      .texts(row.reply_urls)
      .json(changes_json(row))
      .json(grants_json(row.grants))
      .text(name_of(verdict.risk))
      .json(signals_json(verdict.signals))
      .boolean(row.truncated)
      .boolean(row.incomplete)
      .text(duplicate_of)
      .text(row.correlation_id)
      .text(row.row_id)
      .json(source_json(input_name, placed.place.line));
}

}  // namespace quarry::consent_audit
