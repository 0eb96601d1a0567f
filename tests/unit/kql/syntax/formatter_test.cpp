#include "common/kql/syntax/formatter.h"

#include "common/kql/syntax/token.h"

#include <doctest/doctest.h>

using namespace quarry;
using namespace quarry::kql::syntax;

namespace {

std::string formatted(std::string_view text) {
  Diagnostics diagnostics;
  return format_query(text, diagnostics).value_or("<broken>");
}

/// The words of a text, which a layout must not change.
std::vector<std::string> words(std::string_view text) {
  Diagnostics diagnostics;
  std::vector<std::string> all;
  for (const Token& token : tokenize(text, diagnostics).tokens)
    all.emplace_back(text.substr(token.span.start, token.span.length));
  return all;
}

}  // namespace

TEST_CASE("each operator gets its line") {
  CHECK(formatted("T|where a==1 and b!=2|take 5") == "T\n| where a == 1 and b != 2\n| take 5\n");
  CHECK(formatted("where a | count") == "where a\n| count\n");
  CHECK(formatted("T |\n  where a |\n  take 5") == "T\n| where a\n| take 5\n");
}

TEST_CASE("statements stand apart, one empty line between them is kept") {
  CHECK(formatted("let a=1;let b = 2;T") == "let a = 1;\nlet b = 2;\nT\n");
  CHECK(formatted("let a=1;\n\n\n\nT") == "let a = 1;\n\nT\n");
  CHECK(formatted("let T =\n  U\n  | take 1;\nT") == "let T =\nU\n| take 1;\nT\n");
}

TEST_CASE("brackets that hold operators are opened up, others keep the author's lines") {
  CHECK(formatted("T | join kind = inner (U | take 1) on a") ==
        "T\n| join kind=inner (\n    U\n    | take 1\n) on a\n");
  CHECK(formatted("let f=(x:long){let y=x;T|take y};f(1)") ==
        "let f = (x:long) {\n    let y = x;\n    T\n    | take y\n};\nf(1)\n");
  CHECK(formatted("T | where a in (\n'x',\n'y'\n)\n and b") ==
        "T\n| where a in (\n    'x',\n    'y'\n)\n    and b\n");
  CHECK(formatted("T | project\na,\nb\n,c") == "T\n| project\n    a,\n    b,\n    c\n");
}

TEST_CASE("comments stay with what they comment on") {
  CHECK(formatted("// head\nT // source\n// why\n| where a   // last\n// end") ==
        "// head\nT  // source\n// why\n| where a  // last\n// end\n");
  CHECK(formatted("T | // odd place\n where a") == "T\n|  // odd place\n    where a\n");
  CHECK(formatted("// only") == "// only\n");
  CHECK(formatted("// a\n\nT") == "// a\n\nT\n");
}

TEST_CASE("a graph's pattern keeps its arrows") {
  CHECK(formatted("E|make-graph a-->b with_node_id=id|graph-match cycles=none "
                  "(s)-[e*1..2]->(t)<--(u), (u)--(v) where s.id==1 project s.id") ==
        "E\n| make-graph a --> b with_node_id=id\n| graph-match cycles=none "
        "(s)-[e*1..2]->(t)<--(u), (u)--(v) where s.id == 1 project s.id\n");
}

TEST_CASE("blanks are set where they mean nothing and kept where they do") {
  CHECK(formatted("T | extend a=-1,b = x-1, c= - y") == "T\n| extend a = -1, b = x - 1, c = -y\n");
  CHECK(formatted("T | project-away Device*,*Id , *") == "T\n| project-away Device*, *Id, *\n");
  CHECK(formatted("T | where a in~('x') and b !in( 1 ,2 )") ==
        "T\n| where a in~ ('x') and b !in (1, 2)\n");
  CHECK(formatted("T | where a between(1..2) and c[ 'x' ].d") ==
        "T\n| where a between (1 .. 2) and c['x'].d\n");
  CHECK(formatted("T | union withsource = S A , B") == "T\n| union withsource=S A, B\n");
  CHECK(formatted("T | join hint.strategy = shuffle U on a") ==
        "T\n| join hint.strategy=shuffle U on a\n");
  CHECK(formatted("print dynamic( {'a' : 1} ), datetime(2024-01-01)") ==
        "print dynamic( {'a' : 1} ), datetime(2024-01-01)\n");
}

TEST_CASE("text with broken tokens is not laid out") {
  Diagnostics diagnostics;
  CHECK_FALSE(format_query("T | where a == 'x", diagnostics).has_value());
  CHECK(diagnostics.error_count() == 1);
}

TEST_CASE("a layout keeps all tokens and is its own layout") {
  for (const std::string_view text : {
           "",
           ";;",
           "T",
           ")|(",
           "let x = toscalar(T | summarize max(a)); U | where b > x",
           "T | summarize n = count(), arg_max(t, *) by bin(t, 1h), d = tostring(e.f['g h'][0].i)",
           "datatable(a:long, ['b c']:string)\n[\n 1, 'x', // one\n 2, 'y',\n]\n| take 1",
           "externaldata(a:string)[@'https://x',\nh'y'] with(format='csv',ignoreFirstRecord=true)",
           "T | mv-expand a to typeof(string) | mv-apply b = c to typeof(long) on (where b > 1 | "
           "take 1) | make-series n=count() default=0 on t step 1d",
           "T | parse kind=regex flags=Ui a with * 'x' b:long 'y' *",
           "T | extend s = strcat('a' \"b\", ```c\n  d```, @\"e\"\"f\") // tail\n\n\n// more\n\n; "
           "\n\n // last",
           "set a = 1; declare query_parameters(a:long = 5); restrict access to (A, B*); T | where "
           "a matches regex @'x'",
           "T\n| where a\n    or (b\n        and c)\n| where x in ((U\n| project y))",
           "union (A | take 1), (B | take 2), C* | sort by a desc nulls last, b asc",
           "T | where a - -1 > 2*b and c*d*e > 1 /2 % 3 or not(f) and - g < +h",
           "T | where t between (ago(7d)..now(-1h)) | where 1..2",
           "let f = () { T | where a; };\n\n\nlet g = (x:string = 'y') { x }; f() | where b == g()",
           "#connect x\nT | take 1 # ",
           "T | evaluate p(a) : (b:long, *) | top-nested 3 of a by sum(b), top-nested of c with "
           "others = 'd' by max(e)",
           "T|project a.b .c, d . e, 5 .f, x.['y'], $left.z",
       }) {
    CAPTURE(text);
    Diagnostics diagnostics;
    const auto once = format_query(text, diagnostics);
    if (!once) continue;
    CHECK(words(*once) == words(text));
    CHECK(format_query(*once, diagnostics) == once);
  }
}
