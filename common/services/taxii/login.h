// How a client of a TAXII server proves who it is: headers, made from secrets. Client certificates
// belong to the connection (net::CurlOptions).
#pragma once

#include "common/base/result.h"
#include "common/base/secret.h"
#include "common/net/http.h"

#include <string>
#include <string_view>
#include <vector>

namespace quarry::services::taxii {

/// Sent to the configured origin only.
using Login = std::vector<net::SecretHeader>;

/// The password may be empty: the user's name is an API key then, and the header is sent all the
/// same.
net::SecretHeader basic_login(std::string_view user, const Secret& password);
/// Authorization: `scheme` TOKEN, for "Bearer" and "Token".
net::SecretHeader token_login(std::string_view scheme, const Secret& token);
/// A whole line "X-API-Key: …". kUsage where it is none.
Result<net::SecretHeader> header_login(const Secret& line);

}  // namespace quarry::services::taxii
