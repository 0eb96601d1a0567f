// What a TAXII server says when it refuses, and answers that are no TAXII at all.
#pragma once

#include "common/base/result.h"
#include "common/net/http.h"

#include <optional>
#include <string_view>

namespace quarry::services::taxii {

/// The Error for an answer that is no success. `what` was tried ("list collections").
Error problem_of(const net::Response& response, std::string_view what);

/// A success whose body begins like this is no TAXII 2: a page (of a login, as a rule) or an answer
/// of TAXII 1.x. nullopt where it may be one.
std::optional<Error> not_taxii(const net::Response& head, std::string_view body,
                               std::string_view what);

}  // namespace quarry::services::taxii
