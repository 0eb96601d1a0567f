// replace_string, replace_strings: plain texts for plain texts.
#include "common/kql/functions/text_arguments_inl.h"

namespace quarry::kql::functions {
namespace {

std::string_view replace_string(Row& row, std::string_view source, std::string_view lookup,
                                std::string_view rewrite) {
  std::size_t at = lookup.empty() ? std::string_view::npos : source.find(lookup);
  if (at == std::string_view::npos) return source;
  std::string& out = row.scratch();
  std::size_t begin = 0;
  for (; at != std::string_view::npos; at = source.find(lookup, begin)) {
    out += source.substr(begin, at - begin);
    out += rewrite;
    begin = at + lookup.size();
  }
  out += source.substr(begin);
  return row.arena().copy(out);
}

/// A piece of the text; `done` once it has been replaced: later pairs do not look into it.
struct Piece {
  std::string text;
  bool done = false;
};

void replace_in_pieces(std::vector<Piece>& pieces, std::string_view lookup,
                       std::optional<std::string_view> rewrite) {
  std::vector<Piece> next;
  for (Piece& piece : pieces) {
    std::size_t begin = 0;
    std::size_t at = piece.done || lookup.empty() ? std::string::npos : piece.text.find(lookup);
    if (at == std::string::npos) {
      next.push_back(std::move(piece));
      continue;
    }
    for (; at != std::string::npos; at = piece.text.find(lookup, begin)) {
      next.push_back({piece.text.substr(begin, at - begin), false});
      next.push_back({std::string(rewrite.value_or(lookup)), true});
      begin = at + lookup.size();
    }
    next.push_back({piece.text.substr(begin), false});
  }
  pieces = std::move(next);
}

/// Pairs in order; a rewrite that is no text leaves the match as it is. Null where the arrays
/// differ in length.
std::string replace_strings(std::string_view source, DynamicView lookups, DynamicView rewrites) {
  if (lookups.size() != rewrites.size()) return {};
  std::vector<Piece> pieces{{std::string(source), false}};
  ArrayCursor lookup_cursor(lookups);
  ArrayCursor rewrite_cursor(rewrites);
  DynamicView lookup;
  DynamicView rewrite;
  std::string lookup_scratch;
  std::string rewrite_scratch;
  while (lookup_cursor.next(lookup) && rewrite_cursor.next(rewrite)) {
    if (const auto text = lookup.as_string(lookup_scratch))
      replace_in_pieces(pieces, *text, rewrite.as_string(rewrite_scratch));
  }
  std::string out;
  for (const Piece& piece : pieces) out += piece.text;
  return out;
}

constexpr Param kParams[]{{"text", "Text to change."},
                          {"lookup", "Text to look for."},
                          {"rewrite", "Text to put in its place."}};
constexpr Param kListParams[]{
    {"text", "Text to change."},
    {"lookups", "Array of texts to look for."},
    {"rewrites", "Array of texts to put in their places, of equal length."}};
constexpr FunctionDef kReplaceStringDef{
    .name = "replace_string",
    .summary = "Replaces every occurrence of a text.",
    .params = kParams,
    .example = {R"(print replace_string("a cat", "cat", "dog"))", "a dog"},
    .resolve = resolve_any_text<replace_string>};
constexpr FunctionDef kReplaceStrings{
    .name = "replace_strings",
    .summary = "Replaces several texts, each by its own rewrite.",
    .params = kListParams,
    .example =
        {R"(print replace_strings("This is", dynamic(["This", "is"]), dynamic(["That", "was"])))",
         "That was"},
    .resolve = resolve_any_text<replace_strings>};

constexpr const FunctionDef* kScalars[]{&kReplaceStringDef, &kReplaceStrings};

}  // namespace

extern constinit const FunctionTable kReplaceString{"string", kScalars};

}  // namespace quarry::kql::functions
