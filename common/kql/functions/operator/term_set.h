// Does a text have one of many words as a term? One pass over the text, whatever the number of
// words.
#pragma once

#include "common/kql/functions/operator/text_set.h"

#include <string>
#include <string_view>
#include <vector>

namespace quarry::kql::functions {

/// True where the word is one term of ASCII letters and digits, so that a TermSet may hold it.
bool is_single_ascii_term(std::string_view word);

class TermSet {
 public:
  /// All words are single ASCII terms.
  explicit TermSet(std::vector<std::string> words)
      : words_(std::move(words), CaseMode::kIgnoreAscii) {}
  bool has_any(std::string_view text);

 private:
  bool has_any_ascii(std::string_view text);
  bool has_any_unicode(std::string_view text);

  TextSet words_;
};

}  // namespace quarry::kql::functions
