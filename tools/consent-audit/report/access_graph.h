// The graph of a case: applications, what they were given, who gave it.
#pragma once

#include "common/output/chart/chart.h"

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace quarry::consent_audit {

class AccessGraph {
 public:
  explicit AccessGraph(std::string title);
  /// False once there are more applications than anyone could follow. Of permissions and users the
  /// first few are drawn, the rest as one node.
  bool add(const std::string& app, const std::set<std::string>& permissions,
           const std::set<std::string>& users);
  output::LayeredGraph take();

 private:
  std::size_t node(std::size_t layer, const std::string& label);
  std::vector<std::size_t> nodes(std::size_t layer, const std::set<std::string>& labels);

  output::LayeredGraph graph_;
  std::vector<std::map<std::string, std::size_t>> known_;
  std::set<std::pair<std::size_t, std::size_t>> drawn_;  // edges of the second layer
};

}  // namespace quarry::consent_audit
