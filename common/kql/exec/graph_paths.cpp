#include "common/kql/exec/graph_paths.h"

#include <algorithm>
#include <limits>
#include <unordered_map>

namespace quarry::exec {
namespace {

constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kMatchesAtOnce = 2048;
constexpr unsigned kCheckEvery = 4096;
constexpr std::size_t kStateBytes = 128;  // a state, an arrival, its entry in the index

/// How a state was reached: from which state, over which edge (none: a node variable was bound).
struct Arrival {
  std::uint32_t from = kNone;
  std::uint32_t edge = kNone;
};

struct State {
  std::uint32_t step = 0;  // edges of the pattern done; the next is edges[step]
  std::uint32_t hops = 0;  // of that edge
  std::uint32_t node = 0;
  std::uint32_t distance = 0;
  std::vector<Arrival> arrivals;
};

struct StateKey {
  std::uint64_t place;
  std::uint32_t node;
  bool operator==(const StateKey&) const = default;
};
struct StateKeyHash {
  std::size_t operator()(const StateKey& key) const {
    return static_cast<std::size_t>((key.place * 0x9e3779b97f4a7c15ULL) ^
                                    (std::uint64_t{key.node} * 0xd6e8feb86659fd93ULL));
  }
};

class PathSearch {
 public:
  PathSearch(const GraphPattern& pattern, ShortestPaths which, const Graph& graph,
             const PatternFilters& filters, const ExecContext& context, MatchRows& rows)
      : pattern_(pattern),
        sequence_(pattern.sequences.front()),
        which_(which),
        graph_(graph),
        filters_(filters),
        context_(context),
        rows_(rows),
        share_(context.memory),
        matches_(pattern) {}

  Result<void> from(std::uint32_t start) {
    if (!PatternFilters::passes(filters_.nodes[sequence_.start], start)) return {};
    states_.clear();
    known_.clear();
    reached_.clear();
    start_ = start;
    arrive(0, 0, start, 0, {});
    for (std::uint32_t begin = 0; begin < states_.size();) {
      // States from `begin` on are equally far. Binding adds states at the same distance, following
      // edges those of the next.
      std::uint32_t end = begin;
      for (; end < states_.size(); ++end) bind_next(end);
      for (std::uint32_t index = begin; index < end; ++index) extend(index);
      begin = end;
      if (context_.run.cancel != nullptr && context_.run.cancel->cancelled()) return {};
      QUARRY_CHECK(share_.resize(states_.size() * kStateBytes));
    }
    return keep_paths();
  }

  Result<void> end() { return rows_.add(matches_); }

 private:
  std::uint32_t steps() const { return static_cast<std::uint32_t>(sequence_.edges.size()); }

  /// Hops beyond the least number share a place.
  std::uint64_t place(std::uint32_t step, std::uint32_t hops) const {
    const std::uint32_t counted =
        step < steps() ? std::min(hops, std::max<std::uint32_t>(sequence_.edges[step].least, 1))
                       : 0;
    return (std::uint64_t{step} << 32) | counted;
  }

  void arrive(std::uint32_t step, std::uint32_t hops, std::uint32_t node, std::uint32_t distance,
              Arrival arrival) {
    const auto [found, is_new] = known_.try_emplace(StateKey{place(step, hops), node},
                                                    static_cast<std::uint32_t>(states_.size()));
    if (is_new) {
      states_.push_back({step, hops, node, distance, {arrival}});
      return;
    }
    State& state = states_[found->second];
    if (state.distance == distance && which_ == ShortestPaths::kAll)
      state.arrivals.push_back(arrival);
  }

  const std::vector<std::uint8_t>& filter_of(std::uint32_t step) const {
    return filters_.nodes[sequence_.edges[step].to];
  }

  /// The pattern's edge may end here: the state behind it, at the same distance.
  void bind_next(std::uint32_t index) {
    const State state = {
        states_[index].step, states_[index].hops, states_[index].node, states_[index].distance, {}};
    if (state.step == steps()) {
      reached_.push_back(index);
      return;
    }
    const PatternEdge& edge = sequence_.edges[state.step];
    if (state.hops < edge.least || !PatternFilters::passes(filter_of(state.step), state.node))
      return;
    if (edge.to == sequence_.start && state.node != start_) return;
    arrive(state.step + 1, 0, state.node, state.distance, {index, kNone});
  }

  void extend(std::uint32_t index) {
    const State state = {
        states_[index].step, states_[index].hops, states_[index].node, states_[index].distance, {}};
    if (state.step == steps()) return;
    const PatternEdge& edge = sequence_.edges[state.step];
    if (state.hops >= edge.most) return;
    if (state.hops > 0 && !PatternFilters::passes(filters_.inner[edge.variable], state.node))
      return;
    const auto follow = [&](std::uint32_t taken, std::uint32_t to) {
      if (PatternFilters::passes(filters_.edges[edge.variable], taken))
        arrive(state.step, state.hops + 1, to, state.distance + 1, {index, taken});
    };
    if (edge.direction != EdgeDirection::kLeft) {
      for (const std::uint32_t taken : graph_.outgoing(state.node))
        follow(taken, graph_.target[taken]);
    }
    if (edge.direction == EdgeDirection::kRight) return;
    for (const std::uint32_t taken : graph_.incoming(state.node)) {
      if (edge.direction == EdgeDirection::kAny && graph_.source[taken] == graph_.target[taken])
        continue;
      follow(taken, graph_.source[taken]);
    }
  }

  Result<void> keep_paths() {
    for (const std::uint32_t index : reached_) {
      // Depth-first back through the arrivals; each choice of arrivals is a path.
      std::vector<std::pair<std::uint32_t, std::size_t>> way{{index, 0}};
      bool kept = false;
      while (!way.empty() && !(kept && which_ == ShortestPaths::kAny)) {
        if (++rounds_ % kCheckEvery == 0 && context_.run.cancel != nullptr &&
            context_.run.cancel->cancelled())
          return {};
        auto& [state, next] = way.back();
        if (next >= states_[state].arrivals.size()) {
          way.pop_back();
          continue;
        }
        const Arrival arrival = states_[state].arrivals[next++];
        if (arrival.from != kNone) {
          way.emplace_back(arrival.from, 0);
          continue;
        }
        kept = keep(way) || kept;
        if (matches_.count >= kMatchesAtOnce) QUARRY_CHECK(rows_.add(matches_));
      }
    }
    return {};
  }

  /// `way` leads from the last state back to the first; the arrival that each one took is the one
  /// before its `next`.
  bool keep(const std::vector<std::pair<std::uint32_t, std::size_t>>& way) {
    std::vector<std::uint32_t> nodes(pattern_.node_variables, kNone);
    std::vector<std::vector<std::uint32_t>> edges(pattern_.edge_variables);
    std::vector<std::vector<std::uint32_t>> inner(pattern_.edge_variables);
    std::vector<std::uint32_t> used;
    nodes[sequence_.start] = start_;
    for (std::size_t i = way.size(); i-- > 0;) {
      const State& state = states_[way[i].first];
      const Arrival& arrival = state.arrivals[way[i].second - 1];
      if (arrival.from == kNone) continue;
      if (arrival.edge == kNone) {
        std::uint32_t& bound = nodes[sequence_.edges[state.step - 1].to];
        if (bound != kNone && bound != state.node) return false;
        bound = state.node;
        continue;
      }
      const std::size_t variable = sequence_.edges[state.step].variable;
      if (!edges[variable].empty()) inner[variable].push_back(states_[arrival.from].node);
      edges[variable].push_back(arrival.edge);
      used.push_back(arrival.edge);
    }
    std::sort(used.begin(), used.end());
    if (std::adjacent_find(used.begin(), used.end()) != used.end()) return false;
    for (std::size_t v = 0; v < nodes.size(); ++v) matches_.nodes[v].push_back(nodes[v]);
    for (std::size_t v = 0; v < edges.size(); ++v) {
      Matches::Paths& paths = matches_.paths[v];
      paths.edges.insert(paths.edges.end(), edges[v].begin(), edges[v].end());
      paths.inner.insert(paths.inner.end(), inner[v].begin(), inner[v].end());
      paths.edges_end.push_back(paths.edges.size());
      paths.inner_end.push_back(paths.inner.size());
    }
    ++matches_.count;
    return true;
  }

  const GraphPattern& pattern_;
  const PatternSequence& sequence_;
  ShortestPaths which_;
  const Graph& graph_;
  const PatternFilters& filters_;
  const ExecContext& context_;
  MatchRows& rows_;
  MemoryShare share_;
  Matches matches_;
  std::vector<State> states_;  // in order of distance
  std::unordered_map<StateKey, std::uint32_t, StateKeyHash> known_;
  std::vector<std::uint32_t> reached_;  // states at the end of the pattern
  std::uint32_t start_ = 0;
  unsigned rounds_ = 0;
};

}  // namespace

Result<void> search_paths(const GraphPattern& pattern, ShortestPaths which, const Graph& graph,
                          const PatternFilters& filters, const ExecContext& context,
                          MatchRows& rows) {
  PathSearch search(pattern, which, graph, filters, context, rows);
  for (std::uint32_t start = 0; start < graph.node_count(); ++start) {
    if (context.run.cancel != nullptr && context.run.cancel->cancelled()) return {};
    QUARRY_CHECK(search.from(start));
  }
  return search.end();
}

}  // namespace quarry::exec
