// The prepared matchers against a reading of the rule that looks at code points only.
#include "common/base/unicode.h"
#include "tests/unit/kql/functions/call.h"

#include <doctest/doctest.h>

#include <random>

using namespace quarry;
using namespace quarry::kql::test;

namespace {

using CodePoints = std::u32string;

CodePoints code_points(std::string_view text, bool folded) {
  CodePoints result;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = unicode::decode(text, i);
    result.push_back(folded ? unicode::fold(c) : c);
  }
  return result;
}

bool is_term(const CodePoints& text, std::size_t at) {
  return at < text.size() && unicode::is_alphanumeric(text[at]);
}

/// No boundary lies between two characters of a term.
bool is_boundary(const CodePoints& text, std::size_t at) {
  return at == 0 || !is_term(text, at - 1) || !is_term(text, at);
}

bool expected(std::string_view relation, std::string_view text, std::string_view pattern) {
  const bool sensitive = relation.ends_with("_cs");
  if (sensitive) relation.remove_suffix(3);
  const CodePoints t = code_points(text, !sensitive);
  const CodePoints p = code_points(pattern, !sensitive);
  if (relation == "=~") return t == p;
  if (relation == "startswith") return t.starts_with(p);
  if (relation == "endswith") return t.ends_with(p);
  for (std::size_t at = t.find(p); at != CodePoints::npos; at = t.find(p, at + 1)) {
    const bool begin = is_boundary(t, at) || relation == "contains" || relation == "hassuffix";
    const bool end =
        is_boundary(t, at + p.size()) || relation == "contains" || relation == "hasprefix";
    if (begin && end) return true;
  }
  return false;
}

constexpr std::string_view kRelations[]{"contains",   "contains_cs",   "has",       "has_cs",
                                        "hasprefix",  "hasprefix_cs",  "hassuffix", "hassuffix_cs",
                                        "startswith", "startswith_cs", "endswith",  "endswith_cs",
                                        "=~"};

std::vector<std::string> made_texts(std::size_t count) {
  std::mt19937 random(7);
  constexpr std::string_view kPieces[]{"a",      "B",      "ab",     "AB",  "1",
                                       ".",      "-",      " ",      "_",   "\u00E4",
                                       "\u00C4", "\u4E2D", "\u20AC", "exe", "EXE"};
  std::vector<std::string> texts{""};
  while (texts.size() < count) {
    std::string text;
    for (std::size_t n = random() % 8; n > 0; --n) text += kPieces[random() % std::size(kPieces)];
    texts.push_back(text);
  }
  return texts;
}

}  // namespace

TEST_CASE("text operators agree with the rule, code point by code point") {
  const std::vector<std::string> texts = made_texts(400);
  const Column column = text_column(texts);
  for (const std::string_view relation : kRelations) {
    for (std::size_t p = 1; p < 60; ++p) {
      const std::string& pattern = texts[p];
      if (pattern.empty()) continue;
      const Column constant = Column::constant(text(pattern).as_column(1), texts.size());
      const Column found = call_columns(relation, {column, constant}, {false, true});
      const Column by_row = call_columns(relation, {column, constant.flattened()}, {false, false});
      const Cells<Type::kBool> cells(found);
      const Cells<Type::kBool> cells_by_row(by_row);
      for (std::size_t i = 0; i < texts.size(); ++i) {
        const bool wanted = expected(relation, texts[i], pattern);
        CHECK_MESSAGE((cells[i] != 0) == wanted, std::string(relation), ": '", texts[i], "' '",
                      pattern, "'");
        CHECK(cells_by_row[i] == cells[i]);
      }
    }
  }
}

TEST_CASE("a selection and a dictionary give the same as flat columns") {
  const Column texts = text_column({"cmd.exe", "powershell.exe", "notepad"});
  const auto index = std::make_shared<const std::vector<std::uint32_t>>(
      std::vector<std::uint32_t>{2, 0, 0, 1, 1, 1});
  const Column selected = Column::select(texts, index);
  const Column constant = Column::constant(text("exe").as_column(1), 6);
  const Column found = call_columns("has", {selected, constant}, {false, true});
  const Cells<Type::kBool> cells(found);
  const std::vector<int> wanted{0, 1, 1, 1, 1, 1};
  for (std::size_t i = 0; i < 6; ++i) CHECK(cells[i] == wanted[i]);
}

TEST_CASE("an empty pattern is everywhere") {
  CHECK(call_text("contains", {text("abc"), text("")}) == "true");
  CHECK(call_text("has", {text("abc"), text("")}) == "true");
  CHECK(call_text("startswith", {text(""), text("")}) == "true");
  CHECK(call_text("=~", {text(""), text("a")}) == "false");
}

TEST_CASE("the Kelvin sign is no k") {
  CHECK(call_text("contains", {text("\u212A"), text("k")}) == "false");
  CHECK(call_text("=~", {text("\u212A"), text("k")}) == "false");
}
