// One token for one secret, wherever the secret came from.
#pragma once

#include "common/auth/credential.h"

#include <string>

namespace quarry::auth {

Result<Token> fetch_with_secret(const SignIn& sign_in, const std::string& scope,
                                const Secret& secret);

}  // namespace quarry::auth
