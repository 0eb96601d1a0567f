// Text for people on its way to a screen. All of it goes through here, so that no name that an
// attacker chose and no message of a service can drive the terminal.
#pragma once

#include <string>
#include <string_view>

namespace quarry::cli {

/// Lines and tabs as they are; any other control character, and bytes that are no UTF-8, shown as
/// unicode::escape_for_terminal() does. Not for JSON, which has escapes of its own.
std::string safe_text(std::string_view text);
/// To standard error, at once.
void tell_people(std::string_view text);

}  // namespace quarry::cli
