// autocluster([sizeWeight], [weightColumn], [numSeeds], [wildcard, …]): a few patterns that
// describe large and telling parts of the rows.
//
// Seed and expand, as the documentation names it: from rows spread over the input a pattern grows
// by the row's own values, each time the one that helps most, while its score rises. The score is a
// weighted geometric mean: share of rows ^ w × information ^ (1 - w), where the information of a
// pattern is the sum of 1 - share of its values by the number of columns: a value that nearly all
// rows have tells little. (With -log(share) instead, rows that are like no others would win.)
// Values that follow come along. The best patterns are shown whose rows are for the most part not
// in a better one. No randomness: same rows, same result.
#include "common/kql/operators/plugins/patterns.h"

#include <algorithm>
#include <cmath>

namespace quarry::kql::operators {
namespace {

constexpr double kLeastShare = 0.02;  // below it a pattern is a row, not a cluster

struct Cluster {
  Pattern pattern;
  RowNumbers rows;
  double weight = 0;
  double score = 0;
};

class Clusters {
 public:
  Clusters(const PatternInput& input, double size_weight)
      : input_(input), size_weight_(size_weight) {
    shares_.resize(input.attributes.size());
    for (std::size_t i = 0; i < shares_.size(); ++i) {
      shares_[i].resize(input.values[i].first_row.size());
      for (std::size_t row = 0; row < input.distinct.size(); ++row)
        shares_[i][input.distinct[row][i]] += input.weights[row][0] / input.total[0];
    }
  }

  Cluster grow(std::uint32_t seed) const {
    Cluster cluster{Pattern(shares_.size(), kAnyValue), input_.all(), input_.total[0], 0};
    double information = 0;
    while (true) {
      std::size_t best = shares_.size();
      for (std::size_t i = 0; i < shares_.size(); ++i) {
        if (cluster.pattern[i] != kAnyValue) continue;
        const double value = score(weight_with(cluster.rows, i, input_.distinct[seed][i]),
                                   information + information_of(seed, i));
        if (!(value > cluster.score * (1 + 1e-12))) continue;
        best = i;
        cluster.score = value;
      }
      if (best == shares_.size()) break;
      cluster.pattern[best] = input_.distinct[seed][best];
      information += information_of(seed, best);
      cluster.rows = input_.having(cluster.rows, best, cluster.pattern[best]);
    }
    cluster.weight = input_.weight(cluster.rows)[0];
    cluster.pattern = input_.common(cluster.rows);
    return cluster;
  }

  /// Rows at even steps of the weight.
  RowNumbers seeds(std::size_t count) const {
    RowNumbers found;
    double passed = 0;
    std::size_t next = 0;
    for (std::uint32_t row = 0; row < input_.distinct.size(); ++row) {
      passed += input_.weights[row][0];
      if (passed < (static_cast<double>(next) + 0.5) / static_cast<double>(count) * input_.total[0])
        continue;
      found.push_back(row);
      next = static_cast<std::size_t>(passed / input_.total[0] * static_cast<double>(count) + 0.5);
    }
    return found;
  }

 private:
  double information_of(std::uint32_t row, std::size_t attribute) const {
    return (1 - shares_[attribute][input_.distinct[row][attribute]]) /
           static_cast<double>(shares_.size());
  }
  double weight_with(const RowNumbers& rows, std::size_t attribute, std::uint32_t value) const {
    double sum = 0;
    for (const std::uint32_t row : rows)
      sum += input_.distinct[row][attribute] == value ? input_.weights[row][0] : 0;
    return sum;
  }
  double score(double weight, double information) const {
    const double share = weight / input_.total[0];
    if (share < kLeastShare || !(information > 1e-9)) return 0;
    return std::pow(share, size_weight_) * std::pow(information, 1 - size_weight_);
  }

  const PatternInput& input_;
  double size_weight_;
  std::vector<std::vector<double>> shares_;  // attribute, value -> share of rows
};

std::vector<Cluster> choose(const PatternInput& input, std::vector<Cluster> clusters) {
  std::stable_sort(clusters.begin(), clusters.end(),
                   [](const Cluster& a, const Cluster& b) { return a.score > b.score; });
  std::vector<bool> covered(input.distinct.size());
  std::vector<Cluster> chosen;
  for (Cluster& cluster : clusters) {
    if (std::all_of(cluster.pattern.begin(), cluster.pattern.end(),
                    [](std::uint32_t value) { return value == kAnyValue; }))
      continue;
    double fresh = 0;
    for (const std::uint32_t row : cluster.rows) fresh += covered[row] ? 0 : input.weights[row][0];
    if (fresh * 2 < cluster.weight) continue;
    for (const std::uint32_t row : cluster.rows) covered[row] = true;
    chosen.push_back(std::move(cluster));
  }
  return chosen;
}

PlanNodePtr bind_autocluster(const PluginCall& call, PlanNodePtr input) {
  const auto size_weight = number_or_default(call, "SizeWeight", 0.5, 0, 1);
  const auto seeds = number_or_default(call, "NumSeeds", 25, 1, 1000);
  if (!size_weight || !seeds) return nullptr;
  const auto rows = read_patterns(call, std::move(input), "WeightColumn", std::nullopt);
  if (!rows) return nullptr;
  std::vector<Cluster> found;
  const Clusters clusters(*rows, *size_weight);
  for (const std::uint32_t seed : clusters.seeds(static_cast<std::size_t>(*seeds))) {
    if (!is_cancelled(call)) found.push_back(clusters.grow(seed));
  }
  std::vector<PatternRow> shown;
  for (Cluster& each : choose(*rows, std::move(found))) {
    shown.push_back(
        {{whole(each.weight), percent(each.weight, rows->total[0])}, std::move(each.pattern)});
  }
  return table_of_patterns(call, "autocluster", *rows,
                           {{"Count", Type::kLong}, {"Percent", Type::kReal}}, shown);
}

constexpr Param kParams[]{
    {.name = "SizeWeight",
     .help = "0 … 1: telling patterns or large ones; 0.5 if not given.",
     .optional = true},
    {.name = "WeightColumn", .help = "How many rows each row stands for.", .optional = true},
    {.name = "NumSeeds",
     .help = "From how many rows to search; 25 if not given.",
     .optional = true},
    {.name = "CustomWildcard",
     .help = "What stands for any value in columns of its type.",
     .optional = true,
     .repeats = true}};

}  // namespace

extern constinit const PluginDef kAutocluster{
    .name = "autocluster",
    .summary = "Describes rows by a few patterns of values that many of them share.",
    .params = kParams,
    .example =
        "datatable (a: string, b: string) ['x', 'p', 'x', 'p', 'x', 'p', 'y', 'q', 'z', 'r'] | "
        "evaluate autocluster() | project Count",
    .example_result = "3",
    .bind = bind_autocluster,
};

}  // namespace quarry::kql::operators
