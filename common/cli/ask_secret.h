// Asks a person for a secret at the terminal, without showing what is typed.
#pragma once

#include "common/base/cancel.h"
#include "common/base/result.h"
#include "common/base/secret.h"

#include <string>
#include <string_view>

namespace quarry::cli {

/// Reads a line from `terminal`, a descriptor of a terminal open for both, with the echo off; it is
/// on again afterwards, also after Ctrl-C. kAuth where nothing was typed, the token's error where
/// the run was cancelled.
Result<Secret> ask_secret(int terminal, std::string_view question, const CancelToken& cancel);

/// The same at the terminal that controls the process; kAuth where there is none.
Result<Secret> ask_secret(std::string_view question, const CancelToken& cancel);

}  // namespace quarry::cli
