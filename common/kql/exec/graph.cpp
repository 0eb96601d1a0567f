#include "common/kql/exec/graph.h"

#include "common/kql/exec/row_table.h"
#include "common/value/builder.h"

#include <limits>

namespace quarry::exec {
namespace {

constexpr std::uint32_t kNoRow = std::numeric_limits<std::uint32_t>::max();

/// Edges by one of their ends: counting sort, so the edges of a node keep their order.
void bucket(const std::vector<std::uint32_t>& node_of_edge, std::size_t nodes,
            std::vector<std::uint32_t>& begin, std::vector<std::uint32_t>& edges) {
  begin.assign(nodes + 1, 0);
  for (const std::uint32_t node : node_of_edge) ++begin[node + 1];
  for (std::size_t i = 0; i < nodes; ++i) begin[i + 1] += begin[i];
  std::vector<std::uint32_t> next(begin.begin(), begin.end() - 1);
  edges.resize(node_of_edge.size());
  for (std::uint32_t edge = 0; edge < node_of_edge.size(); ++edge)
    edges[next[node_of_edge[edge]]++] = edge;
}

/// Numbers nodes by their ids, in order of first appearance.
class NodeNumbers {
 public:
  explicit NodeNumbers(Type key) : table_({key}, sizeof(std::uint64_t)) {}

  std::vector<std::uint32_t> of(const Column& keys) {
    std::vector<std::uint32_t> result(keys.rows());
    if (keys.rows() == 0) return result;
    std::vector<std::byte*> places;
    std::vector<std::byte*> added;
    table_.find_or_add(std::span<const Column>(&keys, 1), keys.rows(), 0, places, added);
    for (std::byte* const place : added)
      *reinterpret_cast<std::uint64_t*>(table_.state(place)) = count_++;
    for (std::size_t i = 0; i < places.size(); ++i)
      result[i] =
          static_cast<std::uint32_t>(*reinterpret_cast<std::uint64_t*>(table_.state(places[i])));
    return result;
  }
  std::size_t count() const { return count_; }
  Column keys() const { return table_.key_column(0, table_.rows()); }

 private:
  RowTable table_;
  std::uint64_t count_ = 0;
};

/// Where the properties of nodes come from: for each table the row of each node.
struct NodeRows {
  std::vector<Batch> tables;
  std::vector<std::vector<std::uint32_t>> row_of_node;
};

Column property_column(const GraphPlan& plan, std::size_t property, const NodeRows& rows,
                       const Column& keys) {
  const auto builder = make_builder(plan.properties[property], keys.rows());
  for (std::size_t node = 0; node < keys.rows(); ++node) {
    bool found = false;
    bool in_table = false;
    for (std::size_t k = 0; k < plan.tables.size() && !found; ++k) {
      const std::uint32_t row =
          node < rows.row_of_node[k].size() ? rows.row_of_node[k][node] : kNoRow;
      if (row == kNoRow) continue;
      in_table = true;
      for (std::size_t column = 0; column < plan.tables[k].property_of.size() && !found; ++column) {
        if (plan.tables[k].property_of[column] != property) continue;
        const Column& cells = rows.tables[k].column(column);
        if (NullCheck(cells).is_null(row)) continue;
        builder->append_from(cells, row);
        found = true;
      }
    }
    if (found) continue;
    if (!in_table && plan.is_key[property])
      builder->append_from(keys, node);
    else
      builder->append_null();
  }
  return builder->finish();
}

}  // namespace

void Graph::link(std::size_t properties) {
  const std::size_t count = nodes.rows();
  bucket(source, count, out_begin_, out_);
  bucket(target, count, in_begin_, in_);
  ColumnBuilder<Type::kLong> in(count);
  ColumnBuilder<Type::kLong> out(count);
  for (std::uint32_t node = 0; node < count; ++node) {
    in.append(static_cast<std::int64_t>(incoming(node).size()));
    out.append(static_cast<std::int64_t>(outgoing(node).size()));
  }
  Batch full({}, count);
  for (std::size_t i = 0; i < properties; ++i) full.add(nodes.column(i));
  full.add(in.finish());
  full.add(out.finish());
  full.add(nodes.columns().back());
  nodes = std::move(full);
}

std::size_t Graph::memory() const {
  return nodes.memory() + edges.memory() +
         (source.size() + target.size() + out_.size() + in_.size() + out_begin_.size() +
          in_begin_.size()) *
             sizeof(std::uint32_t);
}

Result<void> GraphBuild::finish(const ExecContext& context) {
  QUARRY_CHECK(rows_.finish(context));
  Graph& graph = *graph_;
  Batch edges = concatenate(*rows_.batches(), plan_.edge_types);
  if (edges.rows() >= kNoRow / 2)
    return fail(ErrorCode::kQuery, "the graph has too many edges",
                "filter the edges before make-graph");
  const Type key_type = plan_.edge_types[plan_.source];
  NodeNumbers numbers(key_type);
  NodeRows rows;
  for (const NodeTable& table : plan_.tables) {
    rows.tables.push_back(concatenate(*table.batches, table.types));
    const std::vector<std::uint32_t> node_of_row = numbers.of(rows.tables.back().column(table.key));
    std::vector<std::uint32_t> row_of_node(numbers.count(), kNoRow);
    for (std::size_t row = node_of_row.size(); row-- > 0;)
      row_of_node[node_of_row[row]] = static_cast<std::uint32_t>(row);  // the first row counts
    rows.row_of_node.push_back(std::move(row_of_node));
  }
  graph.source = numbers.of(edges.column(plan_.source));
  graph.target = numbers.of(edges.column(plan_.target));
  const Column keys = numbers.keys();
  graph.nodes = Batch({}, numbers.count());
  for (std::size_t i = 0; i < plan_.properties.size(); ++i)
    graph.nodes.add(property_column(plan_, i, rows, keys));
  graph.nodes.add(keys);
  graph.edges = std::move(edges);
  graph.edges.add(graph.edges.column(plan_.source));
  graph.edges.add(graph.edges.column(plan_.target));
  graph.link(plan_.properties.size());
  MemoryShare share(context.memory);
  QUARRY_CHECK(share.resize(graph.memory()));
  shares_.push_back(std::move(share));
  return {};
}

Result<std::vector<std::uint8_t>> rows_where(const Expression& predicate, const Batch& batch,
                                             const ExecContext& context) {
  QUARRY_TRY(Evaluator evaluator, Evaluator::make(predicate, context.run));
  const Column result = evaluator.evaluate(batch);
  const Cells<Type::kBool> cells(result);
  std::vector<std::uint8_t> kept(batch.rows());
  for (std::size_t i = 0; i < kept.size(); ++i)
    kept[i] = !cells.is_null(i) && cells[i] != 0 ? 1 : 0;
  return kept;
}

Result<void> GraphFilter::finish(const ExecContext& context) {
  const Graph& from = *from_;
  std::vector<std::uint8_t> nodes(from.node_count(), 1);
  std::vector<std::uint8_t> edges(from.edge_count(), 1);
  if (what_ == What::kNodes) {
    QUARRY_TRY(nodes, rows_where(predicate_, from.nodes, context));
  } else {
    QUARRY_TRY(edges, rows_where(predicate_, from.edges, context));
  }
  const auto kept_nodes = std::make_shared<std::vector<std::uint32_t>>();
  std::vector<std::uint32_t> number(from.node_count(), kNoRow);
  for (std::uint32_t node = 0; node < nodes.size(); ++node) {
    if (nodes[node] == 0) continue;
    number[node] = static_cast<std::uint32_t>(kept_nodes->size());
    kept_nodes->push_back(node);
  }
  const auto kept_edges = std::make_shared<std::vector<std::uint32_t>>();
  Graph& to = *to_;
  to.source.clear();
  to.target.clear();
  for (std::uint32_t edge = 0; edge < edges.size(); ++edge) {
    if (edges[edge] == 0 || nodes[from.source[edge]] == 0 || nodes[from.target[edge]] == 0)
      continue;
    kept_edges->push_back(edge);
    to.source.push_back(number[from.source[edge]]);
    to.target.push_back(number[from.target[edge]]);
  }
  to.nodes = from.nodes.selected(kept_nodes);
  to.edges = from.edges.selected(kept_edges);
  to.link(properties_);
  return {};
}

}  // namespace quarry::exec
