// The token that `az account get-access-token` prints, as other programs print it too.
#pragma once

#include "common/auth/credential.h"

#include <optional>
#include <string_view>

namespace quarry::auth {

/// nullopt where the text is no JSON with an accessToken.
std::optional<Token> read_az_answer(std::string_view text, const net::Clock& clock);

/// Without a better source, when a token ends is what it says itself; 0 where it says nothing.
double expiry_of(const Secret& token);

}  // namespace quarry::auth
