// Plan node of parse, parse-where and parse-kv.
#pragma once

#include "common/kql/bound/plan_node.h"
#include "common/kql/exec/take_apart.h"

#include <variant>

namespace quarry::kql {

/// Output: the input's columns, the fields (string), whether the pattern fits (bool).
struct TakeApartNode final : CustomNode {
  ExpressionPtr text;
  std::variant<exec::TextPattern, exec::RegexFields, exec::KeyValuePattern> pattern{
      exec::TextPattern({})};
  std::vector<BoundColumn> fields;
  BoundColumn fits;

  /// Sets `columns` from the input's and the fields.
  void update_columns();

  std::string describe() const override { return "parse " + to_text(*text); }
  std::vector<ColumnSet> required(const ColumnSet& needed) override;
  void inputs_pruned() override { update_columns(); }
  bool filter_passes(std::size_t) const override { return true; }
  Result<plan::Stream> build(plan::Builder& builder) const override;
};

}  // namespace quarry::kql
