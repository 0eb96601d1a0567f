// JSON Web Tokens: looking into one that we were given, signing one of our own.
#pragma once

#include "common/base/result.h"
#include "common/base/secret.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::auth {

/// What a token says, unverified: it saves a call that would fail, and proves nothing.
struct Claims {
  std::string audience;
  std::string tenant;
  std::string application;  // appid or azp
  std::string issuer;
  std::string subject;
  std::string name;                      // of a person: upn or preferred_username
  std::optional<std::int64_t> expires;   // seconds since 1970
  std::vector<std::string> permissions;  // roles of an application, or scopes of a person
  bool of_person = false;
};

/// nullopt where the text is no such token: some services' tokens are opaque, which is no error.
std::optional<Claims> read_claims(std::string_view token);

/// A bearer token goes into a header: kAuth where it is empty or holds anything but visible ASCII.
Result<void> check_bearer(const Secret& token);

}  // namespace quarry::auth
