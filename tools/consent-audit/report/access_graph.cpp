#include "tools/consent-audit/report/access_graph.h"

#include <fmt/format.h>

#include <utility>

namespace quarry::consent_audit {
namespace {

constexpr std::size_t kApps = 20;
constexpr std::size_t kLabels = 15;  // of one application, in one layer

}  // namespace

AccessGraph::AccessGraph(std::string title) : known_(3) {
  graph_.title = std::move(title);
  graph_.layers = {{"Applications", {}}, {"Permissions", {}}, {"Users", {}}};
}

std::size_t AccessGraph::node(std::size_t layer, const std::string& label) {
  std::vector<std::string>& labels = graph_.layers[layer].nodes;
  const auto [found, is_new] = known_[layer].emplace(label, labels.size());
  if (is_new) labels.push_back(label);
  return found->second;
}

std::vector<std::size_t> AccessGraph::nodes(std::size_t layer,
                                            const std::set<std::string>& labels) {
  std::vector<std::size_t> numbers;
  for (const std::string& label : labels) {
    if (numbers.size() == kLabels) {
      numbers.push_back(node(layer, fmt::format("and {} more", labels.size() - kLabels)));
      break;
    }
    numbers.push_back(node(layer, label));
  }
  return numbers;
}

bool AccessGraph::add(const std::string& app, const std::set<std::string>& permissions,
                      const std::set<std::string>& users) {
  if (graph_.layers[0].nodes.size() == kApps) return false;
  const std::size_t from = node(0, app);
  const std::vector<std::size_t> given = nodes(1, permissions);
  const std::vector<std::size_t> givers = nodes(2, users);
  for (const std::size_t permission : given) {
    graph_.edges.push_back({0, from, permission});
    for (const std::size_t user : givers)
      if (drawn_.emplace(permission, user).second) graph_.edges.push_back({1, permission, user});
  }
  return true;
}

output::LayeredGraph AccessGraph::take() { return std::move(graph_); }

}  // namespace quarry::consent_audit
