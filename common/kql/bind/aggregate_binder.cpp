// Aggregate calls inside summarize: choose the kernel, expand `*`, name the results, hand the call
// to the collector.
#include "common/kql/bind/expression_binder.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::kql {
namespace {

/// Where the predicate stands in sumif(x, predicate), dcountif(x, predicate, accuracy),
/// covarianceif(x, y, predicate), countif(predicate).
std::size_t predicate_position(const AggregateDef& def) {
  const bool no_value =
      std::any_of(def.overloads.begin(), def.overloads.end(),
                  [](const AggregateOverload& overload) { return overload.count == 0; });
  return no_value ? 0 : def.values;
}

std::string prefixed(std::string_view prefix, std::string_view argument) {
  return fmt::format("{}_{}", prefix, argument);
}

/// 0.5 -> "0_5", 95 -> "95", as percentile_x_95 is named.
std::string percent_name(const Expression& percent) {
  std::string text = percent.kind == Expression::Kind::kLiteral ? to_literal(percent.literal) : "0";
  std::replace(text.begin(), text.end(), '.', '_');
  if (text.ends_with("_0")) text.resize(text.size() - 2);
  return text;
}

struct Choice {
  AggregateKernel kernel;
  std::vector<Type> types;
};

}  // namespace

/// arg_max(x, *), take_any(*): the columns that `*` leaves for.
static void expand_star(const RowScope& input, const ColumnSet& keys,
                        const std::vector<ExpressionPtr>& before, SourceSpan span,
                        std::vector<ExpressionPtr>& arguments) {
  if (input.columns == nullptr) return;
  for (const BoundColumn& column : *input.columns) {
    const bool named =
        std::any_of(before.begin(), before.end(), [&](const ExpressionPtr& argument) {
          return argument->kind == Expression::Kind::kColumn && argument->column == column.id;
        });
    if (!named && !keys.contains(column.id)) arguments.push_back(make_column(column, span));
  }
}

/// Constants that the kernel refuses (a percentage of 200) are reported at their place.
bool ExpressionBinder::check_constants(const CollectedAggregate& aggregate) {
  if (aggregate.kernel.prepare == nullptr) return true;
  std::vector<const Scalar*> literals;
  for (const ExpressionPtr& argument : aggregate.arguments) {
    const bool literal = argument->kind == Expression::Kind::kLiteral;
    if (!literal && is_unknown_constant(*argument)) return true;  // seen when the query runs
    literals.push_back(literal ? &argument->literal : nullptr);
  }
  const auto prepared = aggregate.kernel.prepare(binder_.run_context(), literals);
  if (prepared) return true;
  const auto& where = prepared.error().where();
  const SourceSpan span = where && where->start < aggregate.arguments.size()
                              ? aggregate.arguments[where->start]->span
                              : SourceSpan{};
  binder_.error(span, prepared.error().message(), prepared.error().hint());
  return false;
}

ExpressionPtr ExpressionBinder::bind_aggregate(const syntax::Call& node, const AggregateDef& def,
                                               bool predicate_form) {
  AggregateCollector& collector = *binder_.aggregates_;
  AggregateCollector* const outer = binder_.collect_aggregates(nullptr);  // aggregates do not nest
  CollectedAggregate result;
  result.name = node.name;
  result.def = &def;
  ExpressionBinder inner(binder_, collector.input);
  std::vector<std::string> argument_names;
  const std::size_t predicate_at = predicate_form ? predicate_position(def) : node.arguments.size();
  for (std::size_t i = 0; i < node.arguments.size(); ++i) {
    const syntax::Expression& argument = *node.arguments[i];
    if (argument.kind == syntax::ExpressionKind::kStar) {
      if (def.shape == AggregateShape::kOne)
        continue;  // count(*), dcount(*) of nothing in particular
      expand_star(collector.input, collector.keys, std::vector<ExpressionPtr>(result.arguments),
                  argument.span, result.arguments);
      while (argument_names.size() < result.arguments.size())
        argument_names.push_back(result.arguments[argument_names.size()]->name);
    } else if (i == predicate_at) {
      result.predicate = binder_.bind_predicate(argument, collector.input);
    } else {
      result.arguments.push_back(inner.bind(argument));
      argument_names.push_back(argument.kind == syntax::ExpressionKind::kNamed
                                   ? static_cast<const syntax::Named&>(argument).names.front()->name
                                   : binder_.implicit_name(argument, result.arguments.back()));
    }
  }
  binder_.collect_aggregates(outer);
  if (predicate_form && result.predicate == nullptr) {
    binder_.error(node.name_span, fmt::format("{} needs a predicate", node.name));
    return broken(node.span);
  }
  // Resolvers look at their arguments without counting; of overloads none fits what is too many.
  const std::string wanted = wrong_arity(def.params, result.arguments.size());
  const auto least = std::count_if(def.params.begin(), def.params.end(),
                                   [](const Param& param) { return !param.optional; });
  if (!wanted.empty() &&
      (def.resolve != nullptr || result.arguments.size() < static_cast<std::size_t>(least))) {
    binder_.error(node.name_span,
                  fmt::format("{} takes {}, not {}", node.name, wanted, result.arguments.size()),
                  fmt::format("hq functions {}", def.name));
    return broken(node.span);
  }
  std::vector<Argument> known;
  for (const ExpressionPtr& argument : result.arguments) {
    if (argument->type == Type::kUnknown) return broken(node.span);
    known.push_back(argument_of(argument));
  }
  if (result.predicate != nullptr && result.predicate->type == Type::kUnknown)
    return broken(node.span);

  Choice choice;
  if (def.resolve != nullptr) {
    const auto resolved = def.resolve(known);
    if (!resolved) {
      const auto& where = resolved.error().where();
      binder_.error(where && where->start < result.arguments.size()
                        ? result.arguments[where->start]->span
                        : node.name_span,
                    resolved.error().message(), resolved.error().hint());
      return broken(node.span);
    }
    choice = {resolved->kernel, resolved->argument_types};
  } else if (const AggregateOverload* const overload = choose_overload(def.overloads, known)) {
    choice = {overload->kernel, std::vector<Type>(overload->params.begin(),
                                                  overload->params.begin() + overload->count)};
  } else {
    binder_.error(node.name_span, fmt::format("{} does not take {}", node.name, type_list(known)),
                  fmt::format("hq functions {}", def.name));
    return broken(node.span);
  }
  result.kernel = choice.kernel;
  for (std::size_t i = 0; i < result.arguments.size() && i < choice.types.size(); ++i) {
    result.arguments[i] = convert(result.arguments[i], choice.types[i], binder_.run_context());
  }

  if (!check_constants(result)) return broken(node.span);

  const auto add_result = [&](std::string name, Type type) {
    result.result_names.push_back(name);
    result.results.push_back(binder_.new_column(std::move(name), type));
  };
  // Kusto: covariance(x, y) is covariance_x_y.
  std::string first = argument_names.empty() ? std::string() : argument_names.front();
  for (std::size_t i = 1;
       def.shape == AggregateShape::kOne && i < def.values && i < argument_names.size(); ++i) {
    first = prefixed(first, argument_names[i]);
  }
  const std::string prefix(def.column_prefix.empty() || predicate_form ? std::string_view(node.name)
                                                                       : def.column_prefix);
  switch (def.shape) {
    case AggregateShape::kOne:
      add_result(
          def.naming == ResultNaming::kFirstArgument
              ? first
              : prefixed(!def.column_prefix.empty() && predicate_form ? def.column_prefix
                                                                      : std::string_view(prefix),
                         first),
          choice.kernel.result);
      break;
    case AggregateShape::kArgExtreme:
    case AggregateShape::kAnyOf:
      for (std::size_t i = 0; i < result.arguments.size(); ++i) {
        std::string name = argument_names[i];
        // Kusto: any(x) is any_x, take_any(x) is x.
        if (def.shape == AggregateShape::kAnyOf && def.naming == ResultNaming::kPrefixed &&
            result.arguments.size() == 1)
          name = prefixed(node.name, name);
        if (name.empty())
          name = i == 0 && def.shape == AggregateShape::kArgExtreme
                     ? (def.name == "arg_max" ? "max_" : "min_")
                     : "";
        add_result(std::move(name), result.arguments[i]->type);
      }
      break;
    case AggregateShape::kPercentiles:
      for (std::size_t i = def.values; i < result.arguments.size(); ++i) {
        add_result(fmt::format("percentile_{}_{}", first, percent_name(*result.arguments[i])),
                   choice.kernel.result);
      }
      break;
  }
  if (result.results.empty()) {
    binder_.error(node.name_span, fmt::format("{} needs more arguments", node.name),
                  fmt::format("hq functions {}", def.name));
    return broken(node.span);
  }
  ExpressionPtr value = make_column(result.results.front(), node.span);
  collector.calls.push_back(std::move(result));
  return value;
}

}  // namespace quarry::kql
