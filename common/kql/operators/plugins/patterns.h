// What the pattern mining plugins share: rows as numbers of values, patterns that fix some columns,
// and the table that shows them.
//
// All columns of the input but those that say something about the row itself (its weight, its side)
// are attributes. A row counts on one of two sides; where there is no comparison all are on the
// first. Equal rows are one row with the sum of their weights.
#pragma once

#include "common/kql/operators/plugins/activity.h"

#include <array>

namespace quarry::kql::operators {

inline constexpr std::uint32_t kAnyValue = ~std::uint32_t{0};
/// A value's number by attribute, or kAnyValue.
using Pattern = std::vector<std::uint32_t>;
using Weights = std::array<double, 2>;  // by side
using RowNumbers = std::vector<std::uint32_t>;

struct PatternInput {
  std::vector<ColumnSchema> attributes;
  Batch rows;                     // of the attributes, as they came
  std::vector<Numbering> values;  // by attribute
  std::vector<Pattern> distinct;  // the rows themselves as patterns
  std::vector<Weights> weights;   // of distinct rows
  Weights total{};

  RowNumbers all() const;
  /// Those of some rows that have the value.
  RowNumbers having(const RowNumbers& some, std::size_t attribute, std::uint32_t value) const;
  Weights weight(const RowNumbers& some) const;
  /// What all of the rows have in common: the longest pattern that holds for them.
  Pattern common(const RowNumbers& some) const;
};

/// Which side a row is on: the parameter that names a column, and two texts of its values; rows of
/// neither are left out.
struct Sides {
  std::string_view column;
  std::string a, b;
};
/// Reads the input. `weight` is the parameter that may name a column of numbers; nullopt after an
/// error.
std::optional<PatternInput> read_patterns(const PluginCall& call, PlanNodePtr input,
                                          std::string_view weight,
                                          const std::optional<Sides>& sides);

/// A number within a range; the default where it is not given or '~'. nullopt after an error.
std::optional<double> number_or_default(const PluginCall& call, std::string_view param,
                                        double standard, double least, double greatest);
bool is_default(const PluginCall& call, std::string_view param);

/// One row of the result: numbers that stand before the attributes, then the pattern.
struct PatternRow {
  std::vector<Metric> metrics;
  Pattern pattern;
};
/// Numbers the rows (SegmentId) and shows them; the parameter that repeats holds wildcards, one a
/// type.
PlanNodePtr table_of_patterns(const PluginCall& call, std::string_view label,
                              const PatternInput& input, const std::vector<ColumnSchema>& metrics,
                              const std::vector<PatternRow>& rows);

/// A sum of weights as a count.
std::int64_t whole(double weight);
inline double percent(double part, double total) { return total > 0 ? 100 * part / total : 0; }
/// Does every row of `narrow` meet `wide`?
bool is_part_of(const Pattern& narrow, const Pattern& wide);

}  // namespace quarry::kql::operators
