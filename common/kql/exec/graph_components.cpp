#include "common/kql/exec/graph_components.h"

#include "common/value/builder.h"

#include <algorithm>
#include <limits>

namespace quarry::exec {
namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

/// Gives the components new numbers in order of their first nodes.
std::vector<std::uint32_t> by_first_node(std::vector<std::uint32_t> component) {
  std::vector<std::uint32_t> number(component.size(), kNone);
  std::uint32_t next = 0;
  for (std::uint32_t& each : component) {
    if (number[each] == kNone) number[each] = next++;
    each = number[each];
  }
  return component;
}

std::uint32_t root_of(std::vector<std::uint32_t>& parent, std::uint32_t node) {
  while (parent[node] != node) {
    parent[node] = parent[parent[node]];
    node = parent[node];
  }
  return node;
}

class Tarjan {
 public:
  explicit Tarjan(const Graph& graph)
      : graph_(graph),
        index_(graph.node_count(), kNone),
        low_(graph.node_count(), 0),
        component_(graph.node_count(), kNone) {}

  std::vector<std::uint32_t> run() {
    for (std::uint32_t node = 0; node < graph_.node_count(); ++node) {
      if (index_[node] == kNone) from(node);
    }
    return std::move(component_);
  }

 private:
  struct Visit {
    std::uint32_t node;
    std::size_t next = 0;  // edge to follow
  };

  void enter(std::uint32_t node) {
    index_[node] = low_[node] = next_index_++;
    open_.push_back(node);
    visits_.push_back({node});
  }

  void from(std::uint32_t start) {
    enter(start);
    while (!visits_.empty()) {
      Visit& visit = visits_.back();
      const auto edges = graph_.outgoing(visit.node);
      if (visit.next < edges.size()) {
        const std::uint32_t other = graph_.target[edges[visit.next++]];
        if (index_[other] == kNone)
          enter(other);
        else if (component_[other] == kNone)
          low_[visit.node] = std::min(low_[visit.node], index_[other]);
        continue;
      }
      leave(visit.node);
    }
  }

  void leave(std::uint32_t node) {
    visits_.pop_back();
    if (!visits_.empty())
      low_[visits_.back().node] = std::min(low_[visits_.back().node], low_[node]);
    if (low_[node] != index_[node]) return;
    while (true) {
      const std::uint32_t member = open_.back();
      open_.pop_back();
      component_[member] = node;  // any number will do: they are renumbered
      if (member == node) return;
    }
  }

  const Graph& graph_;
  std::vector<std::uint32_t> index_;
  std::vector<std::uint32_t> low_;
  std::vector<std::uint32_t> component_;
  std::vector<std::uint32_t> open_;
  std::vector<Visit> visits_;
  std::uint32_t next_index_ = 0;
};

}  // namespace

std::vector<std::uint32_t> weak_components(const Graph& graph) {
  std::vector<std::uint32_t> parent(graph.node_count());
  for (std::uint32_t node = 0; node < parent.size(); ++node) parent[node] = node;
  for (std::size_t edge = 0; edge < graph.edge_count(); ++edge) {
    const std::uint32_t a = root_of(parent, graph.source[edge]);
    const std::uint32_t b = root_of(parent, graph.target[edge]);
    parent[std::max(a, b)] = std::min(a, b);
  }
  for (std::uint32_t node = 0; node < parent.size(); ++node) parent[node] = root_of(parent, node);
  return by_first_node(std::move(parent));
}

std::vector<std::uint32_t> strong_components(const Graph& graph) {
  return by_first_node(Tarjan(graph).run());
}

Result<void> GraphMark::finish(const ExecContext&) {
  const std::vector<std::uint32_t> component =
      kind_ == ComponentKind::kStrong ? strong_components(*from_) : weak_components(*from_);
  ColumnBuilder<Type::kLong> marks(component.size());
  for (const std::uint32_t each : component) marks.append(static_cast<std::int64_t>(each));
  Graph& to = *to_;
  to = *from_;
  Batch nodes({}, from_->node_count());
  for (std::size_t i = 0; i < from_->nodes.column_count(); ++i) {
    if (i == properties_) nodes.add(marks.finish());
    nodes.add(from_->nodes.column(i));
  }
  to.nodes = std::move(nodes);
  return {};
}

}  // namespace quarry::exec
