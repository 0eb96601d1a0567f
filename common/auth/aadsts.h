// What the sign-in service means by its numbers, and what to do about it.
#pragma once

#include "common/base/error.h"
#include "common/net/http.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace quarry::auth {

struct SignInError {
  std::uint32_t code;
  std::string_view meaning;
  std::string_view advice;
  bool transient = false;
};

/// nullptr where we know nothing of the code.
const SignInError* find_sign_in_error(std::uint32_t code);
/// The first of error_codes, else the number behind "AADSTS" in the text; nullopt without.
std::optional<std::uint32_t> sign_in_code(const net::Response& response);
/// The request may succeed a little later.
bool is_transient_sign_in(const net::Response& response);
/// kAuth (kRemote for what is no refusal) with code, meaning, the service's words, correlation id
/// and advice.
Error sign_in_error(const net::Response& response);

}  // namespace quarry::auth
