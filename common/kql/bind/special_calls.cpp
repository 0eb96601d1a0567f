// Calls that ask for more than the values of their arguments: for the columns of the row, for a
// table, for the query's settings. What the user reads about them stands in
// functions/record/bound_by_binder.cpp.
#include "common/kql/bind/expression_binder.h"
#include "common/value/dynamic.h"

#include <fmt/format.h>

namespace quarry::kql {

ExpressionPtr ExpressionBinder::bind_special(const syntax::Call& node, bool& handled) {
  struct Special {
    std::string_view name;
    ExpressionPtr (ExpressionBinder::*bind)(const syntax::Call&);
  };
  static constexpr Special kSpecials[]{
      {"column_ifexists", &ExpressionBinder::bind_column_ifexists},
      {"columnifexists", &ExpressionBinder::bind_column_ifexists},
      {"iscolumnexists", &ExpressionBinder::bind_iscolumnexists},
      {"pack_all", &ExpressionBinder::bind_pack_all},
      {"bag_pack_columns", &ExpressionBinder::bind_pack_columns},
      {"toscalar", &ExpressionBinder::bind_toscalar},
      {"ingestion_time", &ExpressionBinder::bind_ingestion_time},
      {"column_names_of", &ExpressionBinder::bind_column_names_of},
      {"estimate_data_size", &ExpressionBinder::bind_estimate_data_size},
      {"bin_auto", &ExpressionBinder::bind_bin_auto},
      {"assert", &ExpressionBinder::bind_assert},
  };
  for (const Special& special : kSpecials) {
    if (special.name != node.name) continue;
    handled = true;
    return (this->*special.bind)(node);
  }
  return nullptr;
}

ExpressionPtr ExpressionBinder::bind_column_ifexists(const syntax::Call& node) {
  if (node.arguments.size() != 2) {
    binder_.error(node.name_span, "column_ifexists takes a column name and a default");
    return broken(node.span);
  }
  const ExpressionPtr name = bind(*node.arguments[0]);
  if (name->kind == Expression::Kind::kColumn) return name;  // written without quotes
  if (name->type == Type::kUnknown) return name;
  if (name->kind != Expression::Kind::kLiteral || name->type != Type::kString) {
    binder_.error(node.arguments[0]->span, "the column name must be a constant string");
    return broken(node.span);
  }
  if (scope_.columns != nullptr) {
    if (const BoundColumn* const column =
            binder_.find_column(*scope_.columns, name->literal.get<std::string>()))
      return make_column(*column, node.span);
  }
  return bind(*node.arguments[1]);
}

/// The old way to ask; column_ifexists took its place.
ExpressionPtr ExpressionBinder::bind_iscolumnexists(const syntax::Call& node) {
  if (node.arguments.size() != 1) {
    binder_.error(node.name_span, "iscolumnexists takes a column name");
    return broken(node.span);
  }
  const ExpressionPtr name = bind(*node.arguments[0]);
  if (name->type == Type::kUnknown) return name;
  if (name->kind == Expression::Kind::kColumn) return make_literal(Scalar::of(true), node.span);
  if (name->kind != Expression::Kind::kLiteral || name->type != Type::kString) {
    binder_.error(node.arguments[0]->span, "the column name must be a constant string");
    return broken(node.span);
  }
  const bool exists =
      scope_.columns != nullptr &&
      binder_.find_column(*scope_.columns, name->literal.get<std::string>()) != nullptr;
  return make_literal(Scalar::of(exists), node.span);
}

ExpressionPtr ExpressionBinder::bind_pack_all(const syntax::Call& node) {
  std::vector<ExpressionPtr> arguments;
  if (scope_.columns != nullptr) {
    for (const BoundColumn& column : *scope_.columns) {
      arguments.push_back(make_literal(Scalar::of(column.name), node.span));
      arguments.push_back(make_column(column, node.span));
    }
  }
  const bool skip_empty = !node.arguments.empty() && [&] {
    const ExpressionPtr flag = bind(*node.arguments[0]);
    return flag->kind == Expression::Kind::kLiteral && flag->type == Type::kBool &&
           !flag->literal.is_null() && flag->literal.get<bool>();
  }();
  return call(skip_empty ? "__bag_pack_not_empty" : "bag_pack", std::move(arguments), node.span,
              node.name_span);
}

ExpressionPtr ExpressionBinder::bind_pack_columns(const syntax::Call& node) {
  std::vector<ExpressionPtr> arguments;
  for (const syntax::Expression* argument : node.arguments) {
    ExpressionPtr value = bind(*argument);
    if (value->type == Type::kUnknown) return value;
    arguments.push_back(make_literal(Scalar::of(value->name), argument->span));
    arguments.push_back(std::move(value));
  }
  return call("bag_pack", std::move(arguments), node.span, node.name_span);
}

ExpressionPtr ExpressionBinder::bind_toscalar(const syntax::Call& node) {
  if (node.arguments.size() != 1) {
    binder_.error(node.name_span, "toscalar takes one table or value");
    return broken(node.span);
  }
  const syntax::Expression& argument = *node.arguments[0];
  if (argument.kind == syntax::ExpressionKind::kName) {  // a column is no scalar here, so a let of
                                                         // that name is meant: the key of partition
    const LetValue* const let =
        binder_.scope_->find(static_cast<const syntax::Name&>(argument).name);
    if (let != nullptr && let->kind == LetValue::Kind::kScalar) return let->scalar;
  }
  if (!binder_.is_tabular(argument)) return bind(argument);
  AggregateCollector* const outer = binder_.collect_aggregates(nullptr);
  PlanNodePtr table = binder_.bind_table(argument);
  binder_.collect_aggregates(outer);
  if (table == nullptr) return broken(node.span);
  if (table->columns.empty()) {
    binder_.error(argument.span, "the table has no column");
    return broken(node.span);
  }
  const Type type = table->columns[0].type;
  if (binder_.checking()) return unknown_constant(type, node.span);
  const auto batches = binder_.run_now(std::move(table), node.span);
  if (batches == nullptr) return broken(node.span);
  for (const Batch& batch : *batches) {
    if (batch.rows() > 0) return make_literal(Scalar::from(batch.column(0), 0), node.span);
  }
  return make_literal(type == Type::kString ? Scalar::of(std::string()) : Scalar::null(type),
                      node.span);
}

/// When the record arrived, where the export tells (streaming envelopes); null otherwise.
ExpressionPtr ExpressionBinder::bind_ingestion_time(const syntax::Call& node) {
  if (scope_.columns != nullptr) {
    for (const std::string_view name : {"_IngestionTime", "_TimeReceived"}) {
      if (const BoundColumn* const column = binder_.find_column(*scope_.columns, name);
          column != nullptr && column->type == Type::kDatetime) {
        return make_column(*column, node.span);
      }
    }
  }
  return make_literal(Scalar::null(Type::kDatetime), node.span);
}

ExpressionPtr ExpressionBinder::bind_column_names_of(const syntax::Call& node) {
  if (node.arguments.size() != 1) {
    binder_.error(node.name_span, "column_names_of takes a table");
    return broken(node.span);
  }
  AggregateCollector* const outer = binder_.collect_aggregates(nullptr);
  const PlanNodePtr table = binder_.bind_table(*node.arguments[0]);
  binder_.collect_aggregates(outer);
  if (table == nullptr) return broken(node.span);
  std::string json(1, '[');
  for (const BoundColumn& column : table->columns) {
    if (json.size() > 1) json += ',';
    append_json_string(json, column.name);
  }
  return make_literal(Scalar::dynamic(json + "]"), node.span);
}

ExpressionPtr ExpressionBinder::bind_estimate_data_size(const syntax::Call& node) {
  std::vector<ExpressionPtr> arguments;
  for (const syntax::Expression* argument : node.arguments) {
    if (argument->kind != syntax::ExpressionKind::kStar) {
      arguments.push_back(bind(*argument));
    } else if (scope_.columns != nullptr) {
      for (const BoundColumn& column : *scope_.columns)
        arguments.push_back(make_column(column, argument->span));
    }
  }
  return call("estimate_data_size", std::move(arguments), node.span, node.name_span);
}

ExpressionPtr ExpressionBinder::bind_bin_auto(const syntax::Call& node) {
  if (node.arguments.size() != 1) {
    binder_.error(node.name_span, "bin_auto takes one value");
    return broken(node.span);
  }
  const ExpressionPtr size = binder_.setting("query_bin_auto_size");
  if (size == nullptr) {
    binder_.error(node.name_span, "bin_auto needs the size of a bin",
                  "before the query: set query_bin_auto_size = 1h;");
    return broken(node.span);
  }
  const ExpressionPtr point = binder_.setting("query_bin_auto_at");
  if (point == nullptr)
    return call("bin", {bind(*node.arguments[0]), size}, node.span, node.name_span);
  return call("bin_at", {bind(*node.arguments[0]), size, point}, node.span, node.name_span);
}

ExpressionPtr ExpressionBinder::bind_assert(const syntax::Call& node) {
  if (node.arguments.size() != 2) {
    binder_.error(node.name_span, "assert takes a condition and a message");
    return broken(node.span);
  }
  const ExpressionPtr condition = bind(*node.arguments[0]);
  const ExpressionPtr message = bind(*node.arguments[1]);
  if (condition->type == Type::kUnknown || message->type == Type::kUnknown)
    return broken(node.span);
  const bool known = condition->kind == Expression::Kind::kLiteral;
  if (message->kind != Expression::Kind::kLiteral || message->type != Type::kString) {
    binder_.error(node.arguments[1]->span, "the message of assert must be a constant string");
    return broken(node.span);
  }
  if (condition->type != Type::kBool || (!known && !is_unknown_constant(*condition))) {
    binder_.error(node.arguments[0]->span, "the condition of assert must be a constant bool",
                  "it cannot depend on the columns of a row");
    return broken(node.span);
  }
  if (known && (condition->literal.is_null() || !condition->literal.get<bool>())) {
    binder_.error(node.span, fmt::format("assert() has failed with message: '{}'",
                                         message->literal.get<std::string>()));
    return broken(node.span);
  }
  return make_literal(Scalar::of(true), node.span);
}

}  // namespace quarry::kql
