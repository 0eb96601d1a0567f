#include "tools/consent-audit/report/finding_rows.h"

#include "common/json/object_writer.h"
#include "tools/consent-audit/risk/rules/tables.h"

namespace quarry::consent_audit {

const Schema& finding_schema() {
  static const Schema schema{{{"_type", Type::kString},         {"id", Type::kString},
                              {"kind", Type::kString},          {"time", Type::kDatetime},
                              {"result", Type::kString},        {"granted", Type::kBool},
                              {"app_id", kTextOrNull},          {"app_name", kTextOrNull},
                              {"sp_id", kTextOrNull},           {"user", kTextOrNull},
                              {"actor", kTextOrNull},           {"actor_type", kTextOrNull},
                              {"tenant_wide", Type::kBool},     {"admin", Type::kBool},
                              {"added_scopes", Type::kDynamic}, {"removed_scopes", Type::kDynamic},
                              {"app_roles", Type::kDynamic},    {"resources", Type::kDynamic},
                              {"blocked_reason", kTextOrNull},  {"failure", kTextOrNull},
                              {"reply_urls", Type::kDynamic},   {"assigned_users", Type::kDynamic},
                              {"risk", Type::kString},          {"score", Type::kLong},
                              {"signals", Type::kDynamic},      {"ip", kTextOrNull},
                              {"user_agent", kTextOrNull},      {"truncated", Type::kBool},
                              {"rows", Type::kDynamic},         {"correlation_id", kTextOrNull},
                              {"source", Type::kString}}};
  return schema;
}

void append_finding(RecordBatch& batch, const Finding& finding) {
  batch.text("consent.finding")
      .text(finding.id)
      .text(finding.kind)
      .time(finding.time)
      .text(finding.success ? "success" : "failure")
      .boolean(finding.granted)
      .text(finding.app_id)
      .text(finding.app_name)
      .text(finding.sp_id)
      .text(finding.user)
      .text(finding.actor)
      .text(finding.actor.empty() ? ""
            : finding.by_app      ? "app"
                                  : "user")
      .boolean(finding.tenant_wide)
      .boolean(finding.admin)
      .texts(finding.added_scopes)
      .texts(finding.removed_scopes)
      .texts(finding.app_roles)
      .texts(finding.resources)
      .text(finding.blocked_reason)
      .text(finding.failure)
      .texts(finding.reply_urls)
      .texts(finding.assigned_users)
      .text(name_of(finding.verdict.risk))
      .number(finding.verdict.score)
      .json(signals_json(finding.verdict.signals))
      .text(finding.ip)
      .text(finding.user_agent)
      .boolean(finding.truncated)
      .texts(finding.rows)
      .text(finding.correlation_id)
      .text(finding.source);
}

const Schema& short_schema() {
  static const Schema schema{{{"risk", Type::kString},
                              {"app", Type::kString},
                              {"actor", Type::kString},
                              {"what", Type::kString},
                              {"id", Type::kString},
                              {"reach", Type::kString},
                              {"time", Type::kDatetime},
                              {"score", Type::kLong},
                              {"signals", Type::kString}}};
  return schema;
}

void append_short(RecordBatch& batch, const Finding& finding) {
  const std::string& app = finding.app_name.empty() ? finding.app_id : finding.app_name;
  batch.text(name_of(finding.verdict.risk))
      .text(app.empty() ? finding.sp_id : app)
      .text(finding.actor)
      .text(gist_of(finding))
      .text(finding.id)
      .text(finding.tenant_wide.value_or(false) ? "everybody"
            : finding.user.empty()              ? ""
                                                : "one user")
      .time(finding.time)
      .number(finding.verdict.score)
      .text(signal_names(finding.verdict.signals));
}

std::string signals_json(const std::vector<Signal>& signals) {
  std::string json = "[";
  for (const Signal& signal : signals) {
    if (json.size() > 1) json += ',';
    json::ObjectWriter writer;
    writer.text("name", signal.name)
        .text("level", name_of(signal.level))
        .number("weight", signal.weight)
        .text("why", signal.why)
        .raw("evidence", json_array(signal.evidence));
    json += writer.take();
  }
  json += ']';
  return json;
}

std::string gist_of(const Finding& finding) {
  NameList names;
  for (const std::string& role : finding.app_roles) names.add(role);
  for (const std::string& scope : finding.added_scopes) names.add(scope);
  if (!names.empty()) return names.text();
  if (!finding.success) return "failed";
  return finding.kind == "consent" ? "nothing new" : std::string(finding.kind);
}

std::string signal_names(const std::vector<Signal>& signals) {
  std::string text;
  for (const Signal& signal : signals) {
    if (!text.empty()) text += ' ';
    text += signal.name;
  }
  return text;
}

}  // namespace quarry::consent_audit
