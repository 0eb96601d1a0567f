// extract: one group of the first match. The type literal of the fourth argument arrives as the
// type's name.
#include "common/kql/functions/batch_inl.h"
#include "common/kql/functions/regex/compiled_regex.h"
#include "common/kql/functions/text_arguments_inl.h"

namespace quarry::kql::functions {
namespace {

std::string_view extract(const CompiledRegex& pattern, std::int64_t group,
                         std::string_view source) {
  if (group < 0 || group > pattern.regex.group_count() || !pattern.find(source)) return {};
  return pattern.groups[static_cast<std::size_t>(group)];
}

template <Type T>
Column run_typed(KernelCall& call) {
  KernelCall inner{call.run, call.state, call.args.first(3), call.rows};
  Column texts = detail::run_on_texts<extract>(inner);
  return cast_column(texts, T);
}

Result<std::unique_ptr<KernelState>> prepare_typed(const RunContext& run,
                                                   std::span<const Scalar* const> constants) {
  return rowwise_overload<extract>.kernel.prepare(run, constants.first(3));
}

Result<ResolvedScalar> resolve(std::span<const Argument> arguments) {
  if (arguments.size() < 4) return resolve_any_text<extract>(arguments);
  QUARRY_TRY(ResolvedScalar resolved, resolve_any_text<extract>(arguments.first(3)));
  const Scalar* const name = arguments[3].constant;
  std::optional<Type> type;
  if (name != nullptr && name->type() == Type::kString) type = parse_type(name->get<std::string>());
  if (!type)
    return Failure(Error(ErrorCode::kQuery, "a type is expected here", "write typeof(long)")
                       .at(SourceSpan{3, 0}));
  resolved.argument_types.push_back(arguments[3].type);
  resolved.kernel.result = *type;
  resolved.kernel.prepare = &prepare_typed;
  resolved.kernel.run = dispatch(*type, []<Type T>() -> ScalarFn { return &run_typed<T>; });
  return resolved;
}

constexpr Param kParams[]{
    {"regex", "Regular expression."},
    {"capture_group", "Number of the group; 0: the whole match."},
    {"source", "Text to search."},
    {.name = "type", .help = "What to read the text as: typeof(long).", .optional = true}};
constexpr FunctionDef kExtractDef{
    .name = "extract",
    .summary = "One group of the first match of a regular expression; \"\" where none is.",
    .params = kParams,
    .example = {R"kql(print extract("x=([0-9.]+)", 1, "hello x=45.6|wo"))kql", "45.6"},
    .resolve = &resolve};

constexpr const FunctionDef* kScalars[]{&kExtractDef};

}  // namespace

extern constinit const FunctionTable kExtract{"regex", kScalars};

}  // namespace quarry::kql::functions
