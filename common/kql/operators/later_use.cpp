#include "common/kql/operators/later_use.h"

#include "common/base/text.h"

namespace quarry::kql::operators {
namespace {

bool is_name_character(char c) { return text::is_ascii_alnum(c) || c == '_'; }

bool holds_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const bool begins = at == 0 || !is_name_character(text[at - 1]);
    const std::size_t end = at + word.size();
    if (begins && (end == text.size() || !is_name_character(text[end]))) return true;
  }
  return false;
}

}  // namespace

bool is_used_later(const syntax::Parser& parser, const syntax::Name& name) {
  return !name.name.empty() && holds_word(parser.text().substr(name.span.end()), name.name);
}

}  // namespace quarry::kql::operators
