// getschema.cpp — KQL: getschema
#include "common/kql/operators/operator.h"
#include "common/value/builder.h"

namespace quarry::kql::operators {
namespace {

syntax::OperatorNode* parse_getschema(syntax::Parser& parser) {
  return parser.make<syntax::OperatorNode>();
}

/// The names of .NET that the column DataType shows.
std::string_view data_type(Type type) {
  switch (type) {
    case Type::kBool:
      return "System.SByte";
    case Type::kInt:
      return "System.Int32";
    case Type::kLong:
      return "System.Int64";
    case Type::kReal:
      return "System.Double";
    case Type::kDecimal:
      return "System.Data.SqlTypes.SqlDecimal";
    case Type::kDatetime:
      return "System.DateTime";
    case Type::kTimespan:
      return "System.TimeSpan";
    case Type::kGuid:
      return "System.Guid";
    case Type::kDynamic:
      return "System.Object";
    case Type::kString:
    case Type::kUnknown:
      break;
  }
  return "System.String";
}

PlanNodePtr bind_getschema(Binder& binder, const syntax::OperatorNode&, PlanNodePtr input) {
  ColumnBuilder<Type::kString> names;
  ColumnBuilder<Type::kLong> ordinals;
  ColumnBuilder<Type::kString> data_types;
  ColumnBuilder<Type::kString> types;
  for (const BoundColumn& column : input->columns) {
    names.append_copy(column.name);
    ordinals.append(static_cast<std::int64_t>(ordinals.rows()));
    data_types.append_copy(data_type(column.type));
    types.append_copy(name_of(column.type));
  }
  auto batches = std::make_shared<std::vector<Batch>>();
  const std::size_t rows = names.rows();
  if (rows > 0)
    batches->push_back(
        Batch({names.finish(), ordinals.finish(), data_types.finish(), types.finish()}, rows));
  return binder.rows("getschema", std::move(batches),
                     Schema{{{"ColumnName", Type::kString},
                             {"ColumnOrdinal", Type::kLong},
                             {"DataType", Type::kString},
                             {"ColumnType", Type::kString}}});
}

}  // namespace

extern constinit const OperatorDef kGetschema{
    .name = "getschema",
    .summary = "Names and types of the input's columns, one row each.",
    .syntax = "getschema",
    .example = "print a = 1, b = 'x' | getschema | where ColumnName == 'b' | project ColumnType",
    .example_result = "string",
    .parse = parse_getschema,
    .bind = bind_getschema,
};

}  // namespace quarry::kql::operators
