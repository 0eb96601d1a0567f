#include "common/kql/functions/operator/text_match.h"

#include "common/base/unicode.h"

namespace quarry::kql::functions {
namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }
bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

bool needs_folding(CaseMode mode, std::string_view pattern) {
  return mode == CaseMode::kIgnoreAscii && !unicode::is_ascii(pattern);
}

std::string prepared(CaseMode mode, std::string_view pattern) {
  std::string result(pattern);
  if (needs_folding(mode, pattern)) fold_text(pattern, result);
  return result;
}

}  // namespace

bool is_term_character_before(std::string_view text, std::size_t offset) {
  if (offset == 0) return false;
  const char last = text[offset - 1];
  if (is_ascii(last)) return text::is_ascii_alnum(last);
  std::size_t begin = offset - 1;
  while (begin > 0 && offset - begin < 4 && is_continuation(text[begin])) --begin;
  return unicode::is_alphanumeric(unicode::decode(text, begin));
}

bool is_term_character_at(std::string_view text, std::size_t offset) {
  if (offset >= text.size()) return false;
  if (is_ascii(text[offset])) return text::is_ascii_alnum(text[offset]);
  return unicode::is_alphanumeric(unicode::decode(text, offset));
}

void fold_text(std::string_view text, std::string& out) {
  out.clear();
  for (std::size_t i = 0; i < text.size();) {
    if (is_ascii(text[i])) {
      out.push_back(text::ascii_upper(text[i]));
      ++i;
    } else {
      unicode::append(out, unicode::fold(unicode::decode(text, i)));
    }
  }
}

TextMatcher::TextMatcher(TextRelation relation, CaseMode mode, std::string_view pattern)
    : pattern_(prepared(mode, pattern)),
      fold_first_(needs_folding(mode, pattern)),
      ignore_ascii_(mode == CaseMode::kIgnoreAscii && !fold_first_),
      check_begin_((relation == TextRelation::kHas || relation == TextRelation::kHasPrefix) &&
                   is_term_character_at(pattern, 0)),
      check_end_((relation == TextRelation::kHas || relation == TextRelation::kHasSuffix) &&
                 is_term_character_before(pattern, pattern.size())),
      searcher_(pattern_, ignore_ascii_ ? CaseMode::kIgnoreAscii : CaseMode::kSensitive) {}

bool TextMatcher::finds_term(std::string_view text) const {
  for (std::size_t at = searcher_.find(text); at != std::string_view::npos;
       at = searcher_.find(text, at + 1)) {
    const bool begins_well = !check_begin_ || !is_term_character_before(text, at);
    if (begins_well && (!check_end_ || !is_term_character_at(text, at + pattern_.size())))
      return true;
    if (at >= text.size()) break;
  }
  return false;
}

}  // namespace quarry::kql::functions
