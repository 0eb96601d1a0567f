// parse_where.cpp — KQL: parse-where [kind=simple | regex | relaxed] [flags=…] Expression with
// "text" Column:type * …
#include "common/kql/operators/operator.h"
#include "common/kql/operators/text_parsing.h"

namespace quarry::kql::operators {
namespace {

PlanNodePtr bind_parse_where(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  return bind_text_parsing(binder, static_cast<const ParseSyntax&>(node), std::move(input),
                           Misfits::kDropped);
}

}  // namespace

extern constinit const OperatorDef kParseWhere{
    .name = "parse-where",
    .summary = "As parse, and keeps only the rows that fit the pattern.",
    .syntax =
        "parse-where [kind=simple | regex | relaxed] [flags=Flags] Expression with \"text\" "
        "Column:type * …",
    .example = "datatable(s:string)['a=1', 'b=2'] | parse-where s with 'a=' a:long | count",
    .example_result = "1",
    .parse = parse_text_parsing,
    .bind = bind_parse_where,
};

}  // namespace quarry::kql::operators
