// consent-audit rules: what is looked at, one rule a row.
#include "common/cli/result_output.h"
#include "tools/consent-audit/consent_audit_app.h"
#include "tools/consent-audit/explain.h"
#include "tools/consent-audit/report/record_batch.h"
#include "tools/consent-audit/risk/rule.h"

#include <fmt/format.h>

namespace quarry::consent_audit {

Result<int> rules_command(cli::Invocation& invocation) {
  if (!invocation.arguments().empty()) {
    const std::string& name = invocation.arguments().front();
    const Rule* const rule = find_rule(name);
    if (rule == nullptr)
      return fail(ErrorCode::kUsage, fmt::format("no rule or signal is called '{}'", name),
                  "consent-audit rules lists them");
    return cli::show_text(invocation, rule_text(*rule));
  }
  const Schema schema{
      {{"rule", Type::kString}, {"summary", Type::kString}, {"signals", Type::kString}}};
  RecordBatch batch(schema);
  for (const Rule* const rule : rules())
    batch.text(rule->name)
        .text(rule->summary)
        .text(rule->signals.empty() ? rule->name : rule->signals);
  return cli::show_rows(invocation, schema, batch.finish().columns());
}

}  // namespace quarry::consent_audit
