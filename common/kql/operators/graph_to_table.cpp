// graph_to_table.cpp — KQL: graph-to-table nodes [as Name] [with_node_id=Column], edges [as Name]
// [with_source_id=Column] [with_target_id=Column]
//
// The ids that the columns hold are hashes of the nodes' ids, as in Kusto. Tables with names can be
// read by later statements, and then are no results themselves; two tables without names are two
// results.
#include "common/kql/bind/expression_binder.h"
#include "common/kql/operators/column_names.h"
#include "common/kql/operators/graph_copy.h"
#include "common/kql/operators/later_use.h"
#include "common/kql/operators/nodes/graph_match_node.h"
#include "common/kql/operators/operator.h"
#include "common/kql/operators/parameters.h"

#include <fmt/format.h>

namespace quarry::kql::operators {
namespace {

struct TableSyntax {
  bool nodes = true;
  SourceSpan span;
  syntax::Name* name = nullptr;
  bool is_used = false;  // the name, later
  std::vector<syntax::OperatorParameter> parameters;
};

struct GraphToTableSyntax final : syntax::OperatorNode {
  std::vector<TableSyntax> tables;
};

void parse_ids(syntax::Parser& parser, TableSyntax& table) {
  for (syntax::OperatorParameter& parameter :
       parse_named_parameters(parser, {"with_node_id", "with_source_id", "with_target_id"}))
    table.parameters.push_back(std::move(parameter));
}

syntax::OperatorNode* parse_graph_to_table(syntax::Parser& parser) {
  auto* const node = parser.make<GraphToTableSyntax>();
  do {
    TableSyntax table;
    table.span = parser.peek().span;
    table.nodes = parser.accept_keyword("nodes");
    if (!table.nodes && !parser.expect_keyword("edges")) return node;
    parse_ids(parser, table);
    if (parser.accept_keyword("as")) {
      table.name = parser.parse_name("a name for the table");
      table.is_used = is_used_later(parser, *table.name);
    }
    parse_ids(parser, table);
    node->tables.push_back(std::move(table));
  } while (parser.accept(syntax::TokenKind::kComma));
  return node;
}

PlanNodePtr bind_one(Binder& binder, const TableSyntax& written, PlanNodePtr input) {
  if (written.nodes)
    check_parameters(binder, written.parameters, {"with_node_id"});
  else
    check_parameters(binder, written.parameters, {"with_source_id", "with_target_id"});
  const GraphNode& graph = *as_graph(*input);
  auto table = std::make_unique<GraphTableNode>();
  if (!written.nodes) table->what = exec::GraphTable::What::kEdges;
  for (const BoundColumn& column : written.nodes ? graph.node_columns : graph.edge_columns) {
    if (column.name.empty()) continue;  // a converted key
    table->columns.push_back(binder.new_column(column.name, column.type));
    table->origins.push_back(column.id);
  }
  const std::vector<BoundColumn> shown = table->columns;
  std::vector<NamedValue> values;
  UniqueNames names(shown);
  for (const std::string_view parameter : {"with_node_id", "with_source_id", "with_target_id"}) {
    if ((parameter == "with_node_id") != written.nodes) continue;
    const BoundColumn key = binder.new_column("", graph.key_type);
    table->columns.push_back(key);
    ++table->keys;
    const auto* const given = find_parameter(written.parameters, parameter);
    if (given == nullptr) continue;
    ExpressionPtr hash = ExpressionBinder(binder, RowScope::none())
                             .call("hash", {make_column(key)}, written.span, written.span);
    values.push_back(
        {names.make(parameter_text(*given)), std::move(hash), given->name_span, false});
  }
  for (const BoundColumn& column : shown) values.push_back(pass(column));
  table->inputs.push_back(std::move(input));
  return binder.project(std::move(table), values);
}

/// The table under its name, for what follows; the rows again where they are a result too. Null
/// after an error.
PlanNodePtr define(Binder& binder, const TableSyntax& written, PlanNodePtr table) {
  const std::vector<BoundColumn> columns = table->columns;
  if (binder.checking()) {
    binder.define_table(written.name->name, nullptr, columns);
    return table;
  }
  Schema schema;
  for (const BoundColumn& column : columns) schema.columns.push_back({column.name, column.type});
  const auto batches = binder.run_now(std::move(table), written.span);
  if (batches == nullptr) return nullptr;
  binder.define_table(written.name->name, batches, columns);
  return binder.rows(written.name->name, batches, schema);
}

/// Two tables of one graph. Null where both are only there for later.
PlanNodePtr bind_both(Binder& binder, const GraphToTableSyntax& written, PlanNodePtr graph) {
  if (!binder.may_give_results(written) || !keep_tables(binder, *graph, written.span))
    return nullptr;
  PlanNodePtr first;
  for (const TableSyntax& each : written.tables) {
    PlanNodePtr table = bind_one(binder, each, copy_graph(*graph));
    if (each.is_used) {
      if (define(binder, each, std::move(table)) == nullptr) return nullptr;
    } else if (first == nullptr) {
      first = std::move(table);
    } else {
      binder.add_result(std::move(table));
    }
  }
  return first;
}

PlanNodePtr bind_graph_to_table(Binder& binder, const syntax::OperatorNode& node,
                                PlanNodePtr input) {
  const auto& written = static_cast<const GraphToTableSyntax&>(node);
  if (as_graph(*input) == nullptr) {
    binder.error(node.keyword, "graph-to-table needs a graph",
                 "Edges | make-graph Source --> Target | …");
    return nullptr;
  }
  if (written.tables.empty()) return nullptr;
  if (written.tables.size() > 2) {
    binder.error(written.tables[2].span, "graph-to-table gives nodes, edges, or both once");
    return nullptr;
  }
  if (written.tables.size() == 2) return bind_both(binder, written, std::move(input));
  PlanNodePtr table = bind_one(binder, written.tables[0], std::move(input));
  return written.tables[0].is_used ? define(binder, written.tables[0], std::move(table))
                                   : std::move(table);
}

}  // namespace

extern constinit const OperatorDef kGraphToTable{
    .name = "graph-to-table",
    .summary = "The nodes or the edges of a graph as a table; with both, two results.",
    .syntax =
        "graph-to-table nodes [as Name] [with_node_id=Column], edges [as Name] "
        "[with_source_id=Column] [with_target_id=Column]",
    .example =
        "datatable(a:string, b:string)['x', 'y', 'y', 'z'] | make-graph a --> b with_node_id=id | "
        "graph-to-table nodes | count",
    .example_result = "3",
    .parse = parse_graph_to_table,
    .bind = bind_graph_to_table,
};

}  // namespace quarry::kql::operators
