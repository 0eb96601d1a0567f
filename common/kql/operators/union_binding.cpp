#include "common/kql/operators/union_binding.h"

#include "common/kql/operators/column_names.h"
#include "common/kql/operators/nodes/pass_node.h"
#include "common/kql/operators/nodes/union_node.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

namespace quarry::kql::operators {
namespace {

struct OutputColumn {
  std::string name;
  Type type = Type::kUnknown;
  std::size_t legs = 0;  // that have it
};

using PlaceByColumn = std::map<std::pair<std::string_view, Type>, std::size_t>;

/// Where in the output each column stands.
PlaceByColumn places_of(const std::vector<OutputColumn>& columns) {
  PlaceByColumn places;
  for (std::size_t i = 0; i < columns.size(); ++i)
    places.emplace(std::pair(std::string_view(columns[i].name), columns[i].type), i);
  return places;
}

/// Columns by name and type: names in order of first appearance, the types of a name side by side.
std::vector<OutputColumn> matched_columns(const std::vector<UnionLeg>& legs) {
  std::vector<std::vector<OutputColumn>> names;
  std::unordered_map<std::string_view, std::size_t> places;
  for (const UnionLeg& leg : legs) {
    for (const BoundColumn& column : leg.input->columns) {
      const auto [place, is_new] = places.try_emplace(column.name, names.size());
      if (is_new) names.emplace_back();
      std::vector<OutputColumn>& types = names[place->second];
      const auto known = std::find_if(types.begin(), types.end(), [&](const OutputColumn& each) {
        return each.type == column.type;
      });
      if (known != types.end())
        ++known->legs;
      else
        types.push_back({column.name, column.type, 1});
    }
  }
  std::vector<OutputColumn> result;
  for (std::vector<OutputColumn>& types : names)
    result.insert(result.end(), types.begin(), types.end());
  return result;
}

/// KQL: one name with several types becomes one column for each type, called name_type.
std::vector<std::string> shown_names(const std::vector<OutputColumn>& columns, UniqueNames& names) {
  std::map<std::string, int> types;
  for (const OutputColumn& column : columns) ++types[column.name];
  for (const OutputColumn& column : columns) {
    if (types[column.name] == 1) names.take(column.name);
  }
  std::vector<std::string> result;
  for (const OutputColumn& column : columns) {
    result.push_back(types[column.name] == 1
                         ? column.name
                         : names.make(fmt::format("{}_{}", column.name, name_of(column.type))));
  }
  return result;
}

ExpressionPtr null_of(Type type) {
  return make_literal(type == Type::kString ? Scalar::of(std::string()) : Scalar::null(type));
}

}  // namespace

PlanNodePtr unite(Binder& binder, std::vector<UnionLeg> legs, UnionColumns which,
                  const std::string& source_column) {
  for (const UnionLeg& leg : legs) {
    if (!leg.input->is_graph) continue;
    binder.error(leg.input->span, "a graph has no rows",
                 "make it a table first: graph-match, graph-shortest-paths, graph-to-table");
    return nullptr;
  }
  std::vector<OutputColumn> columns = matched_columns(legs);
  if (which == UnionColumns::kCommon)
    std::erase_if(columns, [&](const OutputColumn& column) { return column.legs < legs.size(); });
  auto result = std::make_unique<UnionNode>();
  result->expressions.resize(legs.size());
  UniqueNames names;
  if (!source_column.empty()) {
    result->columns.push_back(binder.new_column(source_column, Type::kString));
    names.take(source_column);
    for (std::size_t k = 0; k < legs.size(); ++k)
      result->expressions[k].push_back(make_literal(Scalar::of(legs[k].name)));
  }
  const std::vector<std::string> shown = shown_names(columns, names);
  std::vector<ExpressionPtr>
      nulls;  // shared: `union *` has hundreds of legs and thousands of columns
  for (std::size_t i = 0; i < columns.size(); ++i) {
    result->columns.push_back(binder.new_column(shown[i], columns[i].type));
    nulls.push_back(null_of(columns[i].type));
  }
  const std::size_t first = source_column.empty() ? 0 : 1;
  const PlaceByColumn places = places_of(columns);
  for (std::size_t k = 0; k < legs.size(); ++k) {
    // Most of them stay null where there are many legs, so the leg's columns are gone through.
    std::vector<ExpressionPtr>& row = result->expressions[k];
    row.insert(row.end(), nulls.begin(), nulls.end());
    for (const BoundColumn& column : legs[k].input->columns) {
      const auto place = places.find({column.name, column.type});
      if (place == places.end()) continue;  // not common to all
      row[first + place->second] = make_column(column);
    }
  }
  for (UnionLeg& leg : legs) {
    result->open = result->open || leg.input->open;
    result->inputs.push_back(std::move(leg.input));
  }
  return result;
}

std::string source_name(const PlanNode& node) {
  if (node.kind == NodeKind::kScan) return static_cast<const ScanNode&>(node).table;
  if (const auto* const as = dynamic_cast<const AsNode*>(&node)) return as->name;
  return node.inputs.size() == 1 ? source_name(*node.inputs[0]) : std::string();
}

std::vector<UnionLeg> bind_tables(Binder& binder, const syntax::Expression& table,
                                  NoInput no_input) {
  std::vector<UnionLeg> legs;
  const auto* const name = table.kind == syntax::ExpressionKind::kName
                               ? &static_cast<const syntax::Name&>(table)
                               : nullptr;
  if (name == nullptr || !name->wildcard) {
    if (PlanNodePtr input = no_input == NoInput::kIsNoRow ? binder.bind_optional_table(table)
                                                          : binder.bind_table(table)) {
      std::string label = name != nullptr ? name->name : source_name(*input);
      legs.push_back({std::move(input), std::move(label)});
    }
    return legs;
  }
  std::vector<std::string> tables = binder.tables_like(*name);
  for (std::string& view : binder.views_like(*name)) {
    if (std::find(tables.begin(), tables.end(), view) == tables.end())
      tables.push_back(std::move(view));
  }
  for (const std::string& each : tables) {
    syntax::Name plain;
    plain.name = each;
    plain.span = name->span;
    if (PlanNodePtr input = binder.bind_table(plain)) legs.push_back({std::move(input), each});
  }
  return legs;
}

}  // namespace quarry::kql::operators
