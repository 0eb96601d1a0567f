// has, contains, startswith … against one pattern: prepared once, then asked for many texts.
//
// A term is a maximal run of letters and digits (in the Unicode sense). `has` finds the pattern
// where neither end of it cuts a term: "shell32.dll" has "shell32" and has "32.dll"? no: 32 begins
// inside a term. A pattern may span several terms.
#pragma once

#include "common/base/text.h"
#include "common/base/text_search.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace quarry::kql::functions {

enum class TextRelation : std::uint8_t {
  kContains,
  kHas,
  kHasPrefix,
  kHasSuffix,
  kStartsWith,
  kEndsWith,
  kEquals
};

/// True where the character before / at this byte offset belongs to a term.
bool is_term_character_before(std::string_view text, std::size_t offset);
bool is_term_character_at(std::string_view text, std::size_t offset);

/// The text with every code point folded (unicode::fold), so that texts that differ only in case
/// become equal. Replaces `out`.
void fold_text(std::string_view text, std::string& out);

/// Not thread-safe: each worker has its own.
class TextMatcher {
 public:
  TextMatcher(TextRelation relation, CaseMode mode, std::string_view pattern);

  /// The relation is a template argument so that a loop over rows asks no question twice. It is the
  /// constructor's.
  template <TextRelation kRelation>
  bool matches(std::string_view text) {
    if (fold_first_) {
      fold_text(text, folded_);
      text = folded_;
    }
    if constexpr (kRelation == TextRelation::kContains)
      return searcher_.find(text) != std::string_view::npos;
    else if constexpr (kRelation == TextRelation::kEquals)
      return text.size() == pattern_.size() && equals(text);
    else if constexpr (kRelation == TextRelation::kStartsWith) {
      return text.size() >= pattern_.size() && equals(text.substr(0, pattern_.size()));
    } else if constexpr (kRelation == TextRelation::kEndsWith) {
      return text.size() >= pattern_.size() && equals(text.substr(text.size() - pattern_.size()));
    } else
      return finds_term(text);
  }

 private:
  bool finds_term(std::string_view text) const;
  bool equals(std::string_view part) const {
    return ignore_ascii_ ? text::iequals_ascii(part, pattern_) : part == pattern_;
  }

  std::string pattern_;  // folded where fold_first_
  bool fold_first_ =
      false;  // the pattern has letters beyond ASCII: texts are folded before they are looked at
  bool ignore_ascii_ = false;
  bool check_begin_ = false;  // the match must not begin inside a term
  bool check_end_ = false;
  TextSearcher searcher_;
  std::string folded_;
};

}  // namespace quarry::kql::functions
