// The id of a delegated grant is made of the ids it binds together, so it can be read offline:
// base64url of raw little-endian GUIDs, client and API, and for a grant to one user that user.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace quarry::consent_audit {

struct GrantParts {
  std::string client_id;  // of the service principal; "" where the id has only zeros
  std::string resource_id;
  std::string principal_id;  // "" for all users
};

/// nullopt where the text is no such id.
std::optional<GrantParts> decode_grant_id(std::string_view id);
/// "" where one of the ids is no GUID.
std::string encode_grant_id(const GrantParts& parts);

}  // namespace quarry::consent_audit
