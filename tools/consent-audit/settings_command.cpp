// consent-audit settings: who may consent to what, and how to change it.
#include "common/cli/result_output.h"
#include "tools/consent-audit/consent_audit_app.h"
#include "tools/consent-audit/report/record_batch.h"
#include "tools/consent-audit/report/tenant_report.h"
#include "tools/consent-audit/risk_options.h"
#include "tools/consent-audit/tenant/load_tenant.h"
#include "tools/consent-audit/tenant/settings_review.h"

#include <algorithm>

namespace quarry::consent_audit {
namespace {

const Schema& settings_schema() {
  static const Schema schema{{{"_type", Type::kString},
                              {"setting", Type::kString},
                              {"value", Type::kString},
                              {"verdict", Type::kString},
                              {"risk", Type::kString},
                              {"finding", Type::kString},
                              {"fix", Type::kString},
                              {"source", Type::kString}}};
  return schema;
}

Result<int> show(const cli::Invocation& invocation, const LoadedTenant& loaded,
                 const std::vector<SettingFinding>& findings) {
  const std::string format = invocation.format();
  if (format == "html" || format == "markdown")
    return cli::show_text(invocation, settings_report(findings, loaded.missing, format));
  RecordBatch batch(settings_schema());
  for (const SettingFinding& finding : findings) {
    batch.text("consent.setting")
        .text(finding.setting)
        .text(finding.value)
        .text(name_of(finding.standing))
        .text(name_of(finding.risk))
        .text(finding.finding)
        .text(finding.fix)
        .text(finding.source);
  }
  // Sentences: on a screen they are read one below the other.
  std::vector<Column> columns = batch.finish().columns();
  if (invocation.streams().stdout_is_terminal)
    return cli::show_rows(invocation, settings_schema(), std::move(columns), "list");
  return cli::show_rows(invocation, settings_schema(), std::move(columns));
}

}  // namespace

Result<int> settings_command(cli::Invocation& invocation) {
  QUARRY_TRY(const std::optional<Level> fail_on, read_level(invocation, "fail-on"));
  QUARRY_TRY(const LoadedTenant loaded, load_tenant(invocation, Extent::kSettings));
  const std::vector<SettingFinding> findings = review_settings(loaded.tenant);
  if (findings.empty()) {
    return fail(ErrorCode::kData, "these answers say nothing about consent settings",
                "GET /policies/authorizationPolicy, or consent-audit export DIR");
  }
  QUARRY_TRY(const int shown, show(invocation, loaded, findings));
  if (loaded.status != 0) return loaded.status;
  const bool found =
      fail_on && std::any_of(findings.begin(), findings.end(), [&](const SettingFinding& finding) {
        return finding.risk >= *fail_on;
      });
  return found ? 1 : shown;
}

}  // namespace quarry::consent_audit
