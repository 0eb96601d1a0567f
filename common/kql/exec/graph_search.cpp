#include "common/kql/exec/graph_search.h"

#include <algorithm>
#include <limits>

namespace quarry::exec {
namespace {

constexpr std::uint32_t kUnbound = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kMatchesAtOnce = 2048;
constexpr unsigned kCheckEvery = 4096;

EdgeDirection turned(EdgeDirection direction) {
  if (direction == EdgeDirection::kAny) return direction;
  return direction == EdgeDirection::kRight ? EdgeDirection::kLeft : EdgeDirection::kRight;
}

/// One thing to do: bind the first node of a sequence, or follow an edge of the pattern.
struct Step {
  bool starts = false;
  std::size_t start = 0;  // variable
  PatternEdge edge;
  bool backwards = false;  // the sequence is walked from its end
  std::size_t sequence = 0;
};

/// A point where there is a choice. Choice 0 of an edge's point is to stop following it; the others
/// are the edges of the node.
struct Choice {
  std::size_t step = 0;
  std::uint32_t node = 0;  // where the walk stands
  std::uint32_t hops = 0;  // edges of the pattern's edge so far
  std::size_t next = 0;
  bool has_bound = false;  // the last choice bound the variable
  bool has_edge = false;   // … took an edge
  bool has_inner = false;  // … and the node became an inner one
};

class Search {
 public:
  Search(const GraphPattern& pattern, const Graph& graph, const PatternFilters& filters,
         const ExecContext& context, MatchRows& rows)
      : pattern_(pattern),
        graph_(graph),
        filters_(filters),
        context_(context),
        rows_(rows),
        share_(context.memory),
        matches_(pattern),
        bound_(pattern.node_variables, kUnbound),
        bound_in_(pattern.node_variables, 0),
        edges_(pattern.edge_variables),
        inner_(pattern.edge_variables) {
    if (pattern.cycles != Cycles::kAll) edge_used_.assign(graph.edge_count(), 0);
    if (pattern.cycles == Cycles::kNone) node_used_.assign(graph.node_count(), 0);
    for (std::size_t i = 0; i < pattern.sequences.size(); ++i)
      plan_sequence(pattern.sequences[i], i);
  }

  Result<void> run() {
    stack_.push_back(Choice{});
    while (!stack_.empty()) {
      if (++rounds_ % kCheckEvery == 0) {
        if (context_.run.cancel != nullptr && context_.run.cancel->cancelled()) return {};
        QUARRY_CHECK(share_.resize(
            stack_.capacity() *
            (sizeof(Choice) +
             2 * sizeof(std::uint32_t))));  // with cycles=all paths may grow without end
      }
      undo(stack_.back());
      const bool chosen = steps_[stack_.back().step].starts ? choose_start() : choose_edge();
      if (!chosen) stack_.pop_back();
      if (matches_.count >= kMatchesAtOnce) QUARRY_CHECK(rows_.add(matches_));
    }
    return rows_.add(matches_);
  }

 private:
  std::size_t candidates(std::size_t variable) const {
    if (planned_.size() > variable && planned_[variable]) return 1;
    const auto& filter = filters_.nodes[variable];
    return filter.empty() ? graph_.node_count()
                          : static_cast<std::size_t>(std::count(filter.begin(), filter.end(), 1));
  }

  void plan_sequence(const PatternSequence& sequence, std::size_t number) {
    planned_.resize(pattern_.node_variables, false);
    const std::size_t last = sequence.edges.empty() ? sequence.start : sequence.edges.back().to;
    const bool backwards = candidates(last) < candidates(sequence.start);
    Step start;
    start.starts = true;
    start.start = backwards ? last : sequence.start;
    start.sequence = number;
    steps_.push_back(start);
    for (std::size_t i = 0; i < sequence.edges.size(); ++i) {
      Step step;
      step.sequence = number;
      step.backwards = backwards;
      const std::size_t at = backwards ? sequence.edges.size() - 1 - i : i;
      step.edge = sequence.edges[at];
      if (backwards) {
        step.edge.direction = turned(step.edge.direction);
        step.edge.to = at == 0 ? sequence.start : sequence.edges[at - 1].to;
      }
      steps_.push_back(step);
    }
    planned_[sequence.start] = true;
    for (const PatternEdge& edge : sequence.edges) planned_[edge.to] = true;
  }

  /// Binds a variable to a node, or checks that it is bound to it. `did_bind` tells which.
  bool bind(std::size_t variable, std::uint32_t node, std::size_t sequence, bool starts,
            bool& did_bind) {
    did_bind = false;
    if (bound_[variable] != kUnbound) {
      // Coming back to a node of the same sequence is a cycle; to one of another sequence it is
      // where they meet.
      const bool cycle = !starts && bound_in_[variable] == sequence;
      return bound_[variable] == node && !(pattern_.cycles == Cycles::kNone && cycle);
    }
    if (!PatternFilters::passes(filters_.nodes[variable], node)) return false;
    if (pattern_.cycles == Cycles::kNone && node_used_[node] != 0) return false;
    bound_[variable] = node;
    bound_in_[variable] = sequence;
    use_node(node, 1);
    did_bind = true;
    return true;
  }

  void use_node(std::uint32_t node, int change) {
    if (pattern_.cycles == Cycles::kNone)
      node_used_[node] = static_cast<std::uint8_t>(node_used_[node] + change);
  }
  void use_edge(std::uint32_t edge, std::uint8_t used) {
    if (!edge_used_.empty()) edge_used_[edge] = used;
  }

  void undo(Choice& choice) {
    const Step& step = steps_[choice.step];
    const std::size_t variable = step.starts ? step.start : step.edge.to;
    if (choice.has_bound) {
      use_node(bound_[variable], -1);
      bound_[variable] = kUnbound;
    }
    if (choice.has_edge) {
      use_edge(edges_[step.edge.variable].back(), 0);
      edges_[step.edge.variable].pop_back();
    }
    if (choice.has_inner) {
      use_node(inner_[step.edge.variable].back(), -1);
      inner_[step.edge.variable].pop_back();
    }
    choice.has_bound = choice.has_edge = choice.has_inner = false;
  }

  /// On to the next step, or a match.
  void advance(std::size_t step, std::uint32_t node) {
    if (step + 1 < steps_.size())
      stack_.push_back({step + 1, node});
    else
      keep_match();
  }

  bool choose_start() {
    Choice& choice = stack_.back();
    const Step& step = steps_[choice.step];
    const bool known = bound_[step.start] != kUnbound;
    while (choice.next < (known ? 1 : graph_.node_count())) {
      const std::uint32_t node =
          known ? bound_[step.start] : static_cast<std::uint32_t>(choice.next);
      ++choice.next;
      if (!bind(step.start, node, step.sequence, true, choice.has_bound)) continue;
      advance(choice.step, node);
      return true;
    }
    return false;
  }

  bool choose_edge() {
    Choice& choice = stack_.back();
    const Step& step = steps_[choice.step];
    const PatternEdge& edge = step.edge;
    if (choice.next == 0) {
      ++choice.next;
      if (choice.hops >= edge.least &&
          bind(edge.to, choice.node, step.sequence, false, choice.has_bound)) {
        advance(choice.step, choice.node);
        return true;
      }
    }
    if (choice.hops >= edge.most) return false;
    if (choice.hops > 0 && !may_pass(choice, edge)) return false;
    const auto out = edge.direction == EdgeDirection::kLeft ? std::span<const std::uint32_t>()
                                                            : graph_.outgoing(choice.node);
    const auto in = edge.direction == EdgeDirection::kRight ? std::span<const std::uint32_t>()
                                                            : graph_.incoming(choice.node);
    while (choice.next <= out.size() + in.size()) {
      const std::size_t at = choice.next++ - 1;
      const bool outgoing = at < out.size();
      const std::uint32_t taken = outgoing ? out[at] : in[at - out.size()];
      // Without a direction an edge from a node to itself is there twice.
      if (!outgoing && !out.empty() && graph_.source[taken] == graph_.target[taken]) continue;
      if (!PatternFilters::passes(filters_.edges[edge.variable], taken)) continue;
      if (!edge_used_.empty() && edge_used_[taken] != 0) continue;
      follow(taken, outgoing ? graph_.target[taken] : graph_.source[taken]);
      return true;
    }
    return false;
  }

  /// May the node where the walk stands be one between edges?
  bool may_pass(const Choice& choice, const PatternEdge& edge) const {
    if (!PatternFilters::passes(filters_.inner[edge.variable], choice.node)) return false;
    return pattern_.cycles != Cycles::kNone || node_used_[choice.node] == 0;
  }

  void follow(std::uint32_t edge, std::uint32_t to) {
    Choice& choice = stack_.back();
    const std::size_t variable = steps_[choice.step].edge.variable;
    edges_[variable].push_back(edge);
    use_edge(edge, 1);
    choice.has_edge = true;
    if (choice.hops > 0) {
      inner_[variable].push_back(choice.node);
      use_node(choice.node, 1);
      choice.has_inner = true;
    }
    stack_.push_back({choice.step, to, choice.hops + 1});
  }

  void keep_match() {
    for (std::size_t v = 0; v < bound_.size(); ++v) matches_.nodes[v].push_back(bound_[v]);
    for (const Step& step : steps_) {
      if (step.starts) continue;
      Matches::Paths& paths = matches_.paths[step.edge.variable];
      append(edges_[step.edge.variable], step.backwards, paths.edges);
      append(inner_[step.edge.variable], step.backwards, paths.inner);
      paths.edges_end.push_back(paths.edges.size());
      paths.inner_end.push_back(paths.inner.size());
    }
    ++matches_.count;
  }

  static void append(const std::vector<std::uint32_t>& path, bool backwards,
                     std::vector<std::uint32_t>& out) {
    if (backwards)
      out.insert(out.end(), path.rbegin(), path.rend());
    else
      out.insert(out.end(), path.begin(), path.end());
  }

  const GraphPattern& pattern_;
  const Graph& graph_;
  const PatternFilters& filters_;
  const ExecContext& context_;
  MatchRows& rows_;
  MemoryShare share_;
  Matches matches_;
  std::vector<Step> steps_;
  std::vector<bool> planned_;  // node variables that earlier sequences bind
  std::vector<Choice> stack_;
  std::vector<std::uint32_t> bound_;               // node of each variable
  std::vector<std::size_t> bound_in_;              // sequence
  std::vector<std::vector<std::uint32_t>> edges_;  // of each edge variable, as walked
  std::vector<std::vector<std::uint32_t>> inner_;
  std::vector<std::uint8_t> edge_used_;
  std::vector<std::uint8_t> node_used_;
  unsigned rounds_ = 0;
};

}  // namespace

Result<void> search_graph(const GraphPattern& pattern, const Graph& graph,
                          const PatternFilters& filters, const ExecContext& context,
                          MatchRows& rows) {
  return Search(pattern, graph, filters, context, rows).run();
}

}  // namespace quarry::exec
