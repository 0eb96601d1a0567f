// make_graph.cpp — KQL: make-graph Source --> Target [with Nodes on Id, … | with_node_id=Name]
// [partitioned-by Column ( Operators )]
//
// Edges are the rows, nodes the values of their two columns and the rows of the node tables;
// properties of nodes with the same id are put together, the first value counts. A graph has no
// rows: graph operators follow.
#include "common/kql/bind/type_rules.h"
#include "common/kql/exec/partition.h"
#include "common/kql/operators/column_names.h"
#include "common/kql/operators/nodes/graph_node.h"
#include "common/kql/operators/operator.h"
#include "common/kql/operators/union_binding.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace quarry::kql::operators {
namespace {

using syntax::TokenKind;

struct NodeTableSyntax {
  syntax::Expression* table = nullptr;
  syntax::Name* key = nullptr;
};

struct MakeGraphSyntax final : syntax::OperatorNode {
  syntax::Name* source = nullptr;
  syntax::Name* target = nullptr;
  std::vector<NodeTableSyntax> tables;
  syntax::Name* node_id = nullptr;
  syntax::Name* partition = nullptr;
  syntax::Pipeline* per_partition = nullptr;
};

void parse_tables(syntax::Parser& parser, MakeGraphSyntax& graph) {
  do {
    NodeTableSyntax table;
    table.table = parser.parse_table();
    if (!parser.expect_keyword("on")) return;
    table.key = parser.parse_name("the column of the ids");
    graph.tables.push_back(table);
  } while (parser.accept(TokenKind::kComma));
}

syntax::OperatorNode* parse_make_graph(syntax::Parser& parser) {
  auto* const node = parser.make<MakeGraphSyntax>();
  node->source = parser.parse_name("the column where edges begin");
  const bool arrow = parser.expect(TokenKind::kMinus, "'-->'") &&
                     parser.expect(TokenKind::kMinus, "'-->'") &&
                     parser.expect(TokenKind::kGreater, "'-->'");
  if (arrow) node->target = parser.parse_name("the column where edges end");
  if (parser.accept_keyword("with_node_id") && parser.expect(TokenKind::kAssign, "'='"))
    node->node_id = parser.parse_name("a name for the ids");
  if (parser.accept_keyword("with")) parse_tables(parser, *node);
  if (!parser.accept_keyword("partitioned")) return node;
  parser.expect(TokenKind::kMinus, "'partitioned-by'");
  if (!parser.expect_keyword("by")) return node;
  node->partition = parser.parse_name("a column");
  node->per_partition = parser.parse_subpipeline();
  return node;
}

/// A table and the column that will be its key.
struct Keyed {
  PlanNodePtr plan;
  std::vector<BoundColumn> keys;
};

/// The keys as values of `type`: columns of their own where they are of another.
void convert_keys(Binder& binder, Keyed& table, Type type) {
  std::vector<NamedValue> values = pass_all(*table.plan);
  const std::size_t width = values.size();
  std::vector<std::size_t> converted;
  for (std::size_t i = 0; i < table.keys.size(); ++i) {
    if (table.keys[i].type == type) continue;
    converted.push_back(i);
    values.push_back(
        {"", convert(make_column(table.keys[i]), type, binder.run_context()), {}, false});
  }
  if (converted.empty()) return;
  table.plan = binder.project(std::move(table.plan), values);
  for (std::size_t i = 0; i < converted.size(); ++i)
    table.keys[converted[i]] = table.plan->columns[width + i];
}

class MakeGraphBinder {
 public:
  MakeGraphBinder(Binder& binder, const MakeGraphSyntax& graph) : binder_(binder), graph_(graph) {}

  /// Over these edges and node tables; null after an error.
  PlanNodePtr graph_of(PlanNodePtr edges, std::vector<PlanNodePtr> tables) {
    const BoundColumn* const source = binder_.column(*edges, *graph_.source);
    const BoundColumn* const target = binder_.column(*edges, *graph_.target);
    if (source == nullptr || target == nullptr) return nullptr;
    std::vector<Keyed> all;
    all.push_back({nullptr, {*source, *target}});
    all[0].plan = std::move(edges);
    for (std::size_t i = 0; i < tables.size(); ++i) {
      const BoundColumn* const key = binder_.column(*tables[i], *graph_.tables[i].key);
      if (key == nullptr) return nullptr;
      all.push_back({nullptr, {*key}});
      all.back().plan = std::move(tables[i]);
    }
    const auto type = key_type(all);
    if (!type) return nullptr;
    for (Keyed& table : all) convert_keys(binder_, table, *type);
    auto node = std::make_unique<MakeGraphNode>();
    node->key_type = *type;
    node->edge_columns = all[0].plan->columns;
    node->source = all[0].keys[0].id;
    node->target = all[0].keys[1].id;
    for (std::size_t i = 1; i < all.size(); ++i) {
      node->keys.push_back(all[i].keys[0].id);
      add_properties(*node, *all[i].plan, i);
    }
    if (graph_.node_id != nullptr) {
      node->node_columns.push_back(binder_.new_column(graph_.node_id->name, *type));
      node->properties.push_back({true, {}});
    }
    for (Keyed& table : all) node->inputs.push_back(std::move(table.plan));
    return node;
  }

  std::optional<std::vector<PlanNodePtr>> tables() {
    std::vector<PlanNodePtr> result;
    for (const NodeTableSyntax& table : graph_.tables) {
      result.push_back(binder_.bind_table(*table.table));
      if (result.back() == nullptr) return std::nullopt;
    }
    return result;
  }

  /// A graph for each value of a column that the edges and all node tables have; what its operators
  /// give follows one another.
  PlanNodePtr partitioned(PlanNodePtr edges, std::vector<PlanNodePtr> tables) {
    if (binder_.column(*edges, *graph_.partition) == nullptr) return nullptr;
    for (const PlanNodePtr& table : tables) {
      if (binder_.column(*table, *graph_.partition) == nullptr) return nullptr;
    }
    if (binder_.checking()) return operators_over(graph_of(std::move(edges), std::move(tables)));
    const auto edge_groups = groups(std::move(edges));
    if (!edge_groups) return nullptr;
    std::vector<Groups> table_groups;
    for (PlanNodePtr& table : tables) {
      auto made = groups(std::move(table));
      if (!made) return nullptr;
      table_groups.push_back(std::move(*made));
    }
    std::vector<UnionLeg> legs;
    for (const std::string& value : edge_groups->values) {
      std::vector<PlanNodePtr> nodes;
      for (const Groups& group : table_groups) nodes.push_back(rows_of(group, value));
      PlanNodePtr result = operators_over(graph_of(rows_of(*edge_groups, value), std::move(nodes)));
      if (result == nullptr) return nullptr;
      legs.push_back({std::move(result), ""});
    }
    if (!legs.empty()) return unite(binder_, std::move(legs), UnionColumns::kAll, "");
    std::vector<PlanNodePtr> nodes;
    for (const Groups& group : table_groups) nodes.push_back(rows_of(group, ""));
    return operators_over(graph_of(rows_of(*edge_groups, ""), std::move(nodes)));
  }

 private:
  /// Rows by the value of the partition column, as text.
  struct Groups {
    Schema schema;
    std::vector<std::string> values;
    std::map<std::string, Batch> rows;
  };

  std::optional<Groups> groups(PlanNodePtr table) {
    Groups result;
    for (const BoundColumn& column : table->columns)
      result.schema.columns.push_back({column.name, column.type});
    const std::vector<Type> types = plan::types_of(table->columns);
    const std::size_t key =
        plan::position_of(binder_.column(*table, *graph_.partition)->id, table->columns);
    const auto batches = binder_.run_now(std::move(table), graph_.span);
    if (batches == nullptr) return std::nullopt;
    const Batch all = concatenate(*batches, types);
    for (const IndexBuffer& group :
         exec::groups_of(std::span<const Column>(&all.column(key), 1), all.rows())) {
      result.values.push_back(to_literal(Scalar::from(all.column(key), group->front())));
      result.rows.emplace(result.values.back(), all.selected(group));
    }
    return result;
  }

  PlanNodePtr rows_of(const Groups& groups, const std::string& value) {
    auto batches = std::make_shared<std::vector<Batch>>();
    if (const auto found = groups.rows.find(value); found != groups.rows.end())
      batches->push_back(found->second);
    return binder_.rows("partition", std::move(batches), groups.schema);
  }

  PlanNodePtr operators_over(PlanNodePtr graph) {
    if (graph == nullptr) return nullptr;
    PlanNodePtr result = binder_.bind_operators(std::move(graph), graph_.per_partition->operators);
    if (result == nullptr || !result->is_graph) return result;
    binder_.error(graph_.per_partition->span,
                  "the operators of partitioned-by must end with a table",
                  "graph-match, graph-shortest-paths or graph-to-table");
    return nullptr;
  }

  std::optional<Type> key_type(const std::vector<Keyed>& tables) {
    Type type = tables[0].keys[0].type;
    for (std::size_t i = 0; i < tables.size(); ++i) {
      for (const BoundColumn& key : tables[i].keys) {
        const auto common = common_type(type, key.type);
        if (!common) {
          binder_.error(
              i == 0 ? graph_.target->span : graph_.tables[i - 1].key->span,
              fmt::format("ids of nodes are of type {} and {}", name_of(type), name_of(key.type)),
              "convert one side, for example with tostring( … )");
          return std::nullopt;
        }
        type = *common;
      }
    }
    return type;
  }

  void add_properties(MakeGraphNode& node, const PlanNode& table, std::size_t input) {
    for (const BoundColumn& column : table.columns) {
      if (column.name.empty()) continue;  // a converted key
      const auto known = std::find_if(node.node_columns.begin(), node.node_columns.end(),
                                      [&](const BoundColumn& each) {
                                        return each.name == column.name && each.type == column.type;
                                      });
      std::size_t at = static_cast<std::size_t>(known - node.node_columns.begin());
      if (known == node.node_columns.end()) {
        const bool clash =
            std::any_of(node.node_columns.begin(), node.node_columns.end(),
                        [&](const BoundColumn& each) { return each.name == column.name; });
        node.node_columns.push_back(binder_.new_column(
            clash ? fmt::format("{}_{}", column.name, name_of(column.type)) : column.name,
            column.type));
        node.properties.emplace_back();
      }
      MakeGraphNode::Property& property = node.properties[at];
      property.from.emplace_back(input, column.id);
      property.is_key = property.is_key || column.id == node.keys.back();
    }
  }

  Binder& binder_;
  const MakeGraphSyntax& graph_;
};

PlanNodePtr bind_make_graph(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const auto& graph = static_cast<const MakeGraphSyntax&>(node);
  if (graph.target == nullptr) return nullptr;
  MakeGraphBinder bound(binder, graph);
  auto tables = bound.tables();
  if (!tables) return nullptr;
  if (graph.per_partition != nullptr)
    return bound.partitioned(std::move(input), std::move(*tables));
  return bound.graph_of(std::move(input), std::move(*tables));
}

}  // namespace

extern constinit const OperatorDef kMakeGraph{
    .name = "make-graph",
    .summary =
        "Makes a graph: the rows are edges, the values of two columns its nodes; graph operators "
        "follow.",
    .syntax =
        "make-graph Source --> Target [with Nodes on Id, … | with_node_id=Name] [partitioned-by "
        "Column ( Operators )]",
    .example =
        "datatable(a:string, b:string)['x', 'y', 'y', 'z'] | make-graph a --> b with_node_id=id | "
        "graph-match (s)-[*2..2]->(t) project t.id",
    .example_result = "z",
    .parse = parse_make_graph,
    .bind = bind_make_graph,
};

}  // namespace quarry::kql::operators
