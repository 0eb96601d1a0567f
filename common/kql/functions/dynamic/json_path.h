// Paths into dynamic values, as extract_json(), bag_has_key(), bag_set_key() and bag_remove_keys()
// take them: $.a.b, $['a b'][0].
#pragma once

#include "common/base/result.h"
#include "common/value/dynamic.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace quarry::kql::functions {

struct JsonPath {
  using Step = std::variant<std::string, std::int64_t>;
  std::vector<Step> steps;

  /// nullopt where the text is no path. A path begins with `$`.
  static std::optional<JsonPath> parse(std::string_view text);
  /// As a prepared argument: an Error where the text is no path.
  static Result<JsonPath> prepare(std::string_view text);
  /// A key as the bag functions take it: a path where it begins with `$`, else one member's name.
  static JsonPath of_key(std::string_view key);

  /// The value at the end of the path; a null view where it leads nowhere.
  DynamicView find(const DynamicView& root) const;
};

}  // namespace quarry::kql::functions
