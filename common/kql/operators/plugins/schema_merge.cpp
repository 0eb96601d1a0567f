// schema_merge([PreserveOrder]): one schema out of several, each as getschema prints it, one behind
// the other.
//
// Columns come in the order of their first appearance. With PreserveOrder (the default) every
// schema must have the columns that it shares with the one before in the same order: one that
// breaks it gets the ordinal -1, and the error where its type would stand.
#include "common/kql/operators/plugins/plugin.h"
#include "common/value/builder.h"

#include <algorithm>
#include <map>

namespace quarry::kql::operators {
namespace {

struct MergedColumn {
  std::string name;
  std::string data_type;
  std::string type;
  std::int64_t ordinal = 0;
};

constexpr std::string_view kColumns[]{"ColumnName", "ColumnOrdinal", "DataType", "ColumnType"};

std::vector<MergedColumn> merge(const PluginRows& rows, bool keep_order) {
  std::vector<MergedColumn> merged;
  const auto place = [&](std::string_view column) {
    return *rows.schema.find(std::string(column));
  };
  for (std::size_t row = 0; row < rows.all.rows(); ++row) {
    const auto text = [&](std::string_view column) {
      return rows.at(place(column), row).get<std::string>();
    };
    const Scalar ordinal = rows.at(place("ColumnOrdinal"), row);
    MergedColumn column{text("ColumnName"), text("DataType"), text("ColumnType"),
                        ordinal.is_null() ? 0 : ordinal.get<std::int64_t>()};
    const auto known = std::find_if(merged.begin(), merged.end(), [&](const MergedColumn& each) {
      return each.name == column.name;
    });
    if (known == merged.end()) {
      // A new column takes the place that its schema gives it: one that stood there moves out of
      // order.
      const auto taken = std::find_if(merged.begin(), merged.end(), [&](const MergedColumn& each) {
        return each.ordinal == column.ordinal;
      });
      if (taken == merged.end() || !keep_order) {
        column.ordinal = static_cast<std::int64_t>(merged.size());
        merged.push_back(std::move(column));
      } else {
        merged.insert(taken, std::move(column));
      }
    } else if (keep_order && known->ordinal != column.ordinal) {
      known->ordinal = -1;
      known->data_type = "ERROR(unknown CSL type:ERROR(columns are out of order))";
      known->type = "ERROR(columns are out of order)";
    } else if (known->type != column.type) {
      known->data_type = "ERROR(unknown CSL type:ERROR(columns have different types))";
      known->type = "ERROR(columns have different types)";
    }
  }
  return merged;
}

PlanNodePtr bind_schema_merge(const PluginCall& call, PlanNodePtr input) {
  Binder& binder = call.binder();
  for (const std::string_view name : kColumns) {
    const Type wanted = name == "ColumnOrdinal" ? Type::kLong : Type::kString;
    const BoundColumn* const column = binder.find_column(input->columns, name);
    if (column != nullptr &&
        (column->type == wanted || (wanted == Type::kLong && column->type == Type::kInt)))
      continue;
    binder.error(call.span(), "schema_merge wants schemas as getschema gives them",
                 "union (T1 | getschema), (T2 | getschema) | evaluate schema_merge()");
    return nullptr;
  }
  const auto keep_order = call.constant("PreserveOrder", Type::kBool);
  const auto rows = rows_of(binder, std::move(input), call.span());
  if (!rows) return nullptr;
  ColumnBuilder<Type::kString> names, data_types, types;
  ColumnBuilder<Type::kLong> ordinals;
  for (const MergedColumn& column :
       merge(*rows, !keep_order || keep_order->is_null() || keep_order->get<bool>())) {
    names.append_copy(column.name);
    ordinals.append(column.ordinal);
    data_types.append_copy(column.data_type);
    types.append_copy(column.type);
  }
  const std::size_t count = names.rows();
  return table_of(
      binder, "schema_merge",
      Schema{{{"ColumnName", Type::kString},
              {"ColumnOrdinal", Type::kLong},
              {"DataType", Type::kString},
              {"ColumnType", Type::kString}}},
      Batch({names.finish(), ordinals.finish(), data_types.finish(), types.finish()}, count));
}

constexpr Param kParams[]{
    {.name = "PreserveOrder",
     .help = "Must all schemas have their columns in one order? true if not given.",
     .optional = true}};

}  // namespace

extern constinit const PluginDef kSchemaMerge{
    .name = "schema_merge",
    .summary = "One schema out of several that getschema gave.",
    .params = kParams,
    .example =
        "union (print a = 1 | getschema), (print a = 1, b = 'x' | getschema) | evaluate "
        "schema_merge() | count",
    .example_result = "2",
    .bind = bind_schema_merge,
};

}  // namespace quarry::kql::operators
