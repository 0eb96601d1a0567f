// One declaration per KQL function: name, documentation, runnable example and code. The binder, `hq
// functions`, completion, the manual page, suggestions and a test that runs every example are all
// derived from it.
#pragma once

#include "common/base/result.h"
#include "common/kql/kernel/aggregate.h"
#include "common/kql/kernel/scalar.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::kql {

struct Param {
  std::string_view name;
  std::string_view help{};
  bool optional = false;
  bool repeats = false;  // the last parameter, any number of times
};

struct Example {
  std::string_view query;   // `print x = strlen("dür")`
  std::string_view result;  // what the first cell of the first row prints as (NDJSON spelling,
                            // strings without quotes)
};

inline constexpr std::size_t kMaxOverloadParams = 12;

/// A signature that the binder may choose: argument types are converted implicitly to these.
struct Overload {
  std::array<Type, kMaxOverloadParams> params{};
  std::uint8_t count = 0;
  std::uint16_t constant_params = 0;  // bit i: argument i must be a constant
  ScalarKernel kernel;
};

/// What the binder knows of an argument.
struct Argument {
  Type type = Type::kUnknown;
  const Scalar* constant = nullptr;  // where it is one
  std::string_view name;             // of the column that it is, else of `name = expr`, else empty
};

/// The outcome of a resolver: the types that arguments are converted to, and the kernel.
struct ResolvedScalar {
  std::vector<Type> argument_types;
  ScalarKernel kernel;
};
/// For functions whose types do not fit a list of overloads (iff, case, coalesce, strcat …). Errors
/// are placed by the binder; Error::where().start, if set, is the index of the argument at fault.
using ResolveScalar = Result<ResolvedScalar> (*)(std::span<const Argument> arguments);

/// How a column gets its name when the query gives none (Kusto: `bin(Timestamp, 1h)` is Timestamp,
/// `sum(x)` is sum_x).
enum class ResultNaming : std::uint8_t {
  kNone,           // Column1 …
  kFirstArgument,  // the name of the first argument, where it has one
  kPrefixed,       // name_argument (aggregates): sum_x, count_
};

/// How many result columns a scalar function has. One with several has a kernel that gives them as
/// the elements of one array; it stands where columns are named (extend, project, print …) or with
/// an index: `series_stats(x)[0]`.
enum class ResultShape : std::uint8_t {
  kOne,       // one value
  kColumns,   // FunctionDef::columns, named function_argument_column: series_stats_x_min
  kEachArray  // one for each dynamic argument, named argument_sorted: array_sort_asc(a, b); alone
              // it is no array of arrays
};

struct ResultColumn {
  std::string_view name;
  Type type = Type::kDynamic;
};

struct FunctionDef {
  std::string_view name;
  std::span<const std::string_view> aliases{};  // obsolete and second names: todynamic, iif, pack
  std::string_view summary{};
  std::span<const Param> params{};
  Example example{};
  std::span<const Overload> overloads{};  // either these
  ResolveScalar resolve = nullptr;  // or this; neither: the binder itself puts something in its
                                    // place (record/bound_by_binder.cpp)
  ResultNaming naming = ResultNaming::kNone;
  ResultShape shape = ResultShape::kOne;
  std::span<const ResultColumn> columns{};  // for ResultShape::kColumns
  bool hidden = false;  // operators (+ - == has …) and internal helpers: not listed
};

struct AggregateOverload {
  std::array<Type, 4> params{};
  std::uint8_t count = 0;
  std::uint16_t constant_params = 0;
  AggregateKernel kernel;
};

struct ResolvedAggregate {
  std::vector<Type> argument_types;
  AggregateKernel kernel;
};
using ResolveAggregate = Result<ResolvedAggregate> (*)(std::span<const Argument> arguments);

/// How many result columns an aggregate has, and of which type. The kernel's finish appends them in
/// this order.
enum class AggregateShape : std::uint8_t {
  kOne,         // one column
  kArgExtreme,  // arg_max(x, a, b, *): x, then each further argument's value in the extreme row
  kAnyOf,       // take_any(a, b, *): each argument's value in some row (the first)
  kPercentiles  // percentiles(x, p1, p2, …): one column per p
};

struct AggregateDef {
  std::string_view name;
  std::span<const std::string_view> aliases{};
  std::string_view predicate_form{};  // "sumif": the same with a predicate as last (required)
                                      // argument; empty: none
  std::span<const std::string_view> predicate_aliases{};
  std::string_view summary{};
  std::span<const Param> params{};
  Example example{};
  std::span<const AggregateOverload> overloads{};
  ResolveAggregate resolve = nullptr;
  AggregateShape shape = AggregateShape::kOne;
  ResultNaming naming = ResultNaming::kPrefixed;
  std::string_view
      column_prefix{};  // where it is not the name: make_list -> "list", make_set -> "set"
  std::uint8_t values =
      1;  // how many arguments are values: the predicate and percentages come behind them
};

/// The functions of one file; listed once in tables.h.
struct FunctionTable {
  std::string_view family;  // string, datetime …: the folder
  std::span<const FunctionDef* const> scalars{};
  std::span<const AggregateDef* const> aggregates{};
};

}  // namespace quarry::kql
