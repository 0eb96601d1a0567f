// basket([threshold], [weightColumn], [maxDimensions], [wildcard, …]): the combinations of values
// that a share of at least `threshold` of the rows has.
//
// Of combinations that the same rows have only the longest is shown, as the documentation's
// examples do: values that follow from the others come with them and do not count for
// maxDimensions. The search is LCM's (Uno et al., "LCM ver. 2", 2004): each such combination is
// reached once, from the one without its last chosen value; rare values are chosen first. Cost:
// rows × columns a combination.
#include "common/kql/operators/plugins/patterns.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::kql::operators {
namespace {

constexpr std::size_t kMostPatterns = 10'000;

struct Item {
  std::size_t attribute;
  std::uint32_t value;
  double weight;
};

struct Basket {
  Pattern pattern;
  double weight;
};

class Miner {
 public:
  Miner(const PluginCall& call, const PatternInput& input, double share, std::size_t depth)
      : call_(call), input_(input), least_(share * input.total[0] * (1 - 1e-12)), depth_(depth) {
    places_.resize(input.attributes.size());
    for (std::size_t i = 0; i < places_.size(); ++i) {
      std::vector<double> weights(input.values[i].first_row.size());
      for (std::size_t row = 0; row < input.distinct.size(); ++row)
        weights[input.distinct[row][i]] += input.weights[row][0];
      places_[i].assign(weights.size(), kNone);
      for (std::uint32_t value = 0; value < weights.size(); ++value) {
        if (weights[value] >= least_ && weights[value] > 0)
          items_.push_back({i, value, weights[value]});
      }
    }
    std::stable_sort(items_.begin(), items_.end(),
                     [](const Item& a, const Item& b) { return a.weight < b.weight; });
    for (std::size_t i = 0; i < items_.size(); ++i)
      places_[items_[i].attribute][items_[i].value] = i;
  }

  std::vector<Basket> mine() {
    const RowNumbers all = input_.all();
    if (all.empty()) return {};
    const Pattern shared = input_.common(all);
    if (std::any_of(shared.begin(), shared.end(),
                    [](std::uint32_t value) { return value != kAnyValue; }))
      found_.push_back({shared, input_.total[0]});
    extend(all, shared, 0, 0);
    return std::move(found_);
  }

 private:
  static constexpr std::size_t kNone = ~std::size_t{0};

  void extend(const RowNumbers& rows, const Pattern& pattern, std::size_t from, std::size_t depth) {
    if (depth == depth_ || is_cancelled(call_)) return;
    std::vector<double> weights(items_.size());
    for (const std::uint32_t row : rows) {
      for (std::size_t i = 0; i < pattern.size(); ++i) {
        const std::size_t item = places_[i][input_.distinct[row][i]];
        if (item != kNone) weights[item] += input_.weights[row][0];
      }
    }
    for (std::size_t item = from; item < items_.size() && found_.size() <= kMostPatterns; ++item) {
      const Item& chosen = items_[item];
      if (pattern[chosen.attribute] != kAnyValue || weights[item] < least_) continue;
      const RowNumbers narrower = input_.having(rows, chosen.attribute, chosen.value);
      const Pattern longer = input_.common(narrower);
      if (!is_first_way(pattern, longer, item)) continue;
      found_.push_back({longer, weights[item]});
      extend(narrower, longer, item + 1, depth + 1);
    }
  }

  /// False where the longer pattern brings along an item that stands before the chosen one: it is
  /// found from there.
  bool is_first_way(const Pattern& pattern, const Pattern& longer, std::size_t chosen) const {
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      if (pattern[i] == kAnyValue && longer[i] != kAnyValue && places_[i][longer[i]] < chosen)
        return false;
    }
    return true;
  }

  const PluginCall& call_;
  const PatternInput& input_;
  double least_;
  std::size_t depth_;
  std::vector<Item> items_;                       // the rarest first
  std::vector<std::vector<std::size_t>> places_;  // attribute, value -> item
  std::vector<Basket> found_;
};

PlanNodePtr bind_basket(const PluginCall& call, PlanNodePtr input) {
  const auto threshold = number_or_default(call, "Threshold", 0.05, 0.015, 1);
  const auto depth = number_or_default(call, "MaxDimensions", 5, 1, 1000);
  if (!threshold || !depth) return nullptr;
  const auto rows = read_patterns(call, std::move(input), "WeightColumn", std::nullopt);
  if (!rows) return nullptr;
  std::vector<Basket> found =
      Miner(call, *rows, *threshold, static_cast<std::size_t>(*depth)).mine();
  if (found.size() > kMostPatterns) {
    call.binder().error(call.span(),
                        fmt::format("basket found more than {} patterns", kMostPatterns),
                        "raise the threshold, or project fewer columns");
    return nullptr;
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Basket& a, const Basket& b) { return a.weight > b.weight; });
  std::vector<PatternRow> shown;
  for (Basket& each : found)
    shown.push_back(
        {{whole(each.weight), percent(each.weight, rows->total[0])}, std::move(each.pattern)});
  return table_of_patterns(call, "basket", *rows,
                           {{"Count", Type::kLong}, {"Percent", Type::kReal}}, shown);
}

constexpr Param kParams[]{
    {.name = "Threshold",
     .help = "The share of rows that a pattern must have, 0.015 to 1; 0.05 if not given.",
     .optional = true},
    {.name = "WeightColumn", .help = "How many rows each row stands for.", .optional = true},
    {.name = "MaxDimensions",
     .help = "How many independent values a pattern may have; 5 if not given.",
     .optional = true},
    {.name = "CustomWildcard",
     .help = "What stands for any value in columns of its type.",
     .optional = true,
     .repeats = true}};

}  // namespace

extern constinit const PluginDef kBasket{
    .name = "basket",
    .summary = "Finds combinations of values that many rows have.",
    .params = kParams,
    .example =
        "datatable (a: string, b: string) ['x', 'p', 'x', 'p', 'x', 'q', 'y', 'r'] | evaluate "
        "basket(0.6) | project Count",
    .example_result = "3",
    .bind = bind_basket,
};

}  // namespace quarry::kql::operators
