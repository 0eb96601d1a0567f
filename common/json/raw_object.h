// A JSON object's members as they stand in the text: what must come out as it went in (rows of
// events, numbers beyond 64 bits) is never spelled anew.
#pragma once

#include "common/base/result.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::json {

/// Views into the text that was read.
struct RawMember {
  std::string_view key;    // still escaped
  std::string_view value;  // JSON
};

/// In the order of the text, duplicates included. kData where the text is no JSON object; `name` is
/// where it came from.
Result<std::vector<RawMember>> raw_members(std::string_view object, const std::string& name);

/// The value of the key; "" where there is none. Of duplicates the last counts.
std::string_view find_raw(std::span<const RawMember> members, std::string_view key);

/// The text of a JSON string; "" of any other value.
std::string string_of(std::string_view json);
/// The text of a string, any other value as its JSON; "" of null.
std::string text_of(std::string_view json);
/// Without blanks between tokens, numbers as written.
std::string compact(std::string_view json);
/// Exactly one JSON value.
bool is_valid(std::string_view json);

}  // namespace quarry::json
