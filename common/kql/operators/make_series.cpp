// make_series.cpp — KQL: make-series [Name =] Aggregate [default = Value], … on Axis [from Start]
// [to End] step Step [by Key, …]
//
// Bound as an aggregation by the keys and the axis cut into steps; a SeriesNode lays the groups out
// as arrays.
#include "common/kql/bind/expression_binder.h"
#include "common/kql/operators/aggregate_items.h"
#include "common/kql/operators/column_names.h"
#include "common/kql/operators/grouping.h"
#include "common/kql/operators/nodes/series_node.h"
#include "common/kql/operators/operator.h"
#include "common/kql/operators/parameters.h"

#include <fmt/format.h>

#include <cmath>

namespace quarry::kql::operators {
namespace {

struct SeriesItem {
  syntax::Expression* value = nullptr;
  syntax::Expression* missing = nullptr;  // default = …
};

struct MakeSeriesSyntax final : syntax::OperatorNode {
  std::vector<syntax::OperatorParameter> parameters;
  std::vector<SeriesItem> items;
  syntax::Expression* axis = nullptr;
  syntax::Expression* from = nullptr;
  syntax::Expression* to = nullptr;
  syntax::Expression* step = nullptr;
  bool includes_end = false;  // in range(Start, End, Step)
  std::vector<syntax::Expression*> keys;
};

/// The old form: on Axis in range(Start, End, Step).
void parse_old_range(syntax::Parser& parser, MakeSeriesSyntax& node) {
  const syntax::Expression* const written = parser.parse_expression();
  const auto* const range = written->kind == syntax::ExpressionKind::kCall
                                ? static_cast<const syntax::Call*>(written)
                                : nullptr;
  if (range == nullptr || range->name != "range" || range->arguments.size() != 3) {
    if (written->kind != syntax::ExpressionKind::kError)
      parser.error(written->span, "expected range(Start, End, Step)");
    return;
  }
  node.from = range->arguments[0];
  node.to = range->arguments[1];
  node.step = range->arguments[2];
  node.includes_end = true;
}

syntax::OperatorNode* parse_make_series(syntax::Parser& parser) {
  auto* const node = parser.make<MakeSeriesSyntax>();
  node->parameters = parse_named_parameters(parser, {"kind"});
  do {
    SeriesItem item;
    item.value = parser.parse_named_expression();
    if (parser.at_keyword("default") && parser.peek(1).kind == syntax::TokenKind::kAssign) {
      parser.next();
      parser.next();
      item.missing = parser.parse_expression();
    }
    node->items.push_back(item);
  } while (parser.accept(syntax::TokenKind::kComma));
  if (!parser.expect_keyword("on")) return node;
  node->axis = parser.parse_named_expression();
  if (parser.accept_keyword("in")) {
    parse_old_range(parser, *node);
  } else {
    if (parser.accept_keyword("from")) node->from = parser.parse_expression();
    if (parser.accept_keyword("to")) node->to = parser.parse_expression();
    if (parser.expect_keyword("step")) node->step = parser.parse_expression();
  }
  if (parser.accept_keyword("by")) node->keys = parser.parse_named_list();
  return node;
}

bool is_time(Type type) { return type == Type::kDatetime || type == Type::kTimespan; }

double real_of(const Scalar& value) { return value.get<double>(); }

std::int64_t whole_of(const Scalar& value) {
  switch (value.type()) {
    case Type::kDatetime:
      return value.get<Datetime>().ticks;
    case Type::kTimespan:
      return value.get<Timespan>().ticks;
    case Type::kInt:
      return value.get<std::int32_t>();
    default:
      return value.get<std::int64_t>();
  }
}

class MakeSeriesBinder {
 public:
  MakeSeriesBinder(Binder& binder, const MakeSeriesSyntax& node, PlanNodePtr input)
      : binder_(binder), node_(node), input_(std::move(input)) {}

  PlanNodePtr bind() {
    if (!bind_axis()) return nullptr;
    auto aggregate = std::make_unique<AggregateNode>();
    keys_ = binder_.bind_named_list(node_.keys, RowScope::of(*input_));
    const std::size_t key_count = keys_.size();
    std::vector<NamedValue> by = keys_;
    by.push_back({axis_name_, place_, node_.axis->span, false});
    add_keys(binder_, *aggregate, by);
    for (std::size_t i = 0; i < key_count; ++i)
      keys_[i].value = make_column(aggregate->key_columns[i]);
    bind_items(*aggregate);
    aggregate->update_columns();
    const BoundColumn place = aggregate->key_columns.back();
    aggregate->inputs.push_back(std::move(input_));

    // keys, place, values as dynamic
    std::vector<NamedValue> laid(keys_.begin(), keys_.end());
    laid.push_back({axis_name_, make_column(place), {}, false});
    for (const NamedValue& value : values_)
      laid.push_back({value.name, convert(value.value, Type::kDynamic, binder_.run_context()),
                      value.span, false});
    PlanNodePtr below = binder_.project(std::move(aggregate), laid);
    auto series = std::make_unique<SeriesNode>();
    series->plan = plan_;
    series->plan.keys = key_count;
    series->plan.one_row_when_empty =
        key_count == 0 &&
        parameter_choice(binder_, node_.parameters, "kind", {"nonempty"}).has_value();
    series->place = below->columns[key_count];
    series->axis_element =
        convert(make_column(series->place), Type::kDynamic, binder_.run_context());
    for (std::size_t i = 0; i < key_count; ++i) series->columns.push_back(below->columns[i]);
    for (const NamedValue& value : values_)
      series->columns.push_back(binder_.new_column(value.name, Type::kDynamic));
    series->columns.push_back(binder_.new_column(axis_name_, Type::kDynamic));
    series->inputs.push_back(std::move(below));
    return named(std::move(series));
  }

 private:
  /// Sets the place of a row on the axis, the filter to the range, and the plan's start, step and
  /// length.
  bool bind_axis() {
    if (node_.axis == nullptr || node_.step == nullptr) return false;
    ExpressionPtr axis = binder_.bind(*node_.axis, RowScope::of(*input_));
    if (axis->type == Type::kUnknown) return false;
    if (axis->type == Type::kInt) axis = convert(axis, Type::kLong, binder_.run_context());
    const Type type = axis->type;
    if (!is_time(type) && type != Type::kLong && type != Type::kReal) {
      binder_.error(
          node_.axis->span,
          fmt::format("the axis of a series must be a time or a number, not {}", name_of(type)));
      return false;
    }
    axis_name_ = node_.axis->kind == syntax::ExpressionKind::kNamed
                     ? static_cast<const syntax::Named&>(*node_.axis).names.front()->name
                     : binder_.implicit_name(*node_.axis, axis);
    if (axis_name_.empty()) axis_name_ = "Column1";
    const auto step = bind_constant(*node_.step, is_time(type) ? Type::kTimespan : type);
    if (!step) return false;
    ExpressionBinder expressions(binder_, RowScope::of(*input_));
    const SourceSpan span = node_.axis->span;
    ExpressionPtr from;
    if (node_.from != nullptr) {
      const auto bound = bind_constant(*node_.from, type);
      if (!bound) return false;
      from = *bound;
      input_ = binder_.filter(std::move(input_), expressions.binary(">=", axis, from, span));
    }
    ExpressionPtr to;
    if (node_.to != nullptr) {
      const auto bound = bind_constant(*node_.to, type);
      if (!bound) return false;
      to = *bound;
      input_ = binder_.filter(std::move(input_),
                              expressions.binary(node_.includes_end ? "<=" : "<", axis, to, span));
    }
    place_ = from != nullptr ? expressions.call("bin_at", {axis, *step, from}, span, span)
                             : expressions.call("bin", {axis, *step}, span, span);
    if (place_->type == Type::kUnknown) return false;
    return measure(type, **step, from.get(), to.get());
  }

  /// A constant as the wanted type; while checking it may be one that only a run can tell.
  std::optional<ExpressionPtr> bind_constant(const syntax::Expression& written, Type wanted) {
    ExpressionPtr value =
        binder_.bind_as(written, RowScope::none(), wanted, "an end or the step of a series");
    if (value->type == Type::kUnknown) return std::nullopt;
    if (value->kind == Expression::Kind::kLiteral ||
        (binder_.checking() && is_unknown_constant(*value)))
      return value;
    binder_.error(written.span, "the ends and the step of a series must be constants");
    return std::nullopt;
  }

  bool measure(Type type, const Expression& step, const Expression* from, const Expression* to) {
    const auto unknown = [](const Expression* value) {
      return value != nullptr &&
             (value->kind != Expression::Kind::kLiteral || value->literal.is_null());
    };
    if (unknown(&step) || unknown(from) || unknown(to)) return true;  // only checked
    if (type == Type::kReal) {
      plan_.step = real_of(step.literal);
      if (from != nullptr) plan_.start = real_of(from->literal);
      if (!(plan_.step > 0)) return report_step();
      if (from != nullptr && to != nullptr) {
        const double steps = (real_of(to->literal) - *plan_.start) / plan_.step;
        plan_.length = steps >= 0 && steps < 1e15
                           ? static_cast<std::uint64_t>(node_.includes_end ? std::floor(steps) + 1
                                                                           : std::ceil(steps))
                           : 0;
      }
      return true;
    }
    plan_.whole_step = whole_of(step.literal);
    if (plan_.whole_step <= 0) return report_step();
    if (from != nullptr) plan_.whole_start = whole_of(from->literal);
    if (from != nullptr && to != nullptr) {
      const std::int64_t end = whole_of(to->literal);
      const auto step_width = static_cast<std::uint64_t>(plan_.whole_step);
      // Unsigned, so that the whole range of long fits.
      const std::uint64_t width =
          static_cast<std::uint64_t>(end) - static_cast<std::uint64_t>(*plan_.whole_start);
      const std::uint64_t steps =
          width / step_width + (node_.includes_end || width % step_width != 0 ? 1 : 0);
      plan_.length = end >= *plan_.whole_start ? steps : 0;
    }
    return true;
  }

  bool report_step() {
    binder_.error(node_.step->span, "the step of a series must be greater than zero");
    return false;
  }

  void bind_items(AggregateNode& aggregate) {
    AggregateCollector collector;
    collector.input = RowScope::of(*input_);
    RowScope outside;
    outside.columns = &aggregate.key_columns;
    AggregateCollector* const outer = binder_.collect_aggregates(&collector);
    AggregateItemBinder items(binder_, collector, outside, 1 + count_unnamed(keys_));
    std::vector<const syntax::Expression*> missing;
    for (const SeriesItem& item : node_.items) {
      items.bind(*item.value, values_);
      missing.resize(values_.size(), item.missing);
    }
    binder_.collect_aggregates(outer);
    Substitution replaced;
    add_calls(aggregate, std::move(collector.calls), replaced);
    for (std::size_t i = 0; i < values_.size(); ++i) {
      values_[i].value = substitute(values_[i].value, replaced);
      plan_.defaults.push_back(default_of(missing[i], values_[i].value->type));
    }
  }

  /// JSON of what stands where there is no row: 0 for numbers, unless the query says otherwise.
  std::string default_of(const syntax::Expression* written, Type type) {
    if (written == nullptr) return is_numeric(type) ? "0" : "null";
    ExpressionPtr value = binder_.bind(*written, RowScope::none());
    if (value->type == Type::kUnknown) return "null";
    if (conversion_cost(value->type, type)) value = convert(value, type, binder_.run_context());
    value = convert(value, Type::kDynamic, binder_.run_context());
    return value->kind == Expression::Kind::kLiteral && !value->literal.is_null()
               ? value->literal.get<DynamicText>().json
               : "null";
  }

  /// Names of the result, made unique.
  static PlanNodePtr named(std::unique_ptr<SeriesNode> series) {
    UniqueNames names;
    for (BoundColumn& column : series->columns) column.name = names.make(column.name);
    return series;
  }

  Binder& binder_;
  const MakeSeriesSyntax& node_;
  PlanNodePtr input_;
  exec::SeriesPlan plan_;
  std::string axis_name_;
  ExpressionPtr place_;
  std::vector<NamedValue> keys_;
  std::vector<NamedValue> values_;
};

PlanNodePtr bind_make_series(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  return MakeSeriesBinder(binder, static_cast<const MakeSeriesSyntax&>(node), std::move(input))
      .bind();
}

}  // namespace

extern constinit const OperatorDef kMakeSeries{
    .name = "make-series",
    .summary =
        "Aggregates over a regular axis: one row for each group, with arrays that have an element "
        "for every step.",
    .syntax =
        "make-series [Name =] Aggregate [default = Value], … on Axis [from Start] [to End] step "
        "Step [by Key, …]",
    .example =
        "range x from 1 to 5 step 2 | make-series n = count() on x from 1 to 6 step 1 | project n",
    .example_result = "[1,0,1,0,1]",
    .parse = parse_make_series,
    .bind = bind_make_series,
};

}  // namespace quarry::kql::operators
