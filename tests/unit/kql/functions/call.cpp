#include "tests/unit/kql/functions/call.h"

#include "common/kql/functions/convert/cast.h"
#include "common/value/builder.h"

#include <doctest/doctest.h>

namespace quarry::kql::test {
namespace {

std::optional<int> cost(Type from, Type to) {
  if (from == to) return 0;
  if (is_numeric(from) && is_numeric(to) && from < to)
    return static_cast<int>(to) - static_cast<int>(from);
  if (from == Type::kDynamic) return 20;
  return std::nullopt;
}

Result<ResolvedScalar> resolve(const FunctionDef& def, const std::vector<Argument>& arguments) {
  if (def.resolve != nullptr) return def.resolve(arguments);
  const Overload* best = nullptr;
  int best_cost = 0;
  for (const Overload& overload : def.overloads) {
    if (overload.count != arguments.size()) continue;
    int total = 0;
    bool fits = true;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      const auto step = cost(arguments[i].type, overload.params[i]);
      fits = fits && step.has_value();
      total += step.value_or(0);
    }
    if (fits && (best == nullptr || total < best_cost)) {
      best = &overload;
      best_cost = total;
    }
  }
  if (best == nullptr) return fail(ErrorCode::kQuery, "no overload fits");
  return ResolvedScalar{{best->params.begin(), best->params.begin() + best->count}, best->kernel};
}

struct Prepared {
  ResolvedScalar resolved;
  std::vector<Column> columns;
  std::vector<Scalar> constants;
  std::unique_ptr<KernelState> state;
  RunContext run{Datetime{638'500'000'000'000'000}, 1};
};

Result<std::unique_ptr<Prepared>> prepare(std::string_view name,
                                          const std::vector<Column>& arguments,
                                          const std::vector<bool>& constant) {
  const FunctionDef* const def = FunctionRegistry::built_in().scalar(name);
  REQUIRE_MESSAGE(def != nullptr, std::string(name));
  auto prepared = std::make_unique<Prepared>();
  std::vector<Scalar> given;
  for (std::size_t i = 0; i < arguments.size(); ++i)
    given.push_back(constant[i] ? Scalar::from(arguments[i], 0) : Scalar());
  std::vector<Argument> described;
  for (std::size_t i = 0; i < arguments.size(); ++i)
    described.push_back({arguments[i].type(), constant[i] ? &given[i] : nullptr, {}});
  QUARRY_TRY(prepared->resolved, resolve(*def, described));
  REQUIRE(prepared->resolved.argument_types.size() == arguments.size());
  std::vector<const Scalar*> constants;
  prepared->constants.resize(arguments.size());
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    prepared->columns.push_back(
        functions::cast_column(arguments[i], prepared->resolved.argument_types[i]));
    if (constant[i]) prepared->constants[i] = Scalar::from(prepared->columns[i], 0);
    constants.push_back(constant[i] ? &prepared->constants[i] : nullptr);
  }
  if (prepared->resolved.kernel.prepare != nullptr) {
    QUARRY_TRY(prepared->state, prepared->resolved.kernel.prepare(prepared->run, constants));
  }
  return prepared;
}

std::vector<Column> as_columns(const std::vector<Scalar>& arguments) {
  std::vector<Column> columns;
  for (const Scalar& argument : arguments) columns.push_back(argument.as_column(1));
  return columns;
}

}  // namespace

Column call_columns(std::string_view name, const std::vector<Column>& arguments,
                    const std::vector<bool>& constant) {
  auto prepared = prepare(name, arguments, constant);
  REQUIRE_MESSAGE(prepared.has_value(), std::string(name));
  KernelCall call{(*prepared)->run, (*prepared)->state.get(), (*prepared)->columns,
                  arguments.empty() ? 1 : arguments[0].rows()};
  Column result = (*prepared)->resolved.kernel.run(call);
  CHECK(result.type() == (*prepared)->resolved.kernel.result);
  CHECK(result.rows() == call.rows);
  return result;
}

Scalar call(std::string_view name, const std::vector<Scalar>& arguments) {
  return Scalar::from(
      call_columns(name, as_columns(arguments), std::vector<bool>(arguments.size(), true)), 0);
}

std::string call_text(std::string_view name, const std::vector<Scalar>& arguments) {
  const Scalar result = call(name, arguments);
  if (result.is_null()) return "null";
  std::string out;
  functions::append_cell_text(out, result.as_column(1), 0);
  return out;
}

std::string refusal(std::string_view name, const std::vector<Scalar>& arguments) {
  const auto prepared =
      prepare(name, as_columns(arguments), std::vector<bool>(arguments.size(), true));
  return prepared ? std::string() : prepared.error().message();
}

Scalar text(std::string_view value) { return Scalar::of(std::string(value)); }
Scalar number(std::int64_t value) { return Scalar::of(value); }

Column text_column(const std::vector<std::string>& values) {
  ColumnBuilder<Type::kString> builder(values.size());
  for (const std::string& value : values) builder.append_copy(value);
  return builder.finish();
}

}  // namespace quarry::kql::test
