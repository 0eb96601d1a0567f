#include "common/kql/operators/graph_scope.h"

#include "common/base/suggest.h"
#include "common/kql/bind/type_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace quarry::kql::operators {
namespace {

using Kind = exec::MatchColumn::Kind;

std::optional<std::size_t> place_of(std::string_view name, const std::vector<std::string>& names) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (name.empty() || found == names.end()) return std::nullopt;
  return static_cast<std::size_t>(found - names.begin());
}

}  // namespace

std::size_t GraphScope::add_node(std::string name) {
  nodes_.push_back(std::move(name));
  return nodes_.size() - 1;
}

std::size_t GraphScope::add_edge(std::string name, bool ranged) {
  edges_.push_back({std::move(name), ranged});
  return edges_.size() - 1;
}

std::optional<std::size_t> GraphScope::node_variable(std::string_view name) const {
  return place_of(name, nodes_);
}

std::optional<std::size_t> GraphScope::edge_variable(std::string_view name) const {
  const auto found = std::find_if(edges_.begin(), edges_.end(),
                                  [&](const Edge& edge) { return edge.name == name; });
  if (name.empty() || found == edges_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - edges_.begin());
}

RowScope GraphScope::rows() {
  RowScope scope;
  scope.columns = &none_;
  scope.extension = this;
  return scope;
}

ExpressionPtr GraphScope::broken(SourceSpan span) const {
  return make_literal(Scalar::null(Type::kUnknown), span);
}

ExpressionPtr GraphScope::property(const GraphElement& element, const syntax::Name& name,
                                   std::string_view what) {
  if (const BoundColumn* const column = binder_.find_column(element.properties, name.name))
    return make_column(*column, name.span);
  std::vector<std::string> names;
  for (const BoundColumn& column : element.properties) names.push_back(column.name);
  const auto near = nearest(name.name, names);
  binder_.error(name.span, fmt::format("{} have no property '{}'", what, name.name),
                near ? fmt::format("did you mean '{}'?", *near)
                : what == "nodes" && names.empty()
                    ? "make-graph … with Nodes on Id, or with_node_id=Name"
                    : std::string());
  return broken(name.span);
}

ExpressionPtr GraphScope::member(const syntax::Name& base, const syntax::Name& member) {
  if (const auto node = node_variable(base.name))
    return property(node_.node_elements[*node], member, "nodes");
  const auto edge = edge_variable(base.name);
  if (!edge) return nullptr;
  ExpressionPtr value = property(node_.edge_elements[*edge], member, "edges");
  if (!edges_[*edge].ranged || value->type == Type::kUnknown) return value;
  return add_fold(Kind::kMap, {*edge, false}, std::move(value));  // one value for each edge
}

ExpressionPtr GraphScope::call(const syntax::Call& call) {
  if (call.name == "map") return bind_fold(call, Kind::kMap);
  if (call.name == "all") return bind_fold(call, Kind::kAll);
  if (call.name == "any") return bind_fold(call, Kind::kAny);
  if (call.name == "node_degree_in" || call.name == "node_degree_out" || call.name == "node_id")
    return bind_of_node(call);
  if (call.name == "labels") return bind_labels(call);
  if (call.name != "inner_nodes") return nullptr;
  binder_.error(call.name_span, "inner_nodes() stands inside all(), any() and map()",
                "map(inner_nodes(Edge), Property)");
  return broken(call.span);
}

std::optional<GraphScope::Path> GraphScope::path_of(const syntax::Expression& written) const {
  const syntax::Expression* name = &written;
  Path path;
  if (written.kind == syntax::ExpressionKind::kCall) {
    const auto& call = static_cast<const syntax::Call&>(written);
    if (call.name != "inner_nodes" || call.arguments.size() != 1) return std::nullopt;
    path.inner_nodes = true;
    name = call.arguments[0];
  }
  if (name->kind != syntax::ExpressionKind::kName) return std::nullopt;
  const auto edge = edge_variable(static_cast<const syntax::Name&>(*name).name);
  if (!edge) return std::nullopt;
  path.variable = *edge;
  return path;
}

ExpressionPtr GraphScope::bind_fold(const syntax::Call& call, Kind kind) {
  if (call.arguments.size() != 2) {
    binder_.error(
        call.name_span,
        fmt::format("{} takes an edge of the pattern (or inner_nodes of one) and an expression",
                    call.name));
    return broken(call.span);
  }
  const auto path = path_of(*call.arguments[0]);
  if (!path) {
    binder_.error(call.arguments[0]->span,
                  "expected the name of an edge in the pattern, or inner_nodes(Edge)");
    return broken(call.span);
  }
  const GraphElement& element = path->inner_nodes ? node_.inner_elements[path->variable]
                                                  : node_.edge_elements[path->variable];
  RowScope scope;
  scope.columns = &element.properties;
  scope.extension = this;
  const GraphElement* const outer =
      std::exchange(inner_node_, path->inner_nodes ? &element : nullptr);
  ExpressionPtr inner = kind == Kind::kMap ? binder_.bind(*call.arguments[1], scope)
                                           : binder_.bind_predicate(*call.arguments[1], scope);
  inner_node_ = outer;
  if (inner->type == Type::kUnknown) return broken(call.span);
  return add_fold(kind, *path, std::move(inner));
}

ExpressionPtr GraphScope::add_fold(Kind kind, const Path& path, ExpressionPtr inner) {
  MatchFold fold;
  fold.kind = kind;
  fold.variable = path.variable;
  fold.inner_nodes = path.inner_nodes;
  fold.inner =
      kind == Kind::kMap ? convert(inner, Type::kDynamic, binder_.run_context()) : std::move(inner);
  const std::string_view name = kind == Kind::kMap ? "map" : kind == Kind::kAll ? "all" : "any";
  fold.column =
      binder_.new_column(fmt::format("{}({})", name, to_text(*fold.inner)),
                         kind == Kind::kMap ? Type::kDynamic : Type::kBool);  // for explain
  node_.folds.push_back(fold);
  return make_column(fold.column);
}

ExpressionPtr GraphScope::bind_of_node(const syntax::Call& call) {
  const GraphElement* element = nullptr;
  if (call.arguments.empty()) {
    element = inner_node_;
  } else if (call.arguments.size() == 1 &&
             call.arguments[0]->kind == syntax::ExpressionKind::kName) {
    const auto node = node_variable(static_cast<const syntax::Name&>(*call.arguments[0]).name);
    if (node) element = &node_.node_elements[*node];
  }
  if (element == nullptr) {
    binder_.error(call.name_span,
                  fmt::format("{} takes the name of a node in the pattern", call.name),
                  "without one it stands inside map(inner_nodes(Edge), …)");
    return broken(call.span);
  }
  if (call.name == "node_degree_in")
    return make_column(element->extras[exec::GraphColumns::kDegreeIn], call.span);
  if (call.name == "node_degree_out")
    return make_column(element->extras[exec::GraphColumns::kDegreeOut], call.span);
  const ExpressionPtr key = make_column(element->extras[exec::GraphColumns::kKey], call.span);
  if (key->type == Type::kString) return key;
  return ExpressionBinder(binder_, RowScope::none())
      .call("tostring", {key}, call.span, call.name_span);
}

/// Graphs that make-graph builds have no labels.
ExpressionPtr GraphScope::bind_labels(const syntax::Call& call) {
  return make_literal(Scalar::dynamic("[]"), call.span);
}

}  // namespace quarry::kql::operators
