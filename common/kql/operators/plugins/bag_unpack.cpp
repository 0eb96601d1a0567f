// bag_unpack(column, [prefix], [columnsConflict], [ignoredProperties]): each property of a bag
// becomes a column.
//
// Without an output schema the rows tell the columns: all have to be read before the first can be
// shown. A column has the type that all its values have; where they differ it is dynamic. New
// columns come in the order of their names.
#include "common/kql/bind/expression_binder.h"
#include "common/kql/operators/column_names.h"
#include "common/kql/operators/plugins/plugin.h"
#include "common/value/dynamic.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace quarry::kql::operators {
namespace {

using Properties = std::map<std::string, Type>;

Type type_of(const DynamicView& value) {
  switch (value.kind()) {
    case DynamicKind::kBool:
      return Type::kBool;
    case DynamicKind::kLong:
      return Type::kLong;
    case DynamicKind::kReal:
      return Type::kReal;
    case DynamicKind::kString:
      return Type::kString;
    default:
      return Type::kDynamic;
  }
}

/// kUnknown: only nulls so far.
Type unite(Type a, Type b) {
  if (a == Type::kUnknown || a == b) return b;
  const bool numbers =
      (a == Type::kLong && b == Type::kReal) || (a == Type::kReal && b == Type::kLong);
  return numbers ? Type::kReal : Type::kDynamic;
}

Properties properties_of(const Column& bags) {
  Properties found;
  const Cells<Type::kDynamic> cells(bags);
  std::string name;
  for (std::size_t row = 0; row < bags.rows(); ++row) {
    if (cells.is_null(row)) continue;
    BagCursor members{DynamicView(cells[row].json.view())};
    std::string_view key;
    DynamicView value;
    while (members.next(key, value)) {
      name.clear();
      decode_json_string(key, name);
      Type& type = found[name];
      if (!value.is_null()) type = unite(type, type_of(value));
    }
  }
  return found;
}

/// The property as a value of its column's type.
ExpressionPtr property(Binder& binder, const BoundColumn& bag, const std::string& name, Type type,
                       SourceSpan span) {
  ExpressionBinder expressions(binder, RowScope::none());
  ExpressionPtr value = expressions.call(
      "__member", {make_column(bag, span), make_literal(Scalar::of(name), span)}, span, span);
  return type == Type::kDynamic || type == Type::kUnknown
             ? value
             : convert(value, type, binder.run_context());
}

/// Columns as the query declares them: those that the input has pass on, the others are properties.
PlanNodePtr unpack_declared(const PluginCall& call, PlanNodePtr input, const BoundColumn& bag,
                            const std::string& prefix) {
  std::vector<NamedValue> values;
  const auto given = [&](std::string_view name) {
    return std::any_of(values.begin(), values.end(),
                       [&](const NamedValue& value) { return value.name == name; });
  };
  for (const syntax::ColumnDeclaration& declared : call.output()->columns) {
    if (declared.name.empty()) {
      for (const BoundColumn& column : input->columns) {
        if (column.id != bag.id && !given(column.name)) values.push_back(pass(column));
      }
      continue;
    }
    const auto own =
        std::find_if(input->columns.begin(), input->columns.end(), [&](const BoundColumn& column) {
          return column.name == declared.name && column.id != bag.id;
        });
    if (given(declared.name)) continue;
    if (own != input->columns.end()) {
      values.push_back(pass(*own));
      continue;
    }
    const std::string name =
        declared.name.starts_with(prefix) ? declared.name.substr(prefix.size()) : declared.name;
    values.push_back(
        {declared.name,
         property(call.binder(), bag, name, parse_type(declared.type_name).value_or(Type::kDynamic),
                  declared.span),
         declared.span, true});
  }
  return call.binder().project(std::move(input), values);
}

struct Unpacking {
  std::string prefix;
  std::string conflict;
  std::vector<std::string> ignored;
};

/// The rows with the bag's properties as columns.
PlanNodePtr unpack_found(const PluginCall& call, PlanNodePtr rows, std::size_t bag_at,
                         const Properties& properties, const Unpacking& how) {
  Binder& binder = call.binder();
  const BoundColumn bag = rows->columns[bag_at];
  std::vector<NamedValue> values;
  for (const BoundColumn& column : rows->columns) {
    if (column.id != bag.id) values.push_back(pass(column));
  }
  const std::size_t own = values.size();
  for (const auto& [name, type] : properties) {
    if (std::find(how.ignored.begin(), how.ignored.end(), name) != how.ignored.end()) continue;
    NamedValue value{how.prefix + name, property(binder, bag, name, type, call.span()), call.span(),
                     true};
    const auto end = values.begin() + static_cast<std::ptrdiff_t>(own);
    const auto clash = std::find_if(
        values.begin(), end, [&](const NamedValue& each) { return each.name == value.name; });
    if (clash == end) {
      values.push_back(std::move(value));
    } else if (how.conflict == "replace_source") {
      *clash = std::move(value);
    } else if (how.conflict == "error") {
      binder.error(call.span(),
                   fmt::format("bag_unpack: the input has a column '{}' already", value.name),
                   "columnsConflict = 'replace_source' or 'keep_source', or a prefix");
      return nullptr;
    }
  }
  return binder.project(std::move(rows), values);
}

std::vector<std::string> texts_of(const Scalar& list) {
  std::vector<std::string> texts;
  if (list.is_null()) return texts;
  ArrayCursor elements{DynamicView(list.get<DynamicText>().json)};
  DynamicView element;
  std::string scratch;
  while (elements.next(element)) {
    if (const auto text = element.as_string(scratch)) texts.emplace_back(*text);
  }
  return texts;
}

PlanNodePtr bind_bag_unpack(const PluginCall& call, PlanNodePtr input) {
  Binder& binder = call.binder();
  const BoundColumn* const bag = call.column("column", *input);
  if (bag == nullptr) return nullptr;
  if (bag->type != Type::kDynamic) {
    binder.error(call.argument("column")->span,
                 fmt::format("bag_unpack wants a dynamic column, not {}", name_of(bag->type)),
                 "extend d = parse_json(Column) | evaluate bag_unpack(d)");
    return nullptr;
  }
  const auto text = [](const std::optional<Scalar>& value) {
    return value && !value->is_null() ? value->get<std::string>() : std::string();
  };
  Unpacking how;
  how.prefix = text(call.constant("OutputColumnPrefix", Type::kString));
  how.conflict = call.choice("columnsConflict", {"error", "replace_source", "keep_source"});
  if (const auto ignored = call.constant("ignoredProperties", Type::kDynamic))
    how.ignored = texts_of(*ignored);
  const BoundColumn column = *bag;
  if (call.output() != nullptr) return unpack_declared(call, std::move(input), column, how.prefix);
  const auto at = static_cast<std::size_t>(
      std::find_if(input->columns.begin(), input->columns.end(),
                   [&](const BoundColumn& each) { return each.id == column.id; }) -
      input->columns.begin());
  auto rows = rows_of(binder, std::move(input), call.span());
  if (!rows) return nullptr;
  const Properties properties = properties_of(rows->all.column(at));
  PlanNodePtr table =
      unpack_found(call, table_of(binder, "bag_unpack", rows->schema, std::move(rows->all)), at,
                   properties, how);
  if (table != nullptr) table->open = binder.checking();  // the run finds the columns
  return table;
}

constexpr Param kParams[]{
    {.name = "column", .help = "The column of bags; it goes."},
    {.name = "OutputColumnPrefix",
     .help = "Put before the names of the new columns.",
     .optional = true},
    {.name = "columnsConflict",
     .help = "What to do where the input has a column of that name: error, replace_source, "
             "keep_source.",
     .optional = true},
    {.name = "ignoredProperties", .help = "Properties that become no column.", .optional = true}};

}  // namespace

extern constinit const PluginDef kBagUnpack{
    .name = "bag_unpack",
    .summary = "Makes a column of each property of a bag.",
    .params = kParams,
    .example = "print d = dynamic({'Name': 'x', 'Age': 20}) | evaluate bag_unpack(d)",
    .example_result = "20",
    .takes_output_schema = true,
    .bind = bind_bag_unpack,
};

}  // namespace quarry::kql::operators
