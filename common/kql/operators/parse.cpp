// parse.cpp — KQL: parse [kind=simple | regex | relaxed] [flags=…] Expression with "text"
// Column:type * …
#include "common/kql/operators/operator.h"
#include "common/kql/operators/text_parsing.h"

namespace quarry::kql::operators {
namespace {

PlanNodePtr bind_parse(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  return bind_text_parsing(binder, static_cast<const ParseSyntax&>(node), std::move(input),
                           Misfits::kNull);
}

}  // namespace

extern constinit const OperatorDef kParse{
    .name = "parse",
    .summary =
        "Takes text apart by a pattern and adds the pieces as columns; null where the pattern does "
        "not fit.",
    .syntax =
        "parse [kind=simple | regex | relaxed] [flags=Flags] Expression with \"text\" Column:type "
        "* …",
    .example =
        "print s = 'user=bob port=22' | parse s with 'user=' user ' port=' port:long | project "
        "port",
    .example_result = "22",
    .parse = parse_text_parsing,
    .bind = bind_parse,
};

}  // namespace quarry::kql::operators
