#include "common/kql/syntax/foreign_operators.h"

#include "common/base/text.h"

namespace quarry::kql::syntax {
namespace {

struct ForeignOperator {
  std::string_view word;
  std::string_view kql;
};
// Words that are near a KQL operator by spelling are left to "did you mean".
constexpr ForeignOperator kForeignOperators[]{
    {"select", "project …"},
    {"fields", "project …"},
    {"table", "project …"},
    {"columns", "project …"},
    {"from", "Table | where … | project …"},
    {"having", "where …"},
    {"group", "summarize count() …"},
    {"groupby", "summarize count() by …"},
    {"group_by", "summarize count() by …"},
    {"stats", "summarize …"},
    {"aggregate", "summarize …"},
    {"aggr", "summarize …"},
    {"eval", "extend …"},
    {"let", "extend …"},
    {"set", "extend …"},
    {"mutate", "extend …"},
    {"map", "extend …"},
    {"rename", "project-rename New = Old"},
    {"drop", "project-away …"},
    {"remove", "project-away …"},
    {"exclude", "project-away …"},
    {"keep", "project-keep …"},
    {"head", "take …"},
    {"first", "take …"},
    {"tail", "top … by Timestamp desc (rows have no order of their own)"},
    {"last", "top … by Timestamp desc (rows have no order of their own)"},
    {"uniq", "distinct …"},
    {"unique", "distinct …"},
    {"dedup", "summarize take_any(*) by …"},
    {"order_by", "order by …"},
    {"orderby", "order by …"},
    {"grep", "where * has \"text\""},
    {"match", "where Column matches regex \"…\""},
    {"regex", "where Column matches regex \"…\""},
    {"rex", "parse Column with *"},
    {"explode", "mv-expand …"},
    {"mvexpand", "mv-expand …"},
    {"unnest", "mv-expand …"},
    {"timechart", "summarize count() by bin(Timestamp, 1h) | render timechart"},
    {"chart", "summarize … | render columnchart"},
    {"rare", "top 10 by count_ asc"},
    {"append", "union …"},
    {"unionall", "union …"},
    {"show", "hq schema lists the tables"},
    {"describe", "Table | getschema"},
    {"schema", "Table | getschema"},
    {"help", "hq --help shows how hq is used"},
    {"if", "where …"},
};

}  // namespace

std::optional<std::string_view> kql_operator_for(std::string_view word) {
  for (const ForeignOperator& each : kForeignOperators) {
    if (text::iequals_ascii(each.word, word)) return each.kql;
  }
  return std::nullopt;
}

}  // namespace quarry::kql::syntax
