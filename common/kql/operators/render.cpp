// render.cpp — KQL: render Chart [with (property = value, …)]
//
// The rows pass on. What to draw is kept in the plan for those who draw.
#include "common/base/suggest.h"
#include "common/kql/operators/nodes/pass_node.h"
#include "common/kql/operators/operator.h"
#include "common/kql/operators/parameters.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace quarry::kql::operators {
namespace {

constexpr std::string_view kCharts[]{
    "anomalychart", "areachart",        "barchart", "card",      "columnchart", "graph",
    "ladderchart",  "linechart",        "pie",      "piechart",  "pivotchart",  "plotly",
    "scatterchart", "stackedareachart", "table",    "timechart", "timeline",    "timepivot",
    "treemap"};

struct RenderSyntax final : syntax::OperatorNode {
  syntax::Name* chart = nullptr;
  std::vector<syntax::OperatorParameter> properties;
};

/// A value is a word, a literal, or several column names separated by commas.
std::string parse_property_value(syntax::Parser& parser) {
  const SourceSpan begin = parser.peek().span;
  if (parser.at(syntax::TokenKind::kString)) return parser.next().text;
  SourceSpan end = begin;
  while (!parser.at(syntax::TokenKind::kComma) && !parser.at(syntax::TokenKind::kCloseParen) &&
         !parser.at_operator_end())
    end = parser.next().span;
  while (parser.at(syntax::TokenKind::kComma) && parser.peek(1).kind == syntax::TokenKind::kName &&
         parser.peek(2).kind != syntax::TokenKind::kAssign) {
    parser.next();
    end = parser.next().span;
  }
  return std::string(parser.text().substr(begin.start, end.end() - begin.start));
}

syntax::OperatorNode* parse_render(syntax::Parser& parser) {
  auto* const node = parser.make<RenderSyntax>();
  node->chart = parser.parse_name("a kind of chart");
  const bool with = parser.accept_keyword("with");
  if (with && !parser.expect(syntax::TokenKind::kOpenParen, "'('")) return node;
  while (
      parser.at(syntax::TokenKind::kName)) {  // without `with`: an old form, kind=stacked title="…"
    syntax::OperatorParameter property;
    property.name_span = parser.peek().span;
    property.name = parser.next().text;
    // `by` Column, … is older still.
    if (property.name != "by" && !parser.expect(syntax::TokenKind::kAssign, "'='")) break;
    auto* const value = parser.make<syntax::Name>();
    value->span = parser.peek().span;
    value->name = parse_property_value(parser);
    property.value = value;
    node->properties.push_back(std::move(property));
    if (!parser.accept(syntax::TokenKind::kComma) && with) break;
  }
  if (with) parser.expect(syntax::TokenKind::kCloseParen, "')'");
  return node;
}

PlanNodePtr bind_render(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const auto& render = static_cast<const RenderSyntax&>(node);
  if (!render.chart->name.empty() &&
      std::find(std::begin(kCharts), std::end(kCharts), render.chart->name) == std::end(kCharts)) {
    const std::vector<std::string_view> charts(std::begin(kCharts), std::end(kCharts));
    std::string hint = did_you_mean(render.chart->name, charts);
    binder.error(render.chart->span, fmt::format("unknown kind of chart: '{}'", render.chart->name),
                 hint.empty() ? fmt::format("one of {}", fmt::join(charts, " ")) : hint);
  }
  auto result = std::make_unique<RenderNode>();
  result->chart = render.chart->name;
  for (const syntax::OperatorParameter& property : render.properties)
    result->properties.emplace_back(property.name, parameter_text(property));
  result->columns = input->columns;
  result->inputs.push_back(std::move(input));
  return result;
}

}  // namespace

extern constinit const OperatorDef kRender{
    .name = "render",
    .summary = "Says how the rows are to be drawn; they pass on as they are.",
    .syntax = "render Chart [with (property = value, …)]",
    .example = "range x from 1 to 2 step 1 | render timechart with (title = \"steps\")",
    .example_result = "1",
    .parse = parse_render,
    .bind = bind_render,
};

}  // namespace quarry::kql::operators
