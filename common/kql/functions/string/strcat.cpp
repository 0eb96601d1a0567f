// strcat, strcat_delim: texts of any values one after the other.
#include "common/kql/functions/batch_inl.h"
#include "common/kql/functions/convert/cast.h"
#include "common/kql/functions/text_arguments_inl.h"

namespace quarry::kql::functions {
namespace {

/// One argument as texts; what is no text already is cast once a batch.
std::vector<Column> as_texts(std::span<const Column> arguments) {
  std::vector<Column> texts;
  for (const Column& argument : arguments) texts.push_back(cast_column(argument, Type::kString));
  return texts;
}

enum class Delimited : bool { kNo, kYes };

template <Delimited kDelimited>
Column run(KernelCall& call) {
  return once_if_constant(call, [&](std::size_t rows) {
    const std::vector<Column> texts = as_texts(call.args);
    std::vector<Cells<Type::kString>> cells;
    for (const Column& text : texts) cells.emplace_back(text);
    constexpr std::size_t kFirst = kDelimited == Delimited::kYes ? 1 : 0;
    ColumnBuilder<Type::kString> out(rows);
    std::string joined;
    for (std::size_t i = 0; i < rows; ++i) {
      joined.clear();
      for (std::size_t a = kFirst; a < cells.size(); ++a) {
        if (kDelimited == Delimited::kYes && a > kFirst) joined += cells[0][i].view();
        joined += cells[a][i].view();
      }
      out.append_copy(joined);
    }
    return out.finish();
  });
}

template <Delimited kDelimited>
Result<ResolvedScalar> resolve(std::span<const Argument> arguments) {
  ResolvedScalar resolved{{}, ScalarKernel{Type::kString, &run<kDelimited>}};
  for (const Argument& argument : arguments) {
    resolved.argument_types.push_back(argument.type == Type::kUnknown ? Type::kString
                                                                      : argument.type);
  }
  return resolved;
}

constexpr Param kValues[]{{.name = "value", .help = "Any scalars.", .repeats = true}};
constexpr Param kDelimitedValues[]{{"delimiter", "Text between two values."},
                                   {.name = "value", .help = "Any scalars.", .repeats = true}};

constexpr FunctionDef kStrcatDef{.name = "strcat",
                                 .summary = "Joins the texts of all arguments.",
                                 .params = kValues,
                                 .example = {R"(print strcat("a", "-", 123))", "a-123"},
                                 .resolve = &resolve<Delimited::kNo>};
constexpr FunctionDef kStrcatDelim{
    .name = "strcat_delim",
    .summary = "Joins the texts of all arguments with a delimiter between them.",
    .params = kDelimitedValues,
    .example = {R"(print strcat_delim("-", 1, "2", "A", 1s))", "1-2-A-00:00:01"},
    .resolve = &resolve<Delimited::kYes>};
constexpr const FunctionDef* kScalars[]{&kStrcatDef, &kStrcatDelim};

}  // namespace

extern constinit const FunctionTable kStrcat{"string", kScalars};

}  // namespace quarry::kql::functions
