// Text arguments that are one of a few words: a constant that is none of them is refused while
// binding.
#pragma once

#include "common/kql/functions/function.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

namespace quarry::kql::functions {

inline constexpr std::string_view kOutlierMethods[]{"ctukey", "tukey"};
inline constexpr std::string_view kTrends[]{"avg", "linefit", "none"};

/// An Error at the argument where it is a constant and none of the words.
inline Result<void> check_choice(std::span<const Argument> arguments, std::size_t at,
                                 std::span<const std::string_view> words) {
  if (at >= arguments.size() || arguments[at].constant == nullptr ||
      arguments[at].type != Type::kString || arguments[at].constant->is_null())
    return {};
  const std::string& given = arguments[at].constant->get<std::string>();
  if (given.empty() || std::find(words.begin(), words.end(), given) != words.end()) return {};
  return Failure(Error(ErrorCode::kQuery, fmt::format("unknown choice '{}'", given),
                       fmt::format("one of: {}", fmt::join(words, ", ")))
                     .at(SourceSpan{static_cast<std::uint32_t>(at), 0}));
}

}  // namespace quarry::kql::functions
