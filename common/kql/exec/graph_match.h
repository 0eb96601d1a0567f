// The steps that turn a graph into rows.
#pragma once

#include "common/kql/exec/graph_paths.h"
#include "common/kql/exec/graph_pattern.h"

#include <optional>

namespace quarry::exec {

/// Every match of a pattern, or the shortest ones.
class GraphMatch final : public GraphStep {
 public:
  GraphMatch(GraphPattern pattern, std::optional<ShortestPaths> shortest, GraphSlot graph)
      : pattern_(std::move(pattern)), shortest_(shortest), graph_(std::move(graph)) {}
  Result<void> finish(const ExecContext& context) override;
  std::shared_ptr<const std::vector<Batch>> batches() const { return batches_; }

 private:
  GraphPattern pattern_;
  std::optional<ShortestPaths> shortest_;
  GraphSlot graph_;
  std::optional<MatchRows> rows_;  // holds its share of the memory
  std::shared_ptr<std::vector<Batch>> batches_ = std::make_shared<std::vector<Batch>>();
};

/// Columns of the nodes or of the edges.
class GraphTable final : public GraphStep {
 public:
  enum class What : std::uint8_t { kNodes, kEdges };
  GraphTable(What what, std::vector<std::size_t> columns, GraphSlot graph)
      : what_(what), columns_(std::move(columns)), graph_(std::move(graph)) {}
  Result<void> finish(const ExecContext& context) override;
  std::shared_ptr<const std::vector<Batch>> batches() const { return batches_; }

 private:
  What what_;
  std::vector<std::size_t> columns_;
  GraphSlot graph_;
  std::shared_ptr<std::vector<Batch>> batches_ = std::make_shared<std::vector<Batch>>();
};

}  // namespace quarry::exec
