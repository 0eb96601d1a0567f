// Text with places for values of a device's row: "-User {AccountName}". Doubled braces stand for
// themselves.
#pragma once

#include "common/base/result.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::lr {

/// Where the text goes decides which bytes a value may hold: it came from a log, and must not
/// become a second argument or another path.
enum class Place : std::uint8_t { kArgument, kPath };

class Template {
 public:
  /// kUsage where a brace has no partner or names nothing.
  static Result<Template> parse(std::string_view text);

  /// Names of the columns, in the order of the text, each as often as it is used.
  std::vector<std::string> columns() const;
  /// As it was written, single braces around names.
  std::string text() const;
  /// The text with the values of one row. `value_of` gives nullopt for a column that is missing or
  /// null. kData where one is, or where a value holds what the place must not get.
  Result<std::string> fill(
      const std::function<std::optional<std::string>(const std::string& column)>& value_of,
      Place place) const;

 private:
  struct Piece {
    std::string text;  // literal, or the column's name
    bool is_column = false;
  };
  std::vector<Piece> pieces_;
};

}  // namespace quarry::lr
