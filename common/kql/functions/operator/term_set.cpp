#include "common/kql/functions/operator/term_set.h"

#include <algorithm>

#include "common/base/text.h"
#include "common/base/unicode.h"

namespace quarry::kql::functions {

bool is_single_ascii_term(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) { return text::is_ascii_alnum(c); });
}

bool TermSet::has_any(std::string_view text) {
  std::size_t begin = 0;
  bool has_foreign_letter = false;  // a term with a letter beyond ASCII equals none of our words
  for (std::size_t i = 0; i < text.size();) {
    if (text::is_ascii_alnum(text[i])) {
      ++i;
      continue;
    }
    std::size_t next = i + 1;
    if (static_cast<unsigned char>(text[i]) >= 0x80) {
      next = i;
      if (unicode::is_alphanumeric(unicode::decode(text, next))) {
        has_foreign_letter = true;
        i = next;
        continue;
      }
    }
    if (i > begin && !has_foreign_letter && words_.contains(text.substr(begin, i - begin))) return true;
    begin = i = next;
    has_foreign_letter = false;
  }
  return begin < text.size() && !has_foreign_letter && words_.contains(text.substr(begin));
}

}  // namespace quarry::kql::functions
