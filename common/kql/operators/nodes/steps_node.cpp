#include "common/kql/operators/nodes/steps_node.h"

#include "common/kql/plan/builder.h"

#include <algorithm>

namespace quarry::kql {
namespace {

/// Where a column stands: in a step's record, or (step none) in the input.
struct Place {
  std::optional<std::size_t> step;
  std::size_t column = 0;
};

Place place_of(const StepsNode& node, ColumnId id) {
  for (std::size_t step = 0; step < node.steps.size(); ++step) {
    const auto& record = node.steps[step].record;
    const auto found = std::find_if(record.begin(), record.end(),
                                    [&](const BoundColumn& column) { return column.id == id; });
    if (found != record.end()) return {step, static_cast<std::size_t>(found - record.begin())};
  }
  return {std::nullopt, plan::position_of(id, node.inputs[0]->columns)};
}

const BoundColumn& column_at(const StepsNode& node, const Place& place) {
  return place.step ? node.steps[*place.step].record[place.column]
                    : node.inputs[0]->columns[place.column];
}

/// The place of a record's column among the step's kept ones; adds it.
std::size_t keep(const StepsNode& node, std::vector<exec::MatchStep>& steps, const Place& place) {
  exec::KeptColumn kept;
  const std::size_t width = node.input_columns.size();
  kept.declared = place.column >= width;
  kept.column = kept.declared ? place.column - width
                              : plan::position_of(node.input_columns[place.column].id,
                                                  node.inputs[0]->columns);
  std::vector<exec::KeptColumn>& all = steps[*place.step].kept;
  const auto found = std::find_if(all.begin(), all.end(), [&](const exec::KeptColumn& each) {
    return each.declared == kept.declared && each.column == kept.column;
  });
  if (found != all.end()) return static_cast<std::size_t>(found - all.begin());
  all.push_back(kept);
  return all.size() - 1;
}

exec::StepExpression compile(const StepsNode& node, const plan::Builder& builder,
                             const Expression& expression, std::vector<exec::MatchStep>& steps) {
  ColumnSet read;
  collect_columns(expression, read);
  exec::StepExpression result;
  std::vector<BoundColumn> layout;
  for (const ColumnId id : read) {
    const Place place = place_of(node, id);
    layout.push_back(column_at(node, place));
    result.columns.push_back({place.step, place.step ? keep(node, steps, place) : place.column});
  }
  result.expression = builder.compile(expression, layout);
  return result;
}

}  // namespace

void StepsNode::update_columns() {
  columns = inputs[0]->columns;
  columns.insert(columns.end(), declared.begin(), declared.end());
  columns.insert(columns.end(), match_id.begin(), match_id.end());
}

std::vector<ColumnSet> StepsNode::required(const ColumnSet& needed) {
  ColumnSet read = needed;
  for (const Step& step : steps) {
    collect_columns(*step.condition, read);
    for (const ExpressionPtr& value : step.values) {
      if (value != nullptr) collect_columns(*value, read);
    }
  }
  for (const ExpressionPtr& key : partition) collect_columns(*key, read);
  ColumnSet below;
  for (std::size_t i = 0; i < input_columns.size(); ++i) {
    const bool in_record = std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
      return read.contains(step.record[i].id);
    });
    if (in_record || read.contains(input_columns[i].id)) below.insert(input_columns[i].id);
  }
  return {below};
}

Result<plan::Stream> StepsNode::build(plan::Builder& builder) const {
  exec::MatchPlan plan;
  plan.steps.resize(steps.size());
  for (std::size_t i = 0; i < steps.size(); ++i) {
    plan.steps[i].output = steps[i].output;
    plan.steps[i].condition = compile(*this, builder, *steps[i].condition, plan.steps);
    for (const ExpressionPtr& value : steps[i].values) {
      plan.steps[i].values.emplace_back();
      if (value != nullptr)
        plan.steps[i].values.back() = compile(*this, builder, *value, plan.steps);
    }
  }
  plan.input_types = plan::types_of(inputs[0]->columns);
  plan.defaults = defaults;
  plan.partition = builder.compile(partition, inputs[0]->columns);
  plan.with_match_id = !match_id.empty();
  QUARRY_TRY(plan::Stream stream, builder.build(*inputs[0]));
  stream.add(std::make_shared<exec::MatchSteps>(std::move(plan)));
  return stream;
}

}  // namespace quarry::kql
