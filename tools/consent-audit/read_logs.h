// Audit logs read into the store, with the options and messages that all commands share.
#pragma once

#include "common/cli/invocation.h"
#include "common/config/option.h"
#include "tools/consent-audit/audit/audit_input.h"

#include <memory>

namespace quarry::consent_audit {

/// threads max-line strict
extern const config::OptionTable kLogOptions;

/// kUsage where nothing is named and standard input is a terminal.
Result<std::unique_ptr<AuditInput>> open_logs(cli::Invocation& invocation, Others others);
/// Reads, with progress. Sets `status` to 3 where rows, lines or inputs are missing, and says so
/// where there was no audit row at all, or none in one of the inputs.
Result<AuditReport> read_logs(cli::Invocation& invocation, AuditInput& input,
                              const AuditInput::Take& take, int& status);
/// The line under a table on a terminal; elsewhere a note where rows were judged and nothing found.
void tell_footer(cli::Invocation& invocation, const AuditReport& report, std::uint64_t rows,
                 double seconds);

}  // namespace quarry::consent_audit
