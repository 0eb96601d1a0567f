// Functions that give several columns: series_stats(x), series_fit_line(x), array_sort_asc(a, b) …
// Their kernel gives one array a row; each column is an element of it. KQL: they stand where
// columns are named, or with an index: array_sort_asc(a, b)[1].
#include "common/kql/bind/expression_binder.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::kql {
namespace {

/// The expression with one of its parts, told by identity, replaced.
ExpressionPtr replaced(const ExpressionPtr& expression, const ExpressionPtr& part,
                       const ExpressionPtr& by) {
  if (expression == part) return by;
  if (expression->arguments.empty()) return expression;
  auto result = std::make_shared<Expression>(*expression);
  for (ExpressionPtr& argument : result->arguments) argument = replaced(argument, part, by);
  return result;
}

bool contains(const ExpressionPtr& expression, const ExpressionPtr& part) {
  if (expression == part) return true;
  return std::any_of(expression->arguments.begin(), expression->arguments.end(),
                     [&](const ExpressionPtr& argument) { return contains(argument, part); });
}

/// "series_stats_x_min"; parts that have no name are left out.
std::string joined(std::string_view function, const std::string& argument,
                   std::string_view column) {
  return argument.empty() ? fmt::format("{}_{}", function, column)
                          : fmt::format("{}_{}_{}", function, argument, column);
}

}  // namespace

const FunctionDef* ExpressionBinder::several_columns(const syntax::Expression& expression) const {
  if (expression.kind != syntax::ExpressionKind::kCall) return nullptr;
  const std::string& name = static_cast<const syntax::Call&>(expression).name;
  if (const LetValue* const let = binder_.scope_->find(name);
      let != nullptr && let->kind == LetValue::Kind::kFunction)
    return nullptr;
  const FunctionDef* const def = FunctionRegistry::built_in().scalar(name);
  return def == nullptr || def->shape == ResultShape::kOne ? nullptr : def;
}

ExpressionBinder::Columns ExpressionBinder::bind_columns(const syntax::Call& node,
                                                         const FunctionDef& def) {
  const std::vector<ExpressionPtr> arguments = bind_arguments(node);
  Columns result;
  result.all = call(node.name, arguments, node.span, node.name_span);
  const auto argument_name = [&](std::size_t i) {
    return i < node.arguments.size() ? binder_.implicit_name(*node.arguments[i], nullptr)
                                     : std::string();
  };
  const auto element = [&](std::size_t i, Type type) {
    if (result.all->type == Type::kUnknown) return result.all;
    return convert(
        call("__element", {result.all, make_literal(Scalar::of(static_cast<std::int64_t>(i)))},
             node.span, node.span),
        type, binder_.run_context());
  };
  if (def.shape == ResultShape::kColumns) {
    for (std::size_t i = 0; i < def.columns.size(); ++i) {
      result.parts.push_back({joined(def.name, argument_name(0), def.columns[i].name),
                              element(i, def.columns[i].type), node.span, false, result.all});
    }
    return result;
  }
  const auto arrays = static_cast<std::size_t>(std::count_if(
      arguments.begin(), arguments.end(),
      [](const ExpressionPtr& argument) { return argument->type == Type::kDynamic; }));
  for (std::size_t i = 0; i < std::max<std::size_t>(arrays, 1); ++i) {
    const std::string name = argument_name(i);
    result.parts.push_back({name.empty() ? fmt::format("array{}_sorted", i) : name + "_sorted",
                            arrays > 1 ? element(i, Type::kDynamic) : result.all, node.span, false,
                            arrays > 1 ? result.all : nullptr});
  }
  return result;
}

ExpressionPtr ExpressionBinder::bind_only_column(const syntax::Call& node, const FunctionDef& def) {
  const Columns columns = bind_columns(node, def);
  if (columns.parts.size() == 1 || columns.all->type == Type::kUnknown)
    return columns.parts[0].value;
  binder_.error(node.name_span,
                fmt::format("{} gives {} columns, not one value", def.name, columns.parts.size()),
                fmt::format("name them first: extend (a, b) = {}( … ), or take one: {}( … )[0]",
                            def.name, def.name));
  return broken(node.span);
}

ExpressionPtr ExpressionBinder::bind_nth_column(const syntax::Element& element,
                                                const FunctionDef& def) {
  const Columns columns = bind_columns(static_cast<const syntax::Call&>(*element.base), def);
  const ExpressionPtr index = bind(*element.index);
  if (columns.all->type == Type::kUnknown || index->type == Type::kUnknown)
    return broken(element.span);
  if (columns.parts.size() == 1)
    return call("__element", {columns.parts[0].value, index}, element.span, element.span);
  const bool integer = index->kind == Expression::Kind::kLiteral && is_integer(index->type) &&
                       !index->literal.is_null();
  const std::int64_t number = !integer                    ? -1
                              : index->type == Type::kInt ? index->literal.get<std::int32_t>()
                                                          : index->literal.get<std::int64_t>();
  if (number < 0 || number >= static_cast<std::int64_t>(columns.parts.size())) {
    binder_.error(element.index->span,
                  fmt::format("{} gives columns 0 to {}: a constant number among them is expected",
                              def.name, columns.parts.size() - 1));
    return broken(element.span);
  }
  return columns.parts[static_cast<std::size_t>(number)].value;
}

std::optional<std::vector<NamedValue>> Binder::result_columns(const syntax::Expression& expression,
                                                              const RowScope& scope) {
  ExpressionBinder binder(*this, scope);
  const FunctionDef* const def = binder.several_columns(expression);
  if (def == nullptr) return std::nullopt;
  return binder.bind_columns(static_cast<const syntax::Call&>(expression), *def).parts;
}

/// KQL: `x = f()` names the first column only, as (x) = f() does.
void Binder::give_names(const syntax::Named& named, std::vector<NamedValue>& columns,
                        MoreColumns more) {
  if (named.names.size() > columns.size()) {
    error(named.names[columns.size()]->span,
          columns.size() == 1
              ? "only a function that gives several columns can have several names here"
              : fmt::format("the function gives {} columns, not {}", columns.size(),
                            named.names.size()));
  }
  if (more == MoreColumns::kDrop && columns.size() > named.names.size())
    columns.resize(named.names.size());
  for (std::size_t i = 0; i < std::min(columns.size(), named.names.size()); ++i) {
    columns[i].name = named.names[i]->name;
    columns[i].named = true;
    columns[i].span = named.span;
  }
}

/// Calls that several of the values are parts of become columns of a projection below, so that each
/// runs once a row.
PlanNodePtr Binder::compute_shared(PlanNodePtr input, std::vector<NamedValue>& values) {
  std::vector<std::pair<ExpressionPtr, BoundColumn>> shared;  // the parts of a call stand together
  for (const NamedValue& value : values) {
    if (value.shared == nullptr || value.shared->kind != Expression::Kind::kCall ||
        !contains(value.value, value.shared))
      continue;
    if (shared.empty() || shared.back().first != value.shared)
      shared.emplace_back(value.shared, new_column("", Type::kDynamic));
  }
  if (shared.empty()) return input;
  auto below = std::make_unique<ProjectNode>();
  below->span = input->span;
  below->columns = input->columns;
  for (const BoundColumn& column : input->columns)
    below->expressions.push_back(make_column(column));
  for (const auto& [call, column] : shared) {
    below->columns.push_back(column);
    below->expressions.push_back(call);
  }
  for (NamedValue& value : values) {
    const auto found = std::find_if(shared.begin(), shared.end(),
                                    [&](const auto& each) { return each.first == value.shared; });
    if (found != shared.end())
      value.value = replaced(value.value, found->first, make_column(found->second));
  }
  below->inputs.push_back(std::move(input));
  return below;
}

}  // namespace quarry::kql
