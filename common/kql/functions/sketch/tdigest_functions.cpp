// Questions to the values of tdigest(): percentiles, ranks, merging. What is no such value gives
// null.
//
// KQL: without a type literal percentiles are dynamic, because rows may hold digests of different
// types.
#include "common/kql/functions/dynamic/json_function.h"
#include "common/kql/functions/sketch/digest.h"

namespace quarry::kql::functions {
namespace {

void percentile_tdigest(JsonRow& row) {
  const auto digest = read_digest(row[0]);
  const auto percentage = row[1].as_real();
  if (!digest || digest->sketch.empty() || !percentage) return;
  append_key(row.out(), digest->type, digest->sketch.at({&*percentage, 1})[0]);
}

/// Percentages are the arguments behind the digest: numbers, or one array of them.
void percentiles_array_tdigest(JsonRow& row) {
  const auto digest = read_digest(row[0]);
  if (!digest || digest->sketch.empty()) return;
  std::vector<double> percentages;
  for (std::size_t i = 1; i < row.size(); ++i) {
    const std::vector<DynamicView> elements =
        row.is_array(i) ? elements_of(row[i]) : std::vector<DynamicView>{row[i]};
    for (const DynamicView& element : elements) {
      const auto percentage = element.as_real();
      if (!percentage) return;
      percentages.push_back(*percentage);
    }
  }
  row.out() += '[';
  for (const std::int64_t key : digest->sketch.at(percentages)) {
    append_separator(row.out());
    append_key(row.out(), digest->type, key);
  }
  row.out() += ']';
}

std::optional<double> rank_of(JsonRow& row, bool in_per_cent) {
  const auto digest = read_digest(row[0]);
  if (!digest || digest->sketch.empty()) return std::nullopt;
  const auto key = key_of_json(digest->type, row[1]);
  if (!key) return std::nullopt;
  const double rank = digest->sketch.rank(*key);
  return in_per_cent ? 100 * rank / static_cast<double>(digest->sketch.total()) : rank;
}
std::optional<double> rank_tdigest(JsonRow& row) { return rank_of(row, false); }
std::optional<double> percentrank_tdigest(JsonRow& row) { return rank_of(row, true); }

void tdigest_merge(JsonRow& row) {
  std::optional<Digest> merged;
  for (std::size_t i = 0; i < row.size(); ++i) {
    auto digest = read_digest(row[i]);
    if (!digest) continue;
    if (!merged)
      merged = std::move(digest);
    else
      merged->merge(*digest);
  }
  if (merged) append_digest(row.out(), *merged);
}

/// The type that a typeof() behind the other arguments names: it arrives as a constant text.
std::optional<Type> type_literal(std::span<const Argument> arguments) {
  const Scalar* const constant = arguments.back().constant;
  if (constant == nullptr || constant->type() != Type::kString || constant->is_null())
    return std::nullopt;
  return parse_type(constant->get<std::string>());
}

/// One percentile as a column of the type.
template <Type T>
Column run_typed(KernelCall& call) {
  KernelCall inner{call.run, call.state, call.args.first(2), call.rows};
  return cast_column(JsonFunction<percentile_tdigest, void>::run(inner), T);
}

Column run_without_type(KernelCall& call) {
  KernelCall inner{call.run, call.state, call.args.first(call.args.size() - 1), call.rows};
  return JsonFunction<percentiles_array_tdigest, void>::run(inner);
}

Result<ResolvedScalar> resolve_percentile(std::span<const Argument> arguments) {
  if (arguments.size() == 2) return resolve_json<percentile_tdigest, "dn">(arguments);
  const auto type = type_literal(arguments);
  if (!type)
    return Failure(Error(ErrorCode::kQuery, "a type is expected here", "write typeof(long)")
                       .at(SourceSpan{2, 0}));
  QUARRY_TRY(ResolvedScalar resolved, (resolve_json<percentile_tdigest, "dn">(arguments.first(2))));
  resolved.argument_types.push_back(Type::kString);
  resolved.kernel.result = *type;
  resolved.kernel.run = dispatch(*type, []<Type T>() -> ScalarFn { return &run_typed<T>; });
  return resolved;
}

/// KQL: with one percentage and a type it is percentile_tdigest(); with an array the type changes
/// nothing.
Result<ResolvedScalar> resolve_percentiles(std::span<const Argument> arguments) {
  if (arguments.size() < 3 || arguments.back().type != Type::kString)
    return resolve_json<percentiles_array_tdigest, "dn*">(arguments);
  if (arguments.size() == 3 && is_numeric(arguments[1].type)) return resolve_percentile(arguments);
  if (!type_literal(arguments)) {
    return Failure(Error(ErrorCode::kQuery, "a type is expected here", "write typeof(long)")
                       .at(SourceSpan{static_cast<std::uint32_t>(arguments.size() - 1), 0}));
  }
  QUARRY_TRY(
      ResolvedScalar resolved,
      (resolve_json<percentiles_array_tdigest, "dn*">(arguments.first(arguments.size() - 1))));
  resolved.argument_types.push_back(Type::kString);
  resolved.kernel.run = &run_without_type;
  return resolved;
}

constexpr std::string_view kPercentilesAliases[]{"percentile_array_tdigest"};
constexpr std::string_view kMergeAliases[]{"merge_tdigest"};
constexpr Param kPercentileParams[]{
    {"tdigest", "A value of tdigest() or tdigest_merge()."},
    {"percentile", "0 to 100."},
    {"type", "typeof(long): what to return; dynamic if left out.", true}};
constexpr Param kPercentilesParams[]{
    {"tdigest", "A value of tdigest() or tdigest_merge()."},
    {"percentile",
     "Numbers from 0 to 100, or one array of them; behind it a type literal may stand.", false,
     true}};
constexpr Param kRankParams[]{{"tdigest", "A value of tdigest() or tdigest_merge()."},
                              {"value", "A value of the type that the digest was made of."}};
constexpr Param kMergeParams[]{{"tdigest", "A value of tdigest() or tdigest_merge()."},
                               {"tdigest2", "More of them.", true, true}};
constexpr FunctionDef kPercentile{.name = "percentile_tdigest",
                                  .summary = "Returns a percentile of what a digest was made of.",
                                  .params = kPercentileParams,
                                  .example = {"range x from 1 to 1000 step 1 | summarize d = "
                                              "tdigest(x) | project percentile_tdigest(d, 95)",
                                              "950"},
                                  .resolve = &resolve_percentile,
                                  .naming = ResultNaming::kPrefixed};
constexpr FunctionDef kPercentiles{
    .name = "percentiles_array_tdigest",
    .aliases = kPercentilesAliases,
    .summary = "Returns several percentiles of what a digest was made of, in one array.",
    .params = kPercentilesParams,
    .example = {"range x from 1 to 1000 step 1 | summarize d = tdigest(x) | project "
                "percentiles_array_tdigest(d, 50, 95)",
                "[500,950]"},
    .resolve = &resolve_percentiles,
    .naming = ResultNaming::kPrefixed};
constexpr FunctionDef kRank{
    .name = "rank_tdigest",
    .summary = "Returns how many of the values that a digest was made of are at most this one.",
    .params = kRankParams,
    .example =
        {"range x from 1 to 1000 step 1 | summarize d = tdigest(x) | project rank_tdigest(d, 685)",
         "685.0"},
    .resolve = &resolve_json<rank_tdigest, "dv">};
constexpr FunctionDef kPercentRank{
    .name = "percentrank_tdigest",
    .summary =
        "Returns how many per cent of the values that a digest was made of are at most this one.",
    .params = kRankParams,
    .example = {"range x from 1 to 1000 step 1 | summarize d = tdigest(x) | project "
                "percentrank_tdigest(d, 685)",
                "68.5"},
    .resolve = &resolve_json<percentrank_tdigest, "dv">};
constexpr FunctionDef kMerge{
    .name = "tdigest_merge",
    .aliases = kMergeAliases,
    .summary =
        "Merges values of tdigest() into one, in any order; as an aggregate, those of a group.",
    .params = kMergeParams,
    .example = {"range x from 1 to 9 step 1 | summarize a = tdigest(x), b = tdigest(x + 9) | "
                "project rank_tdigest(tdigest_merge(a, b), 12)",
                "12.0"},
    .resolve = &resolve_json<tdigest_merge, "dd*">};

constexpr const FunctionDef* kScalars[]{&kPercentile, &kPercentiles, &kRank, &kPercentRank,
                                        &kMerge};

}  // namespace

extern constinit const FunctionTable kTdigestFunctions{"sketch", kScalars};

}  // namespace quarry::kql::functions
