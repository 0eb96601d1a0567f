// Findings as rows: in full for machines, the gist for a screen.
#pragma once

#include "tools/consent-audit/findings/finding.h"
#include "tools/consent-audit/report/record_batch.h"

#include <string>
#include <vector>

namespace quarry::consent_audit {

/// consent.finding: every column.
const Schema& finding_schema();
void append_finding(RecordBatch& batch, const Finding& finding);

/// What fits on a screen: how bad, which application, who, what come first, because a narrow one
/// leaves out the last columns; then the id, reach, when and why.
const Schema& short_schema();
void append_short(RecordBatch& batch, const Finding& finding);

/// [{"name":…,"level":…,"weight":…,"why":…,"evidence":[…]}]
std::string signals_json(const std::vector<Signal>& signals);
/// "Mail.Read, Mail.Send and 8 more"; what was added, by whatever way.
std::string gist_of(const Finding& finding);
std::string signal_names(const std::vector<Signal>& signals);

}  // namespace quarry::consent_audit
