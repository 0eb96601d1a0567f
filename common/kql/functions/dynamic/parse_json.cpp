// parse_json() and todynamic(). KQL: text that is no JSON becomes a dynamic string; "" becomes
// null; a dynamic value stays as it is, but for a string, which is read.
#include "common/kql/functions/rowwise_inl.h"

namespace quarry::kql::functions {
namespace {

DynamicView from_text(Row& row, std::string_view text) {
  if (text.empty()) return {};
  if (is_valid_json(text)) return DynamicView(text);
  std::string& quoted = row.scratch();
  append_json_string(quoted, text);
  return DynamicView(row.arena().copy(quoted));
}

DynamicView from_dynamic(Row& row, DynamicView value) {
  if (value.kind() != DynamicKind::kString) return value;
  std::string scratch;
  const std::string_view text = *value.as_string(scratch);
  return from_text(row, text.data() == scratch.data() ? row.arena().copy(text) : text);
}

constexpr std::string_view kAliases[]{"todynamic", "parsejson", "toobject"};
constexpr Param kParams[]{{"json", "The text to read."}};
constexpr FunctionDef kParseJson{
    .name = "parse_json",
    .aliases = kAliases,
    .summary = "Reads a text as JSON; what is none becomes a dynamic string.",
    .params = kParams,
    .example = {R"(print parse_json('{"a": [1, 2]}').a[1])", "2"},
    .overloads = rowwise<from_text, from_dynamic>,
    .naming = ResultNaming::kFirstArgument};

constexpr const FunctionDef* kScalars[]{&kParseJson};

}  // namespace

extern constinit const FunctionTable kParseJsonFunction{"dynamic", kScalars};

}  // namespace quarry::kql::functions
