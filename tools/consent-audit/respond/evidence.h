// Evidence of one application, saved before it is touched: each answer a file, each file's hash in
// the timeline.
#pragma once

#include "common/journal/record.h"
#include "common/services/graph/graph.h"

#include <string>
#include <vector>

namespace quarry::consent_audit {

/// Files go to FOLDER/SP_ID/. The records tell file, bytes and SHA-256; rows of the audit and
/// sign-in logs are taken along where the permission is there, and their absence is recorded.
Result<std::vector<journal::Record>> export_evidence(services::Graph& graph,
                                                     const std::string& sp_id,
                                                     const std::string& app_id,
                                                     const std::string& folder);

}  // namespace quarry::consent_audit
