#include "common/kql/operators/nodes/join_node.h"

#include "common/kql/exec/hash_join.h"
#include "common/kql/exec/project.h"
#include "common/kql/plan/builder.h"

#include <algorithm>

namespace quarry::kql {
namespace {

/// How a kind of join runs: which side is collected, and what the other one does.
struct Way {
  bool build_left;
  exec::JoinMode mode;
  exec::JoinKeys keys = exec::JoinKeys::kAll;  // of the built side
};

/// The side whose rows decide (outer, semi, anti) streams past the other; innerunique builds its
/// deduplicated left side.
Way way_of(JoinKind kind) {
  switch (kind) {
    case JoinKind::kInnerUnique:
      return {true, exec::JoinMode::kInner, exec::JoinKeys::kDistinct};
    case JoinKind::kInner:
      return {false, exec::JoinMode::kInner};
    case JoinKind::kLeftOuter:
      return {false, exec::JoinMode::kOuter};
    case JoinKind::kRightOuter:
      return {true, exec::JoinMode::kOuter};
    case JoinKind::kFullOuter:
      return {false, exec::JoinMode::kFull};
    case JoinKind::kLeftSemi:
      return {false, exec::JoinMode::kSemi};
    case JoinKind::kLeftAnti:
      return {false, exec::JoinMode::kAnti};
    case JoinKind::kRightSemi:
      return {true, exec::JoinMode::kSemi};
    case JoinKind::kRightAnti:
      return {true, exec::JoinMode::kAnti};
  }
  return {};
}

std::string_view name_of(JoinKind kind) {
  constexpr std::string_view kNames[]{"innerunique", "inner",     "leftouter",
                                      "rightouter",  "fullouter", "leftsemi",
                                      "leftanti",    "rightsemi", "rightanti"};
  return kNames[static_cast<std::size_t>(kind)];
}

}  // namespace

std::string JoinNode::describe() const {
  std::string text = "join kind=" + std::string(name_of(join)) + " on ";
  for (std::size_t i = 0; i < left_keys.size(); ++i)
    text += (i > 0 ? ", " : "") + to_text(*left_keys[i]) + " == " + to_text(*right_keys[i]);
  return text;
}

std::vector<ColumnSet> JoinNode::required(const ColumnSet& needed) {
  std::erase_if(columns, [&](const BoundColumn& column) { return !needed.contains(column.id); });
  std::vector<ColumnSet> below(2);
  for (std::size_t side = 0; side < 2; ++side) {
    for (const BoundColumn& column : inputs[side]->columns) {
      if (needed.contains(column.id)) below[side].insert(column.id);
    }
  }
  for (const ExpressionPtr& key : left_keys) collect_columns(*key, below[0]);
  for (const ExpressionPtr& key : right_keys) collect_columns(*key, below[1]);
  return below;
}

/// A filter over one side may run before the join when that side's rows come out unchanged or not
/// at all.
bool JoinNode::filter_passes(std::size_t input) const {
  switch (join) {
    case JoinKind::kInner:
    case JoinKind::kInnerUnique:
      return true;  // Kusto filters the left side before it picks one row a key (its engine shows)
    case JoinKind::kLeftOuter:
    case JoinKind::kLeftSemi:
    case JoinKind::kLeftAnti:
      return input == 0;
    case JoinKind::kRightOuter:
    case JoinKind::kRightSemi:
    case JoinKind::kRightAnti:
      return input == 1;
    case JoinKind::kFullOuter:
      return false;
  }
  return false;
}

Result<plan::Stream> JoinNode::build(plan::Builder& builder) const {
  const Way way = way_of(join);
  const std::size_t build_side = way.build_left ? 0 : 1;
  const PlanNode& built = *inputs[build_side];
  const PlanNode& probed = *inputs[1 - build_side];
  const auto& build_keys = way.build_left ? left_keys : right_keys;
  const auto& probe_keys = way.build_left ? right_keys : left_keys;

  const auto table = std::make_shared<exec::JoinTable>();
  QUARRY_TRY(plan::Stream build_stream, builder.build(built));
  builder.run_before(
      std::move(build_stream),
      std::make_shared<exec::JoinBuild>(table, way.mode, builder.compile(build_keys, built.columns),
                                        plan::types_of(built.columns), way.keys));
  QUARRY_TRY(plan::Stream stream, builder.build(probed));
  stream.add(std::make_shared<exec::JoinProbe>(
      table, way.mode, builder.compile(probe_keys, probed.columns), plan::types_of(probed.columns),
      plan::types_of(built.columns)));
  std::vector<BoundColumn> layout = probed.columns;  // as the probe puts them out
  if (way.mode != exec::JoinMode::kSemi && way.mode != exec::JoinMode::kAnti)
    layout.insert(layout.end(), built.columns.begin(), built.columns.end());
  std::vector<exec::Expression> order;
  for (const BoundColumn& column : columns)
    order.push_back(exec::Expression::of_column(plan::position_of(column.id, layout), column.type));
  stream.add(std::make_shared<exec::Project>(std::move(order)));
  return stream;
}

}  // namespace quarry::kql
