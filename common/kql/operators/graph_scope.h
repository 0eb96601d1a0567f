// What names and functions mean inside graph-match: Node.Property, Edge.Property, all(), any(),
// map(), inner_nodes(), node_degree_in() …
#pragma once

#include "common/kql/bind/expression_binder.h"
#include "common/kql/operators/nodes/graph_match_node.h"

#include <optional>
#include <string>
#include <vector>

namespace quarry::kql::operators {

class GraphScope final : public ScopeExtension {
 public:
  GraphScope(Binder& binder, GraphMatchNode& node) : binder_(binder), node_(node) {}

  std::size_t add_node(std::string name);
  std::size_t add_edge(std::string name, bool ranged);
  std::optional<std::size_t> node_variable(std::string_view name) const;
  std::optional<std::size_t> edge_variable(std::string_view name) const;
  /// For expressions over whole matches.
  RowScope rows();

  ExpressionPtr member(const syntax::Name& base, const syntax::Name& member) override;
  ExpressionPtr call(const syntax::Call& call) override;

 private:
  struct Edge {
    std::string name;
    bool ranged = false;
  };
  /// What a fold looks at: the edges of a variable, or the nodes between them.
  struct Path {
    std::size_t variable = 0;
    bool inner_nodes = false;
  };

  ExpressionPtr broken(SourceSpan span) const;
  ExpressionPtr property(const GraphElement& element, const syntax::Name& name,
                         std::string_view what);
  std::optional<Path> path_of(const syntax::Expression& written) const;
  ExpressionPtr bind_fold(const syntax::Call& call, exec::MatchColumn::Kind kind);
  ExpressionPtr add_fold(exec::MatchColumn::Kind kind, const Path& path, ExpressionPtr inner);
  ExpressionPtr bind_of_node(const syntax::Call& call);
  ExpressionPtr bind_labels(const syntax::Call& call);

  Binder& binder_;
  GraphMatchNode& node_;
  std::vector<std::string> nodes_;
  std::vector<Edge> edges_;
  std::vector<BoundColumn> none_;
  const GraphElement* inner_node_ = nullptr;  // inside a fold over inner nodes
};

}  // namespace quarry::kql::operators
