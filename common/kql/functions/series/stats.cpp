// series_stats() and series_stats_dynamic(): extremes and where they are, mean, deviation and
// variance of a sample.
#include "common/kql/functions/series/series.h"

#include <cmath>
#include <tuple>

namespace quarry::kql::functions {
namespace {

struct Stats {
  double min = 0, max = 0, average = 0, deviation = 0, variance = 0, sum = 0;
  std::int64_t min_at = 0, max_at = 0;
  std::int64_t length = 0;
};

/// KQL: something that is no finite number makes all of it null, unless such elements are to be
/// ignored.
std::optional<Stats> stats_of(JsonRow& row) {
  const auto series = read_series(row[0]);
  const bool ignore = row.size() > 1 && row[1].as_bool().value_or(false);
  if (!series) return std::nullopt;
  Stats stats;
  std::vector<double> values;
  for (std::size_t i = 0; i < series->size(); ++i) {
    const double value = series->reals[i];
    if (!std::isfinite(value)) {
      if (!ignore) return std::nullopt;
      continue;
    }
    const auto place = static_cast<std::int64_t>(i);
    if (values.empty() || value < stats.min)
      std::tie(stats.min, stats.min_at) = std::pair(value, place);
    if (values.empty() || value > stats.max)
      std::tie(stats.max, stats.max_at) = std::pair(value, place);
    stats.sum += value;
    values.push_back(value);
  }
  if (values.empty()) return std::nullopt;
  stats.average = stats.sum / static_cast<double>(values.size());
  stats.variance = variance_of(values);
  stats.deviation = std::sqrt(stats.variance);
  stats.length = static_cast<std::int64_t>(values.size());
  return stats;
}

void write_member(std::string& out, std::string_view name, auto value) {
  append_separator(out);
  out += '"';
  out += name;
  out += "\":";
  append_number(out, value);
}

void series_stats(JsonRow& row) {
  const auto stats = stats_of(row);
  if (!stats) return;
  std::string& out = row.out();
  const auto add = [&](auto value) {
    append_separator(out);
    append_number(out, value);
  };
  out += '[';
  add(stats->min);
  add(stats->min_at);
  add(stats->max);
  add(stats->max_at);
  add(stats->average);
  add(stats->deviation);
  add(stats->variance);
  out += ']';
}

void series_stats_dynamic(JsonRow& row) {
  const auto stats = stats_of(row);
  if (!stats) return;
  std::string& out = row.out();
  out += '{';
  write_member(out, "min", stats->min);
  write_member(out, "min_idx", stats->min_at);
  write_member(out, "max", stats->max);
  write_member(out, "max_idx", stats->max_at);
  write_member(out, "avg", stats->average);
  write_member(out, "stdev", stats->deviation);
  write_member(out, "variance", stats->variance);
  write_member(out, "sum", stats->sum);
  write_member(out, "len", stats->length);
  out += '}';
}

constexpr Param kParams[]{
    {"series", "An array of numbers."},
    {"ignore_nonfinite", "true: pass over what is no finite number, instead of giving null.",
     true}};
constexpr ResultColumn kColumns[]{{"min", Type::kReal},     {"min_idx", Type::kLong},
                                  {"max", Type::kReal},     {"max_idx", Type::kLong},
                                  {"avg", Type::kReal},     {"stdev", Type::kReal},
                                  {"variance", Type::kReal}};
constexpr FunctionDef kStats{
    .name = "series_stats",
    .summary =
        "Statistics of a series, each a column: least and greatest element and their places, mean, "
        "deviation, variance.",
    .params = kParams,
    .example =
        {"print (least, place, greatest) = series_stats(dynamic([3, 1, 2])) | project greatest",
         "3.0"},
    .resolve = resolve_json<series_stats, "db">,
    .shape = ResultShape::kColumns,
    .columns = kColumns};
constexpr FunctionDef kStatsDynamic{
    .name = "series_stats_dynamic",
    .summary = "Statistics of a series as a bag.",
    .params = kParams,
    .example = {"print series_stats_dynamic(dynamic([3, 1, 2])).max", "3.0"},
    .resolve = resolve_json<series_stats_dynamic, "db">};

constexpr const FunctionDef* kScalars[]{&kStats, &kStatsDynamic};

}  // namespace

extern constinit const FunctionTable kSeriesStats{"series", kScalars};

}  // namespace quarry::kql::functions
