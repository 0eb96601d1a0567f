// A regular expression as a parameter of row functions: compiled once where it is constant.
#pragma once

#include "common/kql/kernel/regex.h"

#include <string_view>
#include <vector>

namespace quarry::kql::functions {

struct CompiledRegex {
  Regex regex;
  mutable std::vector<std::string_view> groups;  // scratch of the worker that owns this

  static Result<CompiledRegex> prepare(std::string_view pattern) {
    QUARRY_TRY(Regex compiled, Regex::compile(pattern));
    return CompiledRegex{std::move(compiled), {}};
  }
  /// Finds a match at or after `from` into `groups`.
  bool find(std::string_view text, std::size_t from = 0) const {
    return regex.match(text, from, groups);
  }
};

/// Calls f() for each match in turn, its groups in pattern.groups; an empty match is followed by a
/// step of one character.
template <class F>
void for_each_match(const CompiledRegex& pattern, std::string_view text, F&& f);

}  // namespace quarry::kql::functions

#include "common/kql/functions/regex/compiled_regex_inl.h"
