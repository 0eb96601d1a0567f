// Body of for_each_match(); compiled_regex.h includes it at its end.
#pragma once

#include "common/base/unicode.h"

namespace quarry::kql::functions {

template <class F>
void for_each_match(const CompiledRegex& pattern, std::string_view text, F&& f) {
  std::size_t from = 0;
  while (from <= text.size() && pattern.find(text, from)) {
    const std::string_view whole = pattern.groups[0];
    from = static_cast<std::size_t>(whole.data() - text.data()) + whole.size();
    f();
    if (!whole.empty()) continue;
    if (from == text.size()) return;
    unicode::decode(text, from);
  }
}

}  // namespace quarry::kql::functions
