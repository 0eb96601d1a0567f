// Regular expressions as KQL has them (RE2 syntax), compiled once, with the literal that every
// match must contain looked for first.
#pragma once

#include "common/base/result.h"
#include "common/base/text_search.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::kql {

/// A compiled pattern. Thread-safe; cheap to copy.
class Regex {
 public:
  static Result<Regex> compile(std::string_view pattern);

  /// True when the pattern occurs anywhere in the text.
  bool contained_in(std::string_view text) const;
  /// Finds the next match at or after `from`; groups[0] is the whole match. Groups that took no
  /// part are empty views with null data.
  bool match(std::string_view text, std::size_t from, std::vector<std::string_view>& groups) const;
  int group_count() const;
  /// Names of named groups by number ("" where unnamed); index 0 unused.
  std::vector<std::string> group_names() const;
  /// Replaces every match; the rewrite uses \0 … \9. Appends to out.
  void replace_all(std::string_view text, std::string_view rewrite, std::string& out) const;
  const std::string& pattern() const;
  /// Literal texts of which at least one occurs (case-insensitively where ignore_case) in every
  /// matching text; empty: nothing known.
  struct RequiredLiterals {
    std::vector<std::string> any_of;
    bool ignore_case = false;
  };
  const RequiredLiterals& required() const;

 private:
  struct Body;
  std::shared_ptr<const Body> body_;
};

/// Quotes a text so that it matches itself.
std::string regex_quote(std::string_view text);

}  // namespace quarry::kql
