// A regular expression as a parameter of row functions: compiled once where it is constant.
#pragma once

#include "common/kql/kernel/regex.h"

namespace quarry::kql::functions {

struct CompiledRegex {
  Regex regex;
  static Result<CompiledRegex> prepare(std::string_view pattern) {
    QUARRY_TRY(Regex compiled, Regex::compile(pattern));
    return CompiledRegex{std::move(compiled)};
  }
};

}  // namespace quarry::kql::functions
