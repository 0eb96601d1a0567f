// unicode_codepoints_from_string, unicode_codepoints_to_string, isascii, isutf8: texts as numbers
// of characters.
#include "common/base/text.h"
#include "common/base/unicode.h"
#include "common/kql/functions/batch_inl.h"
#include "common/kql/functions/text_arguments_inl.h"

namespace quarry::kql::functions {
namespace {

DynamicView from_string(Row& row, std::string_view value) {
  std::string& out = row.scratch();
  out.push_back('[');
  for (std::size_t at = 0; at < value.size();) {
    if (at > 0) out.push_back(',');
    text::append_int(out, static_cast<std::int64_t>(unicode::decode(value, at)));
  }
  out.push_back(']');
  return DynamicView(row.arena().copy(out));
}

void append_code_point(std::string& out, std::int64_t number) {
  if (number > 0 && number <= 0x10FFFF) unicode::append(out, static_cast<char32_t>(number));
}

void append_numbers(std::string& out, const DynamicView& value) {
  if (const auto number = value.as_long()) append_code_point(out, *number);
  ArrayCursor cursor(value);
  DynamicView element;
  while (cursor.next(element)) {
    if (const auto number = element.as_long()) append_code_point(out, *number);
  }
}

/// Arguments are numbers and arrays of numbers, all as dynamic.
Column run_to_string(KernelCall& call) {
  return once_if_constant(call, [&](std::size_t rows) {
    std::vector<Column> values;
    for (const Column& argument : call.args)
      values.push_back(cast_column(argument, Type::kDynamic));
    ColumnBuilder<Type::kString> out(rows);
    std::string text;
    for (std::size_t i = 0; i < rows; ++i) {
      text.clear();
      for (const Column& value : values) {
        const Cells<Type::kDynamic> cells(value);
        if (!cells.is_null(i)) append_numbers(text, DynamicView(cells[i].json.view()));
      }
      out.append_copy(text);
    }
    return out.finish();
  });
}

Result<ResolvedScalar> resolve_to_string(std::span<const Argument> arguments) {
  ResolvedScalar resolved{{}, ScalarKernel{Type::kString, &run_to_string}};
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Type type = arguments[i].type == Type::kUnknown ? Type::kDynamic : arguments[i].type;
    if (!is_integer(type) && type != Type::kDynamic) {
      return Failure(
          Error(ErrorCode::kQuery,
                "an integer or an array of integers is expected, not " + std::string(name_of(type)))
              .at(SourceSpan{static_cast<std::uint32_t>(i), 0}));
    }
    resolved.argument_types.push_back(type);
  }
  return resolved;
}

bool isascii_(std::string_view value) { return unicode::is_ascii(value); }
bool isutf8(std::string_view value) { return unicode::is_valid(value); }

constexpr std::string_view kFromAliases[]{"to_utf8"};
constexpr std::string_view kToAliases[]{"make_string"};
constexpr Param kText[]{{"value", "A text."}};
constexpr Param kNumbers[]{
    {.name = "value", .help = "Integers and arrays of integers.", .repeats = true}};
constexpr FunctionDef kFrom{.name = "unicode_codepoints_from_string",
                            .aliases = kFromAliases,
                            .summary = "The numbers of a text's characters, as an array.",
                            .params = kText,
                            .example = {R"(print unicode_codepoints_from_string("ab"))", "[97,98]"},
                            .resolve = resolve_any_text<from_string>};
constexpr FunctionDef kTo{
    .name = "unicode_codepoints_to_string",
    .aliases = kToAliases,
    .summary = "The text of characters given by number.",
    .params = kNumbers,
    .example = {"print unicode_codepoints_to_string(75, 117, 115, 116, 111)", "Kusto"},
    .resolve = &resolve_to_string};
constexpr FunctionDef kIsAscii{.name = "isascii",
                               .summary = "True where all characters are ASCII.",
                               .params = kText,
                               .example = {R"(print isascii("abc"))", "true"},
                               .resolve = resolve_any_text<isascii_>};
constexpr FunctionDef kIsUtf8{.name = "isutf8",
                              .summary = "True where the bytes are valid UTF-8.",
                              .params = kText,
                              .example = {R"(print isutf8("some string"))", "true"},
                              .resolve = resolve_any_text<isutf8>};

constexpr const FunctionDef* kScalars[]{&kFrom, &kTo, &kIsAscii, &kIsUtf8};

}  // namespace

extern constinit const FunctionTable kCodePoints{"string", kScalars};

}  // namespace quarry::kql::functions
