// Answers of Microsoft Graph, saved or fresh, put into a tenant. What an answer is, its content
// tells, never its name.
#pragma once

#include "common/base/result.h"
#include "tools/consent-audit/tenant/tenant.h"

#include <string>
#include <string_view>

namespace quarry::consent_audit {

/// One object, a list in `value`, or an array. `source` is the file or call. kData where the text
/// is no JSON.
Result<void> add_answer(Tenant& tenant, std::string_view body, const std::string& source);

/// All *.json files of a folder and of those below it, in the order of their names. kData where it
/// cannot be read, or holds nothing that is recognised; damaged files are told in `errors` and the
/// others read.
Result<Tenant> read_saved_answers(const std::string& folder, std::vector<Error>& errors);

}  // namespace quarry::consent_audit
