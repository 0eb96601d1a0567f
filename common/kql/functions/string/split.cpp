// split: the pieces of a text between delimiters, as an array.
#include "common/kql/functions/text_arguments_inl.h"

namespace quarry::kql::functions {
namespace {

/// Calls f(index, piece); an empty delimiter does not split.
template <class F>
void for_each_piece(std::string_view source, std::string_view delimiter, F&& f) {
  std::size_t begin = 0;
  for (std::int64_t index = 0;; ++index) {
    const std::size_t end =
        delimiter.empty() ? std::string_view::npos : source.find(delimiter, begin);
    f(index, source.substr(begin, end - begin));
    if (end == std::string_view::npos) return;
    begin = end + delimiter.size();
  }
}

DynamicView split(Row& row, std::string_view source, std::string_view delimiter) {
  std::string& out = row.scratch();
  for_each_piece(source, delimiter, [&](std::int64_t index, std::string_view piece) {
    out.push_back(index == 0 ? '[' : ',');
    append_json_string(out, piece);
  });
  out.push_back(']');
  return DynamicView(row.arena().copy(out));
}

DynamicView split_one(Row& row, std::string_view source, std::string_view delimiter,
                      std::int64_t wanted) {
  std::string& out = row.scratch();
  out.push_back('[');
  for_each_piece(source, delimiter, [&](std::int64_t index, std::string_view piece) {
    if (index == wanted) append_json_string(out, piece);
  });
  out.push_back(']');
  return DynamicView(row.arena().copy(out));
}

constexpr Param kParams[]{
    {"source", "Text to take apart."},
    {"delimiter", "What stands between the pieces."},
    {.name = "index", .help = "Only the piece with this number, from 0.", .optional = true}};
constexpr FunctionDef kSplitDef{
    .name = "split",
    .summary = "Takes a text apart at a delimiter; gives an array of texts.",
    .params = kParams,
    .example = {R"(print split("aaa_bbb_ccc", "_"))", R"(["aaa","bbb","ccc"])"},
    .resolve = resolve_any_text<split, split_one>,
    .naming = ResultNaming::kFirstArgument};

constexpr const FunctionDef* kScalars[]{&kSplitDef};

}  // namespace

extern constinit const FunctionTable kSplit{"string", kScalars};

}  // namespace quarry::kql::functions
