#include "common/kql/operators/graph_pattern.h"

#include "common/kql/operators/column_names.h"
#include "common/kql/operators/graph_scope.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace quarry::kql::operators {
namespace {

using syntax::TokenKind;

syntax::Expression* parse_bound(syntax::Parser& parser) {
  if (!parser.at(TokenKind::kLong)) return parser.parse_name("a number of edges, as in *1..3");
  auto* const literal = parser.make<syntax::Literal>();
  const syntax::Token number = parser.next();
  literal->literal = syntax::LiteralKind::kLong;
  literal->integer = number.integer;
  literal->span = number.span;
  return literal;
}

syntax::Name* parse_node(syntax::Parser& parser) {
  if (!parser.expect(TokenKind::kOpenParen, "'(' and a node")) return nullptr;
  syntax::Name* const name =
      parser.at(TokenKind::kCloseParen) ? nullptr : parser.parse_name("a name for the node");
  parser.expect(TokenKind::kCloseParen, "')'");
  return name;
}

EdgeSyntax parse_edge(syntax::Parser& parser) {
  EdgeSyntax edge;
  edge.span = parser.peek().span;
  const bool left = parser.accept(TokenKind::kLess);
  parser.expect(TokenKind::kMinus, "'-' and an edge");
  if (parser.accept(TokenKind::kOpenBracket)) {
    if (parser.at(TokenKind::kName)) edge.name = parser.parse_name("a name for the edge");
    if (parser.accept(TokenKind::kStar)) {
      edge.ranged = true;
      edge.least = edge.most = parse_bound(parser);
      if (parser.accept(TokenKind::kDotDot)) edge.most = parse_bound(parser);
    }
    parser.expect(TokenKind::kCloseBracket, "']'");
  }
  parser.expect(TokenKind::kMinus, "'-'");
  const bool right = parser.accept(TokenKind::kGreater);
  edge.span = parser.span_from(edge.span);
  if (left && right)
    parser.error(edge.span, "an edge points one way: <-- or -->", "-- is an edge of any direction");
  if (left != right)
    edge.direction = left ? exec::EdgeDirection::kLeft : exec::EdgeDirection::kRight;
  return edge;
}

SequenceSyntax parse_sequence(syntax::Parser& parser) {
  SequenceSyntax sequence;
  sequence.nodes.push_back(parse_node(parser));
  while (parser.at(TokenKind::kMinus) || parser.at(TokenKind::kLess)) {
    sequence.edges.push_back(parse_edge(parser));
    sequence.nodes.push_back(parse_node(parser));
  }
  return sequence;
}

/// Finds the variables of a pattern and gives them numbers.
class PatternBinder {
 public:
  PatternBinder(Binder& binder, const GraphNode& graph, GraphMatchNode& node, GraphScope& scope)
      : binder_(binder), graph_(graph), node_(node), scope_(scope) {}

  bool bind(const std::vector<SequenceSyntax>& sequences) {
    for (const SequenceSyntax& written : sequences) {
      exec::PatternSequence sequence;
      sequence.start = node_variable(written.nodes[0]);
      for (std::size_t i = 0; i < written.edges.size(); ++i)
        sequence.edges.push_back(bind_edge(written.edges[i], written.nodes[i + 1]));
      node_.sequences.push_back(std::move(sequence));
    }
    return sound_;
  }

 private:
  std::size_t node_variable(const syntax::Name* name) {
    if (name != nullptr) {
      if (const auto known = scope_.node_variable(name->name)) return *known;
      if (scope_.edge_variable(name->name)) clash(*name);
    }
    node_.node_elements.push_back(GraphElement::of(binder_, graph_.node_columns, graph_.key_type));
    return scope_.add_node(name == nullptr ? std::string() : name->name);
  }

  exec::PatternEdge bind_edge(const EdgeSyntax& written, const syntax::Name* to) {
    exec::PatternEdge edge;
    edge.direction = written.direction;
    edge.ranged = written.ranged;
    if (written.ranged) {
      edge.least = bound(*written.least);
      edge.most = bound(*written.most);
      if (edge.most < edge.least) {
        binder_.error(
            written.span,
            fmt::format("no number of edges lies between {} and {}", edge.least, edge.most),
            "the smaller number comes first: *1..3");
        sound_ = false;
      }
    }
    const std::string name = written.name == nullptr ? std::string() : written.name->name;
    if (!name.empty() && (scope_.edge_variable(name) || scope_.node_variable(name)))
      clash(*written.name);
    node_.edge_elements.push_back(GraphElement::of(binder_, graph_.edge_columns, Type::kUnknown));
    node_.inner_elements.push_back(GraphElement::of(binder_, graph_.node_columns, graph_.key_type));
    edge.variable = scope_.add_edge(name, written.ranged);
    edge.to = node_variable(to);
    return edge;
  }

  std::uint32_t bound(const syntax::Expression& written) {
    const auto value = binder_.constant(written, Type::kLong, "the number of edges");
    if (!value || value->is_null()) return 1;  // reported, or not known while checking
    const std::int64_t number = value->get<std::int64_t>();
    if (number < 0 || number > std::numeric_limits<std::int32_t>::max()) {
      binder_.error(written.span, "the number of edges must be 0 or more, and below 2^31");
      sound_ = false;
      return 1;
    }
    return static_cast<std::uint32_t>(number);
  }

  void clash(const syntax::Name& name) {
    binder_.error(name.span,
                  fmt::format("'{}' is the name of another part of the pattern", name.name),
                  "only nodes may stand in several places");
    sound_ = false;
  }

  Binder& binder_;
  const GraphNode& graph_;
  GraphMatchNode& node_;
  GraphScope& scope_;
  bool sound_ = true;
};

bool reads_only(const Expression& expression, const GraphElement& element) {
  ColumnSet read;
  collect_columns(expression, read);
  return !read.empty() &&
         std::all_of(read.begin(), read.end(), [&](ColumnId id) { return element.has(id); });
}

void also(Binder& binder, ExpressionPtr& filter, const ExpressionPtr& more) {
  filter = filter == nullptr
               ? more
               : ExpressionBinder(binder, RowScope::none()).binary("and", filter, more, more->span);
}

/// Conjuncts about one node, one edge, or all parts of a path are decided while searching; the
/// others over whole matches.
void place_conjunct(Binder& binder, const ExpressionPtr& conjunct, GraphMatchNode& node) {
  for (std::size_t v = 0; v < node.node_elements.size(); ++v) {
    if (reads_only(*conjunct, node.node_elements[v]))
      return also(binder, node.node_filters[v], conjunct);
  }
  for (std::size_t v = 0; v < node.edge_elements.size(); ++v) {
    if (reads_only(*conjunct, node.edge_elements[v]))
      return also(binder, node.edge_filters[v], conjunct);
  }
  if (conjunct->kind == Expression::Kind::kColumn) {
    const auto fold =
        std::find_if(node.folds.begin(), node.folds.end(),
                     [&](const MatchFold& each) { return each.column.id == conjunct->column; });
    if (fold != node.folds.end() && fold->kind == exec::MatchColumn::Kind::kAll) {
      const GraphElement& element = fold->inner_nodes ? node.inner_elements[fold->variable]
                                                      : node.edge_elements[fold->variable];
      auto& filters = fold->inner_nodes ? node.inner_filters : node.edge_filters;
      if (reads_only(*fold->inner, element))
        return also(binder, filters[fold->variable], fold->inner);
    }
  }
  also(binder, node.predicate, conjunct);
}

}  // namespace

void parse_graph_match(syntax::Parser& parser, GraphMatchSyntax& match) {
  do match.sequences.push_back(parse_sequence(parser));
  while (parser.accept(TokenKind::kComma));
  if (parser.accept_keyword("where")) match.predicate = parser.parse_expression();
  if (parser.expect_keyword("project")) match.output = parser.parse_named_list();
}

std::unique_ptr<GraphMatchNode> bind_graph_match(Binder& binder, const GraphMatchSyntax& match,
                                                 PlanNodePtr graph_node) {
  const GraphNode* const graph = as_graph(*graph_node);
  if (graph == nullptr) {
    binder.error(match.keyword, fmt::format("{} needs a graph", match.syntax->name),
                 "Edges | make-graph Source --> Target | …");
    return nullptr;
  }
  auto node = std::make_unique<GraphMatchNode>();
  GraphScope scope(binder, *node);
  if (!PatternBinder(binder, *graph, *node, scope).bind(match.sequences)) return nullptr;
  node->node_filters.resize(node->node_elements.size());
  node->edge_filters.resize(node->edge_elements.size());
  node->inner_filters.resize(node->edge_elements.size());
  if (match.predicate != nullptr) {
    const ExpressionPtr predicate = binder.bind_predicate(*match.predicate, scope.rows());
    if (predicate->type == Type::kUnknown) return nullptr;
    std::vector<ExpressionPtr> conjuncts;
    split_conjunction(predicate, conjuncts);
    for (const ExpressionPtr& conjunct : conjuncts) place_conjunct(binder, conjunct, *node);
  }
  std::vector<NamedValue> values = binder.bind_named_list(match.output, scope.rows());
  for (std::size_t i = 0; i < values.size() && values.size() == match.output.size(); ++i) {
    const syntax::Expression& written = *match.output[i];
    if (values[i].named || written.kind != syntax::ExpressionKind::kCall) continue;
    const std::string& name = static_cast<const syntax::Call&>(written).name;
    if (name.starts_with("node_"))
      values[i].name = name;  // Kusto names these columns after the function
  }
  make_names_unique(binder, values);
  for (const NamedValue& value : values) {
    if (value.value->type == Type::kUnknown) return nullptr;
    node->columns.push_back(binder.new_column(value.name, value.value->type));
    node->output.push_back(value.value);
  }
  node->inputs.push_back(std::move(graph_node));
  return node;
}

}  // namespace quarry::kql::operators
