// JSON as text: cuts values out of a line without converting them, so that numbers are compared as
// they were written (64-bit integers, 1.0 against 1). Small on purpose; the product's own JSON code
// is what is being tested.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quarry::test::json {

/// The extent of the value that starts at `at`; moves `at` behind it. nullopt where no value stands
/// there.
std::optional<std::string_view> cut_value(std::string_view text, std::size_t& at);

using Members = std::vector<std::pair<std::string, std::string_view>>;

/// Members of an object in their order, values as written (views into `text`).
std::optional<Members> members(std::string_view text);
std::optional<std::vector<std::string_view>> elements(std::string_view text);

/// The value of a member, as written; empty if there is none.
std::string_view find(const Members& members, std::string_view key);

/// "\"a\\n\"" -> "a\n". nullopt if `raw` is no string literal.
std::optional<std::string> decode(std::string_view raw);
std::string quote(std::string_view text);

/// Drops the blanks between tokens.
std::string compact(std::string_view raw);

}  // namespace quarry::test::json
