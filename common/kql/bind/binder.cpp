#include "common/kql/bind/binder.h"

#include "common/base/suggest.h"
#include "common/base/wildcard.h"
#include "common/kql/bind/expression_binder.h"
#include "common/kql/bind/name_hints.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace quarry::kql {
namespace {

const BoundColumn* exact(const std::vector<BoundColumn>& columns, std::string_view name) {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const BoundColumn& column) { return column.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

/// Behind these operators only the columns that they name are left, whatever the table holds (or
/// they say themselves what is).
bool chooses_columns(std::string_view op) {
  static constexpr std::string_view kChoosing[]{"project",
                                                "project-keep",
                                                "project-by-names",
                                                "summarize",
                                                "distinct",
                                                "count",
                                                "getschema",
                                                "make-series",
                                                "sample-distinct",
                                                "top-nested",
                                                "top-hitters",
                                                "invoke",
                                                "partition",
                                                "fork",
                                                "facet",
                                                "consume",
                                                "reduce",
                                                "make-graph",
                                                "graph-match",
                                                "graph-shortest-paths",
                                                "graph-to-table",
                                                "macro-expand"};
  return std::find(std::begin(kChoosing), std::end(kChoosing), op) != std::end(kChoosing);
}

/// A long literal that an int parameter may be given.
bool is_int_constant(const Expression& value) {
  if (value.kind != Expression::Kind::kLiteral || value.type != Type::kLong ||
      value.literal.is_null())
    return false;
  return std::in_range<std::int32_t>(value.literal.get<std::int64_t>());
}

}  // namespace

Binder::Binder(const BinderContext& context)
    : context_(context),
      library_(std::make_unique<LetScope>(context.functions)),
      lets_(std::make_unique<LetScope>(library_.get())),
      scope_(lets_.get()) {}
Binder::~Binder() = default;

void Binder::error(SourceSpan span, std::string message, std::string hint) {
  if (muted_) return;
  context_.diagnostics.error(DiagnosticClass::kSemantic, span, std::move(message), std::move(hint));
}

void Binder::warning(SourceSpan span, std::string message, std::string hint) {
  context_.diagnostics.warning(DiagnosticClass::kSemantic, span, std::move(message),
                               std::move(hint));
}

const BoundColumn* Binder::find_column(const std::vector<BoundColumn>& columns,
                                       std::string_view name) const {
  if (const BoundColumn* const found = exact(columns, name)) return found;
  if (name == "TimeGenerated") return exact(columns, "Timestamp");
  if (name == "Timestamp") return exact(columns, "TimeGenerated");
  return nullptr;
}

const BoundColumn* Binder::find_or_take(const PlanNode& input, std::string_view name) {
  if (const BoundColumn* const found = find_column(input.columns, name)) return found;
  if (!input.open || !context_.schemas_only || name.empty()) return nullptr;
  const auto known = taken_.find(name);
  if (known != taken_.end()) return &known->second;
  return &taken_.emplace(name, new_column(std::string(name), Type::kDynamic)).first->second;
}

const BoundColumn* Binder::column(const PlanNode& input, const syntax::Name& name) {
  if (const BoundColumn* const found = find_column(input.columns, name.name)) return found;
  if (name.name.empty()) return nullptr;  // a syntax error, reported
  unknown_column(input.columns, name.name, name.span);
  return nullptr;
}

void Binder::unknown_column(const std::vector<BoundColumn>& columns, std::string_view name,
                            SourceSpan span) {
  std::vector<std::string> names;
  for (const BoundColumn& column : columns) names.push_back(column.name);
  const auto near = nearest(name, names);
  std::string hint = near ? fmt::format("did you mean '{}'?", *near) : std::string();
  if (const std::string empty = context_.tables.empty_input(); columns.empty() && !empty.empty())
    hint = empty_input_hint(empty);
  else if (!near && context_.tables.may_miss_columns())
    hint = "the inputs were sampled in part: --sample all finds columns that come late";
  error(span, fmt::format("unknown column '{}'", name), std::move(hint));
}

std::vector<BoundColumn> Binder::columns_like(const PlanNode& input, const syntax::Name& name) {
  std::vector<BoundColumn> result;
  if (!name.wildcard) {
    if (const BoundColumn* const found = column(input, name)) result.push_back(*found);
    return result;
  }
  for (const BoundColumn& column : input.columns) {
    if (fits_wildcard(name.name, column.name)) result.push_back(column);
  }
  return result;
}

ExpressionPtr Binder::bind(const syntax::Expression& expression, const RowScope& scope) {
  return ExpressionBinder(*this, scope).bind(expression);
}

ExpressionPtr Binder::bind_as(const syntax::Expression& expression, const RowScope& scope,
                              Type wanted, std::string_view what) {
  ExpressionPtr bound = bind(expression, scope);
  if (wanted == Type::kInt && is_int_constant(*bound))
    return make_literal(Scalar::of(static_cast<std::int32_t>(bound->literal.get<std::int64_t>())),
                        bound->span);
  if (!conversion_cost(bound->type, wanted)) {
    error(expression.span, fmt::format("{} must be of type {}, not {}", what, name_of(wanted),
                                       name_of(bound->type)));
    return make_literal(Scalar::null(Type::kUnknown), expression.span);
  }
  return convert(bound, wanted, context_.run);
}

ExpressionPtr Binder::bind_predicate(const syntax::Expression& expression, const RowScope& scope) {
  if (names_a_literal(expression)) {
    error(expression.span, "'=' gives a name, it does not compare", "compare with ==");
    return make_literal(Scalar::null(Type::kUnknown), expression.span);
  }
  ExpressionPtr bound = bind(expression, scope);
  // `where n`: any number but 0 is true, null is not.
  if (is_numeric(bound->type))
    return ExpressionBinder(*this, scope).call("tobool", {bound}, expression.span, expression.span);
  if (!conversion_cost(bound->type, Type::kBool)) {
    error(expression.span,
          fmt::format("a predicate must be of type bool, not {}", name_of(bound->type)));
    return make_literal(Scalar::null(Type::kUnknown), expression.span);
  }
  return convert(bound, Type::kBool, context_.run);
}

std::optional<Scalar> Binder::constant(const syntax::Expression& expression, Type wanted,
                                       std::string_view what) {
  const ExpressionPtr bound = bind_as(expression, RowScope::none(), wanted, what);
  if (bound->type == Type::kUnknown) return std::nullopt;
  if (bound->kind == Expression::Kind::kLiteral) return bound->literal;
  if (!checking() || !is_unknown_constant(*bound))
    error(expression.span, fmt::format("{} must be a constant", what));
  return std::nullopt;
}

PlanNodePtr Binder::project(PlanNodePtr input, const std::vector<NamedValue>& given) {
  std::vector<NamedValue> values = given;
  input = compute_shared(std::move(input), values);
  auto node = std::make_unique<ProjectNode>();
  node->span = input->span;
  for (const NamedValue& value : values) node->expressions.push_back(value.value);
  input = lift_windows(std::move(input), node->expressions);
  ColumnSet used;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Expression& value = *node->expressions[i];
    const bool passes = value.kind == Expression::Kind::kColumn && used.insert(value.column).second;
    node->columns.push_back({passes ? value.column : next_id_++, values[i].name, value.type});
  }
  node->inputs.push_back(std::move(input));
  return node;
}

PlanNodePtr Binder::filter(PlanNodePtr input, const ExpressionPtr& predicate) {
  if (predicate->type == Type::kUnknown) return input;
  auto node = std::make_unique<FilterNode>();
  node->span = predicate->span;
  node->columns = input->columns;
  split_conjunction(predicate, node->conjuncts);
  input = lift_windows(std::move(input), node->conjuncts);
  const bool lifted =
      input->kind == NodeKind::kWindow && input->columns.size() > node->columns.size();
  const std::vector<BoundColumn> shown = std::exchange(node->columns, input->columns);
  node->inputs.push_back(std::move(input));
  if (!lifted) return node;
  std::vector<NamedValue> values;
  for (const BoundColumn& column : shown)
    values.push_back({column.name, make_column(column), {}, true});
  return project(std::move(node), values);
}

PlanNodePtr Binder::rows(std::string label, std::shared_ptr<const std::vector<Batch>> batches,
                         const Schema& schema) {
  auto node = std::make_unique<RowsNode>();
  node->label = std::move(label);
  node->batches = std::move(batches);
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    node->columns.push_back(new_column(schema.columns[i].name, schema.columns[i].type));
    node->source_columns.push_back(i);
  }
  return node;
}

PlanNodePtr Binder::with_fresh_ids(PlanNodePtr input) {
  auto node = std::make_unique<ProjectNode>();
  for (const BoundColumn& column : input->columns) {
    node->columns.push_back(new_column(column.name, column.type));
    node->expressions.push_back(make_column(column));
  }
  node->inputs.push_back(std::move(input));
  return node;
}

std::shared_ptr<const std::vector<Batch>> Binder::run_now(PlanNodePtr plan, SourceSpan span) {
  if (plan == nullptr || checking() || context_.diagnostics.has_query_errors()) return nullptr;
  auto result = context_.runner->run(std::move(plan));
  if (result) return *result;
  // A data error keeps its own place; a query error gets that of the sub-query.
  context_.diagnostics.add(result.error().where() || result.error().code() != ErrorCode::kQuery
                               ? result.error()
                               : Error(result.error()).at(span),
                           DiagnosticClass::kSemantic);
  return nullptr;
}

bool Binder::is_cancelled() const {
  return context_.run.cancel != nullptr && context_.run.cancel->cancelled();
}

PlanNodePtr Binder::scan(const TableInfo& table, SourceSpan span) {
  auto node = std::make_unique<ScanNode>();
  node->span = span;
  node->table = table.name;
  node->open = table.open;
  for (std::size_t i = 0; i < table.schema.columns.size(); ++i) {
    node->columns.push_back(new_column(table.schema.columns[i].name, table.schema.columns[i].type));
    node->source_columns.push_back(i);
  }
  return node;
}

PlanNodePtr Binder::bind_operators(PlanNodePtr input,
                                   const std::vector<syntax::OperatorNode*>& operators) {
  for (const syntax::OperatorNode* node : operators) {
    if (node->syntax == nullptr || is_cancelled()) return nullptr;  // unknown: reported
    const auto binding =
        std::find_if(context_.operators.begin(), context_.operators.end(),
                     [&](const OperatorBinding& each) { return each.syntax == node->syntax; });
    if (input == nullptr && !node->syntax->may_start) return nullptr;
    if (input != nullptr && input->is_graph && !node->syntax->name.starts_with("graph-")) {
      error(node->keyword, fmt::format("{} takes a table, not a graph", node->syntax->name),
            "make the graph a table first: graph-match, graph-shortest-paths, graph-to-table");
      return nullptr;
    }
    const bool open = input != nullptr && input->open && !chooses_columns(node->syntax->name);
    const bool muted = std::exchange(muted_, muted_ || node->broken);
    input = binding->bind(*this, *node, std::move(input));
    muted_ = muted;
    if (input == nullptr) return nullptr;
    input->open = input->open || open;
    if (input->span.length == 0) input->span = node->span;
  }
  return input;
}

void Binder::define_table(const std::string& name,
                          std::shared_ptr<const std::vector<Batch>> table_rows,
                          const std::vector<BoundColumn>& columns) {
  LetValue value;
  value.kind = LetValue::Kind::kTable;
  value.rows = std::move(table_rows);
  value.row_columns = columns;
  scope_->define(name, std::move(value));
}

}  // namespace quarry::kql
