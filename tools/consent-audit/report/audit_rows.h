// Rows of the log as they were read, one by one: events --rows.
#pragma once

#include "tools/consent-audit/audit/audit_input.h"
#include "tools/consent-audit/report/record_batch.h"
#include "tools/consent-audit/risk/rule.h"

#include <string>
#include <string_view>

namespace quarry::consent_audit {

/// consent.row
const Schema& audit_row_schema();
/// `duplicate_of`: FILE:LINE of the same row, met before; or "".
void append_audit_row(RecordBatch& batch, const PlacedRow& placed, const std::string& input_name,
                      const Verdict& verdict, std::string_view duplicate_of);

}  // namespace quarry::consent_audit
