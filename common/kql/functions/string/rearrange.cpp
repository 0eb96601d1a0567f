// reverse, strrep, translate, strcmp: small changes and comparisons of texts, character by
// character.
#include "common/base/unicode.h"
#include "common/kql/functions/text_arguments_inl.h"

#include <algorithm>

namespace quarry::kql::functions {
namespace {

std::string_view reverse(Row& row, std::string_view source) {
  char* const out = row.arena().allocate(source.size());
  char* end = out + source.size();
  for (std::size_t at = 0; at < source.size();) {
    const std::size_t begin = at;
    unicode::decode(source, at);
    end -= at - begin;
    std::copy_n(source.data() + begin, at - begin, end);
  }
  return {out, source.size()};
}

constexpr std::int64_t kMostRepetitions = 1024;  // Kusto's limit

std::string_view strrep_delimited(Row& row, std::string_view value, std::int64_t multiplier,
                                  std::string_view delimiter) {
  std::string& out = row.scratch();
  const std::int64_t times = std::min(multiplier, kMostRepetitions);
  for (std::int64_t i = 0; i < times; ++i) {
    if (i > 0) out += delimiter;
    out += value;
  }
  return row.arena().copy(out);
}
std::string_view strrep(Row& row, std::string_view value, std::int64_t multiplier) {
  return strrep_delimited(row, value, multiplier, {});
}

std::u32string code_points(std::string_view text) {
  std::u32string result;
  for (std::size_t at = 0; at < text.size();) result.push_back(unicode::decode(text, at));
  return result;
}

/// A replacement list that is too short is continued by its last character; an empty one removes.
std::string_view translate(Row& row, std::string_view search_list,
                           std::string_view replacement_list, std::string_view source) {
  const std::u32string search = code_points(search_list);
  const std::u32string replacement = code_points(replacement_list);
  std::string& out = row.scratch();
  for (std::size_t at = 0; at < source.size();) {
    const char32_t c = unicode::decode(source, at);
    const std::size_t found = search.find(c);
    if (found == std::u32string::npos)
      unicode::append(out, c);
    else if (!replacement.empty())
      unicode::append(out, replacement[std::min(found, replacement.size() - 1)]);
  }
  return row.arena().copy(out);
}

std::int64_t strcmp_(std::string_view a, std::string_view b) {
  const int order = a.compare(b);
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

constexpr Param kValue[]{{"value", "Text to turn round."}};
constexpr Param kStrrepParams[]{
    {"value", "Text to repeat."},
    {"multiplier", "How often, at most 1024 times."},
    {.name = "delimiter", .help = "Text between two copies.", .optional = true}};
constexpr Param kTranslateParams[]{{"searchList", "Characters to replace."},
                                   {"replacementList", "The character for each of them."},
                                   {"source", "Text to change."}};
constexpr Param kTwo[]{{"string1"}, {"string2"}};
constexpr FunctionDef kReverse{.name = "reverse",
                               .summary = "The characters in reverse order.",
                               .params = kValue,
                               .example = {R"(print reverse("acdef"))", "fedca"},
                               .resolve = resolve_any_text<reverse>};
constexpr FunctionDef kStrrep{.name = "strrep",
                              .summary = "A text several times over.",
                              .params = kStrrepParams,
                              .example = {R"(print strrep("ABC", 2))", "ABCABC"},
                              .resolve = resolve_any_text<strrep, strrep_delimited>};
constexpr FunctionDef kTranslate{
    .name = "translate",
    .summary = "Replaces single characters by others.",
    .params = kTranslateParams,
    .example = {R"(print translate("krasp", "otsku", "spark"))", "kusto"},
    .resolve = resolve_any_text<translate>};
constexpr FunctionDef kStrcmp{
    .name = "strcmp",
    .summary = "-1, 0 or 1, as the first text sorts before, with or after the second.",
    .params = kTwo,
    .example = {R"(print strcmp("abc", "ABC"))", "1"},
    .resolve = resolve_any_text<strcmp_>};

constexpr const FunctionDef* kScalars[]{&kReverse, &kStrrep, &kTranslate, &kStrcmp};

}  // namespace

extern constinit const FunctionTable kRearrange{"string", kScalars};

}  // namespace quarry::kql::functions
