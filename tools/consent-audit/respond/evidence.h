// Evidence of one application, saved before it is touched: each answer a file, each file's hash in
// the timeline.
#pragma once

#include "common/base/error.h"
#include "common/journal/chain.h"
#include "common/journal/record.h"
#include "common/services/graph/graph.h"

#include <cstddef>
#include <string>
#include <vector>

namespace quarry::consent_audit {

/// Files go to FOLDER/SP_ID/, or SP_ID.2/ and so on: what was saved before stays. The records tell
/// file, bytes and SHA-256; rows of the audit and sign-in logs are taken along where the permission
/// is there, and their absence is recorded.
Result<std::vector<journal::Record>> export_evidence(services::Graph& graph,
                                                     const std::string& sp_id,
                                                     const std::string& app_id,
                                                     const std::string& folder);

/// Looks at each file that an evidence record of `chain` names, in `folder`, where it was put or
/// moved to with the case. An error for each that is missing or not what was recorded.
struct EvidenceCheck {
  std::size_t files = 0;
  std::vector<Error> faults;
};
EvidenceCheck check_evidence(const journal::Chain& chain, const std::string& folder);

}  // namespace quarry::consent_audit
