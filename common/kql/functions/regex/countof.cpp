// countof: how often a text or a pattern occurs. Plain texts may overlap, matches of a pattern do
// not.
#include "common/base/text.h"
#include "common/kql/functions/regex/compiled_regex.h"
#include "common/kql/functions/text_arguments_inl.h"

namespace quarry::kql::functions {
namespace {

std::int64_t countof(std::string_view source, std::string_view search) {
  if (search.empty()) return 0;
  std::int64_t count = 0;
  for (std::size_t at = source.find(search); at != std::string_view::npos;
       at = source.find(search, at + 1))
    ++count;
  return count;
}

std::int64_t countof_regex(std::string_view source, const CompiledRegex& pattern) {
  std::int64_t count = 0;
  for_each_match(pattern, source, [&] { ++count; });
  return count;
}

template <auto kFunction>
Column run_of_kind(KernelCall& call) {
  KernelCall inner{call.run, call.state, call.args.first(2), call.rows};
  return detail::run_on_texts<kFunction>(inner);
}
Result<std::unique_ptr<KernelState>> prepare_regex(const RunContext& run,
                                                   std::span<const Scalar* const> constants) {
  return rowwise_overload<countof_regex>.kernel.prepare(run, constants.first(2));
}

Result<ResolvedScalar> resolve(std::span<const Argument> arguments) {
  if (arguments.size() < 3) return resolve_any_text<countof>(arguments);
  const Scalar* const kind = arguments[2].constant;
  const std::string name =
      kind != nullptr && kind->type() == Type::kString ? kind->get<std::string>() : std::string();
  const bool regex = text::iequals_ascii(name, "regex");
  if (!regex && !text::iequals_ascii(name, "normal")) {
    return Failure(Error(ErrorCode::kQuery, "the kind of search must be \"normal\" or \"regex\"")
                       .at(SourceSpan{2, 0}));
  }
  QUARRY_TRY(ResolvedScalar resolved, regex ? resolve_any_text<countof_regex>(arguments.first(2))
                                            : resolve_any_text<countof>(arguments.first(2)));
  resolved.argument_types.push_back(Type::kString);
  resolved.kernel.run = regex ? &run_of_kind<countof_regex> : &run_of_kind<countof>;
  resolved.kernel.prepare = regex ? &prepare_regex : nullptr;
  return resolved;
}

constexpr Param kParams[]{
    {"source", "Text to search."},
    {"search", "Text or regular expression to count."},
    {.name = "kind", .help = "\"normal\" (the default) or \"regex\".", .optional = true}};
constexpr FunctionDef kCountofDef{
    .name = "countof",
    .summary = "Counts the occurrences of a text or of a regular expression.",
    .params = kParams,
    .example = {R"(print countof("abc abc ab", "abc"))", "2"},
    .resolve = &resolve};

constexpr const FunctionDef* kScalars[]{&kCountofDef};

}  // namespace

extern constinit const FunctionTable kCountof{"regex", kScalars};

}  // namespace quarry::kql::functions
