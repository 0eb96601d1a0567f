// extract_json(): one value out of a JSON text, as text or as the type that typeof() names.
#include "common/kql/functions/convert/cast.h"
#include "common/kql/functions/dynamic/json_path.h"
#include "common/kql/functions/rowwise_inl.h"

namespace quarry::kql::functions {
namespace {

DynamicView find(const JsonPath& path, std::string_view json) {
  const DynamicView root(json);
  if (root.kind() != DynamicKind::kArray && root.kind() != DynamicKind::kBag) return {};
  return path.find(root);
}

template <Type T>
Column run_typed(KernelCall& call) {
  KernelCall inner{call.run, call.state, call.args.first(2), call.rows};
  return cast_column(rowwise_overload<find>.kernel.run(inner), T);
}

Result<std::unique_ptr<KernelState>> prepare(const RunContext& run,
                                             std::span<const Scalar* const> constants) {
  return rowwise_overload<find>.kernel.prepare(run, constants.first(2));
}

Result<ResolvedScalar> resolve(std::span<const Argument> arguments) {
  Type type = Type::kString;
  ResolvedScalar resolved{{Type::kString, Type::kString}, {}};
  for (std::size_t i = 0; i < 2; ++i) {
    const Type given = arguments[i].type;
    if (given != Type::kString && given != Type::kDynamic && given != Type::kUnknown) {
      return Failure(Error(ErrorCode::kQuery, "a string is expected here")
                         .at(SourceSpan{static_cast<std::uint32_t>(i), 0}));
    }
  }
  if (arguments.size() > 2) {
    const Scalar* const name = arguments[2].constant;
    const auto named = name != nullptr && name->type() == Type::kString
                           ? parse_type(name->get<std::string>())
                           : std::nullopt;
    if (!named)
      return Failure(Error(ErrorCode::kQuery, "a type is expected here", "write typeof(long)")
                         .at(SourceSpan{2, 0}));
    type = *named;
    resolved.argument_types.push_back(Type::kString);
  }
  resolved.kernel.result = type;
  resolved.kernel.prepare = &prepare;
  resolved.kernel.run = dispatch(type, []<Type T>() -> ScalarFn { return &run_typed<T>; });
  return resolved;
}

constexpr std::string_view kAliases[]{"extractjson"};
constexpr Param kParams[]{{"jsonPath", "Such as $.hosts[1].name."},
                          {"jsonText", "The JSON to look into."},
                          {"type", "What to return: typeof(long).", true}};
constexpr FunctionDef kExtractJson{
    .name = "extract_json",
    .aliases = kAliases,
    .summary =
        "Returns the value at a path of a JSON text. parse_json() and . are faster for several "
        "values.",
    .params = kParams,
    .example = {R"(print extract_json("$.age", '{"name": "John", "age": 30}', typeof(long)))",
                "30"},
    .resolve = &resolve};

constexpr const FunctionDef* kScalars[]{&kExtractJson};

}  // namespace

extern constinit const FunctionTable kExtractJsonFunction{"dynamic", kScalars};

}  // namespace quarry::kql::functions
