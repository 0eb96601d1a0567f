// Finds circles of includes by depth-first search, once over files and once over rooms. A circle is
// reported at the file or room where the search closed it, with the whole way round.
#include "tests/architecture/checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace quarry::architecture {
namespace {

using Graph = std::map<std::string, std::set<std::string>>;

class CircleSearch {
 public:
  explicit CircleSearch(const Graph& graph) : graph_(graph) {}

  Findings run() {
    for (const auto& [node, targets] : graph_) visit(node);
    return std::move(findings_);
  }

 private:
  void visit(const std::string& node) {
    if (done_.contains(node)) return;
    const auto start = std::find(way_.begin(), way_.end(), node);
    if (start != way_.end()) {
      findings_.push_back({node, 0,
                           fmt::format("circle of includes: {} -> {}",
                                       fmt::join(start, way_.end(), " -> "), node)});
      return;
    }
    const auto found = graph_.find(node);
    if (found == graph_.end()) return;
    way_.push_back(node);
    for (const std::string& target : found->second) visit(target);
    way_.pop_back();
    done_.insert(node);
  }

  const Graph& graph_;
  std::vector<std::string> way_;
  std::set<std::string> done_;
  Findings findings_;
};

}  // namespace

Findings check_cycles(const House& house, const SourceTree& tree) {
  Graph files;
  Graph rooms;
  for (const auto& [path, file] : tree) {
    const std::string room = house.room_of(path);
    for (const Include& include : file.includes) {
      if (include.angled) continue;
      files[path].insert(include.header);
      const std::string target = house.room_of(include.header);
      if (!room.empty() && !target.empty() && target != room) rooms[room].insert(target);
    }
  }
  Findings findings = CircleSearch(files).run();
  for (Finding& finding : CircleSearch(rooms).run()) findings.push_back(std::move(finding));
  return findings;
}

}  // namespace quarry::architecture
