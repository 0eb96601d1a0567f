// diffpatterns(splitColumn, valueA, valueB, [weightColumn], [threshold], [maxDimensions],
// [wildcard, …]): patterns that rows of one side have much more often than rows of the other.
//
// From every value that is frequent enough on a side a pattern grows, each time by the value that
// makes the difference largest, while it grows; values that follow come along. Of patterns one of
// which is a part of the other the one with the larger difference is shown.
#include "common/kql/operators/plugins/patterns.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace quarry::kql::operators {
namespace {

struct Difference {
  Pattern pattern;
  Weights weights;
  double percent = 0;  // points between the sides
};

class Comparison {
 public:
  Comparison(const PluginCall& call, const PatternInput& input, double threshold,
             std::size_t dimensions)
      : call_(call),
        input_(input),
        least_(100 * threshold * (1 - 1e-12)),
        dimensions_(dimensions) {}

  std::vector<Difference> find() const {
    std::vector<Difference> found;
    for (std::size_t i = 0; i < input_.attributes.size(); ++i) {
      std::vector<RowNumbers> rows(input_.values[i].first_row.size());
      for (const std::uint32_t row : input_.all()) rows[input_.distinct[row][i]].push_back(row);
      for (RowNumbers& having : rows) {
        const Weights weights = input_.weight(having);
        if (is_cancelled(call_) ||
            std::max(percent(weights[0], input_.total[0]), percent(weights[1], input_.total[1])) <
                least_ ||
            having.empty())
          continue;
        Difference difference = grow(std::move(having));
        if (difference.percent >= least_) found.push_back(std::move(difference));
      }
    }
    return choose(std::move(found));
  }

 private:
  double difference(const Weights& weights) const {
    return std::abs(percent(weights[0], input_.total[0]) - percent(weights[1], input_.total[1]));
  }

  Difference grow(RowNumbers rows) const {
    Difference current{input_.common(rows), input_.weight(rows), 0};
    current.percent = difference(current.weights);
    for (std::size_t chosen = 1; chosen < dimensions_; ++chosen) {
      std::size_t attribute = 0;
      std::uint32_t value = kAnyValue;
      double best = current.percent + 1e-9;
      for (std::size_t i = 0; i < current.pattern.size(); ++i) {
        if (current.pattern[i] != kAnyValue) continue;
        for (const auto& [candidate, weights] : weights_by_value(rows, i)) {
          const double with = difference(weights);
          if (with < best ||
              (with == best && (value == kAnyValue || i != attribute || candidate > value)))
            continue;
          best = with;
          attribute = i;
          value = candidate;
        }
      }
      if (value == kAnyValue) break;
      rows = input_.having(rows, attribute, value);
      current = {input_.common(rows), input_.weight(rows), best};
    }
    return current;
  }

  std::unordered_map<std::uint32_t, Weights> weights_by_value(const RowNumbers& rows,
                                                              std::size_t attribute) const {
    std::unordered_map<std::uint32_t, Weights> found;
    for (const std::uint32_t row : rows) {
      Weights& weights = found[input_.distinct[row][attribute]];
      weights[0] += input_.weights[row][0];
      weights[1] += input_.weights[row][1];
    }
    return found;
  }

  static std::vector<Difference> choose(std::vector<Difference> found) {
    std::stable_sort(found.begin(), found.end(), [](const Difference& a, const Difference& b) {
      return a.percent > b.percent;
    });
    std::vector<Difference> chosen;
    for (Difference& each : found) {
      const bool known = std::any_of(chosen.begin(), chosen.end(), [&](const Difference& other) {
        return is_part_of(each.pattern, other.pattern) || is_part_of(other.pattern, each.pattern);
      });
      if (!known) chosen.push_back(std::move(each));
    }
    return chosen;
  }

  const PluginCall& call_;
  const PatternInput& input_;
  double least_;  // points
  std::size_t dimensions_;
};

PlanNodePtr bind_diffpatterns(const PluginCall& call, PlanNodePtr input) {
  const auto threshold = number_or_default(call, "Threshold", 0.05, 0.015, 1);
  const auto dimensions = number_or_default(call, "MaxDimensions", 1000, 1, 1000);
  const auto a = call.constant("SplitValueA", Type::kString),
             b = call.constant("SplitValueB", Type::kString);
  if (!threshold || !dimensions || ((!a || !b) && !call.binder().checking())) return nullptr;
  const auto text = [](const std::optional<Scalar>& value) {
    return value && !value->is_null() ? value->get<std::string>() : std::string();
  };
  const auto rows =
      read_patterns(call, std::move(input), "WeightColumn", Sides{"SplitColumn", text(a), text(b)});
  if (!rows) return nullptr;
  std::vector<PatternRow> shown;
  for (Difference& each :
       Comparison(call, *rows, *threshold, static_cast<std::size_t>(*dimensions)).find()) {
    shown.push_back(
        {{whole(each.weights[0]), whole(each.weights[1]), percent(each.weights[0], rows->total[0]),
          percent(each.weights[1], rows->total[1]), each.percent},
         std::move(each.pattern)});
  }
  return table_of_patterns(call, "diffpatterns", *rows,
                           {{"CountA", Type::kLong},
                            {"CountB", Type::kLong},
                            {"PercentA", Type::kReal},
                            {"PercentB", Type::kReal},
                            {"PercentDiffAB", Type::kReal}},
                           shown);
}

constexpr Param kParams[]{
    {.name = "SplitColumn", .help = "The column that tells the sides apart."},
    {.name = "SplitValueA", .help = "Its value, as text, on side A."},
    {.name = "SplitValueB", .help = "Its value on side B."},
    {.name = "WeightColumn", .help = "How many rows each row stands for.", .optional = true},
    {.name = "Threshold",
     .help = "The least difference, as a share, 0.015 to 1; 0.05 if not given.",
     .optional = true},
    {.name = "MaxDimensions",
     .help = "How many independent values a pattern may have.",
     .optional = true},
    {.name = "CustomWildcard",
     .help = "What stands for any value in columns of its type.",
     .optional = true,
     .repeats = true}};

}  // namespace

extern constinit const PluginDef kDiffpatterns{
    .name = "diffpatterns",
    .summary = "Finds patterns of values that tell two sets of rows apart.",
    .params = kParams,
    .example =
        "datatable (ok: bool, os: string) [true, 'w', true, 'w', false, 'l', false, 'l', false, "
        "'w', false, 'w'] | evaluate diffpatterns(ok, 'true', 'false') | project CountA",
    .example_result = "2",
    .bind = bind_diffpatterns,
};

}  // namespace quarry::kql::operators
