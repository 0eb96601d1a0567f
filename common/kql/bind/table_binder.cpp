// Tabular expressions: tables, lets, tabular functions, pipelines, datatable, materialize.
#include "common/base/suggest.h"
#include "common/base/text.h"
#include "common/kql/bind/binder.h"
#include "common/kql/bind/expression_binder.h"
#include "common/kql/bind/name_hints.h"
#include "common/kql/bind/scope_switch.h"
#include "common/value/builder.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::kql {
namespace {

constexpr std::string_view kWatchlist = "_GetWatchlist";
constexpr std::string_view kWatchlistAliases = "_GetWatchlistAlias";

bool is_table_function(std::string_view name) {
  return name == "materialize" || name == "table" || name == "view" || name == kWatchlist ||
         name == kWatchlistAliases;
}

Schema schema_of(const std::vector<BoundColumn>& columns) {
  Schema schema;
  for (const BoundColumn& column : columns) schema.columns.push_back({column.name, column.type});
  return schema;
}

/// `workspace('x').T`, `cluster('c').database('d').T`: the table's name.
const syntax::Name* last_member(const syntax::Path& path) {
  return path.member->kind == syntax::ExpressionKind::kName
             ? &static_cast<const syntax::Name&>(*path.member)
             : nullptr;
}

/// Tables of a named service, database or entity (macro-expand) are looked for here.
bool is_elsewhere(const syntax::Expression& base, const LetScope& scope) {
  if (base.kind == syntax::ExpressionKind::kPath)
    return is_elsewhere(*static_cast<const syntax::Path&>(base).base, scope);
  if (base.kind == syntax::ExpressionKind::kName) {
    const LetValue* const let = scope.find(static_cast<const syntax::Name&>(base).name);
    return let != nullptr && let->kind == LetValue::Kind::kEntity;
  }
  if (base.kind != syntax::ExpressionKind::kCall) return false;
  const std::string& name = static_cast<const syntax::Call&>(base).name;
  return name == "workspace" || name == "app" || name == "cluster" || name == "database" ||
         name == "resource";
}

const syntax::Expression* result_of(const syntax::LetFunctionStatement& function) {
  const syntax::Expression* result = nullptr;
  for (const syntax::Statement* statement : function.body) {
    if (statement->kind == syntax::StatementKind::kExpression)
      result = static_cast<const syntax::ExpressionStatement*>(statement)->value;
  }
  return result;
}

/// May it be called by its name alone? Then every parameter has a value without one.
bool needs_arguments(const syntax::LetFunctionStatement& function) {
  return std::any_of(function.parameters.begin(), function.parameters.end(),
                     [](const syntax::FunctionParameter& parameter) {
                       return parameter.is_table || parameter.default_value == nullptr;
                     });
}

}  // namespace

bool Binder::is_tabular(const syntax::Expression& expression) const {
  switch (expression.kind) {
    case syntax::ExpressionKind::kPipeline:
    case syntax::ExpressionKind::kDatatable:
    case syntax::ExpressionKind::kExternalData:
      return true;
    case syntax::ExpressionKind::kNamed:
      return is_tabular(*static_cast<const syntax::Named&>(expression).value);
    case syntax::ExpressionKind::kPath: {
      const auto& path = static_cast<const syntax::Path&>(expression);
      const syntax::Name* const name = last_member(path);
      return is_elsewhere(*path.base, *scope_) && (name == nullptr || !name->name.starts_with('$'));
    }
    case syntax::ExpressionKind::kName: {
      const auto& name = static_cast<const syntax::Name&>(expression);
      if (const LetValue* const let = scope_->find(name.name)) {
        if (let->kind != LetValue::Kind::kFunction) return let->kind == LetValue::Kind::kTable;
        return !needs_arguments(*let->function) && has_tabular_result(*let->function, *let->home);
      }
      if (name.wildcard) return true;
      return context_.tables.knows(name.name);
    }
    case syntax::ExpressionKind::kCall: {
      const auto& call = static_cast<const syntax::Call&>(expression);
      if (const LetValue* const let = scope_->find(call.name);
          let != nullptr && let->kind == LetValue::Kind::kFunction) {
        return has_tabular_result(*let->function, *let->home);
      }
      return is_table_function(call.name);
    }
    default:
      return false;
  }
}

/// Judged by the form of the body's last expression; names inside are looked up where the function
/// was defined.
bool Binder::has_tabular_result(const syntax::LetFunctionStatement& function,
                                const LetScope& home) const {
  const syntax::Expression* const result = result_of(function);
  return result != nullptr && is_tabular_inside(*result, function, home, 0);
}

/// An expression in the body of a function, where its parameters and lets hide the names outside.
bool Binder::is_tabular_inside(const syntax::Expression& result,
                               const syntax::LetFunctionStatement& function, const LetScope& home,
                               int depth) const {
  const bool is_name = result.kind == syntax::ExpressionKind::kName;
  if (depth > ScopeSwitch::kDeepest) return false;  // a circle, which its binding reports
  if (!is_name && result.kind != syntax::ExpressionKind::kCall) return is_tabular(result);
  const std::string& name = is_name ? static_cast<const syntax::Name&>(result).name
                                    : static_cast<const syntax::Call&>(result).name;
  for (const syntax::FunctionParameter& parameter : function.parameters) {
    if (is_name && parameter.name == name) return parameter.is_table;
  }
  for (const syntax::Statement* statement : function.body) {
    if (statement->kind == syntax::StatementKind::kLet) {
      const auto& let = static_cast<const syntax::LetStatement&>(*statement);
      if (let.name == name)
        return let.value != &result && is_tabular_inside(*let.value, function, home, depth + 1);
    }
    if (statement->kind != syntax::StatementKind::kLetFunction) continue;
    const auto& inner = static_cast<const syntax::LetFunctionStatement&>(*statement);
    if (inner.name != name) continue;
    const syntax::Expression* const inner_result = result_of(inner);
    return inner_result != nullptr && is_tabular_inside(*inner_result, inner, home, depth + 1);
  }
  const LetValue* const let = home.find(name);
  if (let == nullptr) return is_tabular(result);
  if (let->kind != LetValue::Kind::kFunction) return let->kind == LetValue::Kind::kTable;
  const syntax::Expression* const outer_result = result_of(*let->function);
  return outer_result != nullptr &&
         is_tabular_inside(*outer_result, *let->function, *let->home, depth + 1);
}

PlanNodePtr Binder::unknown_table(std::string_view name, SourceSpan span) {
  std::vector<std::string> names = context_.tables.names();
  scope_->collect_names(names);
  scope_->collect_library_names(names);
  const auto near = nearest(name, names);
  std::string hint = near ? fmt::format("did you mean '{}'?", *near)
                          : fmt::format("give its file: --table {}=FILE", name);
  if (!near && text::iequals_ascii(name, "help")) hint = "hq --help shows how hq is used";
  error(span, fmt::format("unknown table '{}'", name), std::move(hint));
  return nullptr;
}

PlanNodePtr Binder::bind_table(const syntax::Expression& expression) {
  switch (expression.kind) {
    case syntax::ExpressionKind::kError:
      return nullptr;
    case syntax::ExpressionKind::kNamed:
      return bind_table(*static_cast<const syntax::Named&>(expression).value);
    case syntax::ExpressionKind::kName:
      return bind_named_table(static_cast<const syntax::Name&>(expression));
    case syntax::ExpressionKind::kCall:
      return bind_table_call(static_cast<const syntax::Call&>(expression));
    case syntax::ExpressionKind::kDatatable:
      return bind_datatable(static_cast<const syntax::Datatable&>(expression));
    case syntax::ExpressionKind::kExternalData:
      return bind_external_data(static_cast<const syntax::ExternalData&>(expression));
    case syntax::ExpressionKind::kPath: {
      const auto& path = static_cast<const syntax::Path&>(expression);
      const syntax::Name* const name = last_member(path);
      if (name != nullptr && is_elsewhere(*path.base, *scope_)) return bind_named_table(*name);
      break;
    }
    case syntax::ExpressionKind::kPipeline: {
      const auto& pipeline = static_cast<const syntax::Pipeline&>(expression);
      PlanNodePtr input;
      if (pipeline.source != nullptr) {
        input = bind_table(*pipeline.source);
        if (input == nullptr) return nullptr;
      } else if (pipeline.operators.empty() || pipeline.operators.front()->syntax == nullptr ||
                 !pipeline.operators.front()->syntax->may_start) {
        const auto everything = context_.tables.everything();
        if (!everything) {
          context_.diagnostics.add(everything.error(), DiagnosticClass::kData);
          return nullptr;
        }
        if (*everything == nullptr) {
          error({expression.span.start, 0},
                "the query begins with an operator, but there is no input to read",
                "name a table, or give a file");
          return nullptr;
        }
        input = scan(**everything, expression.span);
      }
      return bind_operators(std::move(input), pipeline.operators);
    }
    default:
      break;
  }
  error(expression.span, "expected a table");
  return nullptr;
}

PlanNodePtr Binder::bind_optional_table(const syntax::Expression& expression) {
  context_.tables.optional_tables(++optional_depth_ > 0);
  PlanNodePtr table = bind_table(expression);
  context_.tables.optional_tables(--optional_depth_ > 0);
  return table;
}

PlanNodePtr Binder::bind_named_table(const syntax::Name& name) {
  if (name.name.empty()) return nullptr;
  if (name.wildcard) return bind_wildcard(name);
  if (name.name == kWatchlistAliases) return bind_watchlist_aliases();
  if (const LetValue* const let = scope_->find(name.name))
    return bind_let_table(*let, name.name, name.span);
  const auto table = context_.tables.find(name.name);
  if (!table) {
    context_.diagnostics.add(table.error(), DiagnosticClass::kData);
    return nullptr;
  }
  if (*table == nullptr) return unknown_table(name.name, name.span);
  return scan(**table, name.span);
}

PlanNodePtr Binder::bind_let_table(const LetValue& value, std::string_view name, SourceSpan span) {
  switch (value.kind) {
    case LetValue::Kind::kBroken:
      return nullptr;
    case LetValue::Kind::kScalar:
      error(span, fmt::format("'{}' is a value, not a table", name));
      return nullptr;
    case LetValue::Kind::kEntity:
      error(span, fmt::format("'{}' is a group of databases, not a table", name),
            fmt::format("{}.Table", name));
      return nullptr;
    case LetValue::Kind::kFunction: {
      if (needs_arguments(*value.function)) {
        error(span, fmt::format("the function '{}' needs its arguments", name));
        return nullptr;
      }
      syntax::Call call;  // a view may be named without parentheses, ASIM's parsers are
      call.name = std::string(name);
      call.span = call.name_span = span;
      return bind_table_function(call, value);
    }
    case LetValue::Kind::kTable:
      break;
  }
  if (value.table == nullptr || value.schema_known) {
    PlanNodePtr known =
        rows(std::string(name),
             value.rows != nullptr ? value.rows : std::make_shared<std::vector<Batch>>(),
             schema_of(value.row_columns));
    known->open = value.open;
    return known;
  }
  if (call_depth_ > ScopeSwitch::kDeepest) {
    error(span, "lets refer to each other too deeply");
    return nullptr;
  }
  LetScope* const outer = std::exchange(scope_, value.home);
  ++call_depth_;
  PlanNodePtr table = bind_table(*value.table);
  --call_depth_;
  scope_ = outer;
  return table;
}

PlanNodePtr Binder::bind_table_call(const syntax::Call& call) {
  if (const LetValue* const let = scope_->find(call.name)) {
    if (let->kind == LetValue::Kind::kFunction) return bind_table_function(call, *let);
    return bind_let_table(*let, call.name, call.span);
  }
  if (call.name == "materialize") return bind_materialize(call);
  if (call.name == "table" && !call.arguments.empty()) {
    const auto name = constant(*call.arguments[0], Type::kString, "the name of a table");
    if (!name) return nullptr;
    syntax::Name written;
    written.name = name->get<std::string>();
    written.span = call.arguments[0]->span;
    return bind_named_table(written);
  }
  if (call.name == kWatchlist) return bind_watchlist(call);
  if (call.name == kWatchlistAliases) return bind_watchlist_aliases();
  if (const std::string_view reason = never_here(call.name); !reason.empty()) {
    error(call.name_span, fmt::format("{} cannot be used here: {}", call.name, reason));
    return nullptr;
  }
  error(call.name_span, fmt::format("unknown table function '{}'", call.name),
        call_hint(call.name).empty()
            ? std::string()
            : fmt::format("a query begins with a table: | extend x = {}( … ), or print {}( … )",
                          call.name, call.name));
  return nullptr;
}

PlanNodePtr Binder::bind_table_function(const syntax::Call& call, const LetValue& value) {
  const ScopeSwitch inside(*this, value.home, call.span, value.function);
  if (!inside.entered() ||
      !define_arguments(call, *value.function, RowScope::none(), inside.scope()))
    return nullptr;
  inside.enter();
  const syntax::Expression* const result = bind_names_of(*value.function);
  return result == nullptr ? nullptr : bind_table(*result);
}

/// Positional and named arguments, defaults, tables by their columns.
bool Binder::define_arguments(const syntax::Call& call,
                              const syntax::LetFunctionStatement& function, const RowScope& scope,
                              LetScope& inner) {
  if (call.arguments.size() > function.parameters.size()) {
    error(call.name_span, fmt::format("{} takes {} arguments, not {}", function.name,
                                      function.parameters.size(), call.arguments.size()));
    return false;
  }
  for (std::size_t i = 0; i < function.parameters.size(); ++i) {
    const syntax::FunctionParameter& parameter = function.parameters[i];
    const syntax::Expression* argument = nullptr;
    for (std::size_t k = 0; k < call.arguments.size(); ++k) {
      const syntax::Expression* const given = call.arguments[k];
      const bool named = given->kind == syntax::ExpressionKind::kNamed;
      if (named && static_cast<const syntax::Named*>(given)->names.front()->name == parameter.name)
        argument = static_cast<const syntax::Named*>(given)->value;
      if (!named && k == i) argument = given;
    }
    LetValue value;
    if (parameter.is_table) {
      if (argument == nullptr) {
        error(call.name_span,
              fmt::format("{} needs a table for '{}'", function.name, parameter.name));
        return false;
      }
      value.kind = LetValue::Kind::kTable;
      value.table = argument;
      value.home = scope_;
      inner.define(parameter.name, std::move(value));
      continue;
    }
    const syntax::Expression* const source =
        argument != nullptr ? argument : parameter.default_value;
    if (source == nullptr) {
      error(call.name_span,
            fmt::format("{} needs a value for '{}'", function.name, parameter.name));
      return false;
    }
    value.kind = LetValue::Kind::kScalar;
    value.scalar = bind_argument(*source, scope, parameter);
    if (value.scalar->type == Type::kUnknown) value.kind = LetValue::Kind::kBroken;
    inner.define(parameter.name, std::move(value));
  }
  return true;
}

/// KQL: a long that is given for an int is made one.
ExpressionPtr Binder::bind_argument(const syntax::Expression& written, const RowScope& scope,
                                    const syntax::FunctionParameter& parameter) {
  const Type type = parse_type(parameter.type_name).value_or(Type::kString);
  if (type == Type::kInt) {
    const ExpressionPtr given = bind(written, scope);
    if (given->type == Type::kLong)
      return ExpressionBinder(*this, scope).call("toint", {given}, written.span, written.span);
  }
  return bind_as(written, scope, type, fmt::format("argument '{}'", parameter.name));
}

PlanNodePtr Binder::bind_materialize(const syntax::Call& call) {
  if (call.arguments.empty()) {
    error(call.name_span, "materialize takes a table");
    return nullptr;
  }
  PlanNodePtr table = bind_table(*call.arguments[0]);
  if (table != nullptr && table->is_graph) {
    error(call.span, "materialize takes a table, not a graph",
          "materialize the tables that make-graph takes");
    return nullptr;
  }
  if (table == nullptr || checking()) return table;
  const Schema schema = schema_of(table->columns);
  auto batches = run_now(std::move(table), call.span);
  if (batches == nullptr) return nullptr;
  return rows("materialize", std::move(batches), schema);
}

PlanNodePtr Binder::bind_datatable(const syntax::Datatable& table) {
  Schema schema;
  for (const syntax::ColumnDeclaration& column : table.columns)
    schema.columns.push_back({column.name, parse_type(column.type_name).value_or(Type::kString)});
  const std::size_t width = schema.columns.size();
  if (width == 0) {
    if (!context_.diagnostics.has_errors()) error(table.span, "datatable has no column");
    return nullptr;
  }
  if (table.values.size() % width != 0) {
    error(table.span, fmt::format("datatable has {} values, which do not fill rows of {} columns",
                                  table.values.size(), width));
    return nullptr;
  }
  std::vector<std::unique_ptr<AnyBuilder>> builders;
  for (const ColumnSchema& column : schema.columns)
    builders.push_back(make_builder(column.type, table.values.size() / width));
  for (std::size_t i = 0; i < table.values.size(); ++i) {
    const Type type = schema.columns[i % width].type;
    const ExpressionPtr value = bind(*table.values[i], RowScope::none());
    const bool literal = value->kind == Expression::Kind::kLiteral;
    if (value->type != Type::kUnknown && !literal && !is_unknown_constant(*value))
      error(table.values[i]->span, "values of datatable must be constants");
    AnyBuilder& builder = *builders[i % width];
    const ExpressionPtr cell =
        literal && value->type != Type::kUnknown ? datatable_cell(value, type) : nullptr;
    if (cell != nullptr && cell->kind == Expression::Kind::kLiteral && !cell->literal.is_null())
      builder.append_from(cell->literal.as_column(1), 0);
    else
      builder.append_null();
  }
  std::vector<Column> columns;
  for (auto& builder : builders) columns.push_back(builder->finish());
  auto batches = std::make_shared<std::vector<Batch>>();
  if (!table.values.empty())
    batches->push_back(Batch(std::move(columns), table.values.size() / width));
  return rows("datatable", std::move(batches), schema);
}

PlanNodePtr Binder::bind_external_data(const syntax::ExternalData& data) {
  ExternalTable wanted;
  for (const syntax::ColumnDeclaration& column : data.columns)
    wanted.schema.columns.push_back(
        {column.name, parse_type(column.type_name).value_or(Type::kString)});
  for (const syntax::Expression* source : data.sources) {
    const auto address = constant(*source, Type::kString, "the address of external data");
    if (address && !address->is_null()) wanted.sources.push_back(address->get<std::string>());
  }
  for (const syntax::OperatorParameter& parameter : data.parameters) {
    if (parameter.value == nullptr) continue;
    const bool skips = text::iequals_ascii(parameter.name, "ignoreFirstRecord");
    if (skips) {
      const auto value = constant(*parameter.value, Type::kBool, "ignoreFirstRecord");
      wanted.skip_first = value && !value->is_null() && value->get<bool>();
    } else if (text::iequals_ascii(parameter.name, "format")) {
      // A bare word is a name to the parser: format = csv.
      if (parameter.value->kind == syntax::ExpressionKind::kName) {
        wanted.format = static_cast<const syntax::Name&>(*parameter.value).name;
      } else if (const auto value =
                     constant(*parameter.value, Type::kString, "the format of external data");
                 value && !value->is_null()) {
        wanted.format = value->get<std::string>();
      }
    }
  }
  if (wanted.schema.columns.empty()) {
    if (!context_.diagnostics.has_errors()) error(data.span, "externaldata has no column");
    return nullptr;
  }
  const auto table = context_.tables.external(wanted);
  if (table) return scan(**table, data.span);
  if (table.error().code() == ErrorCode::kUsage)
    error(data.span, table.error().message(), table.error().hint());
  else
    context_.diagnostics.add(table.error(), DiagnosticClass::kData);
  return nullptr;
}

/// datatable converts its values as the cast functions do; what does not convert is null.
ExpressionPtr Binder::datatable_cell(const ExpressionPtr& value, Type type) {
  if (value->type == type || value->literal.is_null() || conversion_cost(value->type, type))
    return convert(value, type, context_.run);
  if (type == Type::kDynamic) return value;
  static constexpr std::string_view kCasts[]{"",           "tobool",    "toint",    "tolong",
                                             "toreal",     "todecimal", "tostring", "todatetime",
                                             "totimespan", "toguid",    "todynamic"};
  return ExpressionBinder(*this, RowScope::none())
      .call(kCasts[static_cast<std::size_t>(type)], {value}, value->span, value->span);
}

std::vector<std::string> Binder::tables_like(const syntax::Name& wildcard) {
  return context_.tables.match(wildcard.name);
}

PlanNodePtr Binder::bind_wildcard(const syntax::Name& name) {
  error(name.span, fmt::format("a wildcard stands only in union, search and find: '{}'", name.name),
        fmt::format("union {}", name.name));
  return nullptr;
}

}  // namespace quarry::kql
