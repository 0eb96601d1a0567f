// scan.cpp — KQL: scan [with_match_id=Column] [order by …] [partition by …] [declare (Column:Type
// [= Default], …)] with (step Name [output=all | last | none]: Condition [=> Column = Value, …]; …)
//
// What a step read before is Name.Column in conditions and values. A match's number goes up when a
// sequence begins, which is when the first step matches and has no sequence yet (so the
// documentation's and the engine's examples have it); it counts over all partitions.
#include "common/kql/operators/column_names.h"
#include "common/kql/operators/nodes/steps_node.h"
#include "common/kql/operators/operator.h"
#include "common/kql/operators/ordering.h"
#include "common/kql/operators/parameters.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::kql::operators {
namespace {

struct Declaration {
  syntax::Name* name = nullptr;
  std::string type_name;
  syntax::Expression* value = nullptr;  // null: null
};

struct StepSyntax {
  syntax::Name* name = nullptr;
  std::string output = "all";
  SourceSpan output_span;
  syntax::Expression* condition = nullptr;
  std::vector<syntax::Expression*> values;
};

struct ScanSyntax final : syntax::OperatorNode {
  std::vector<syntax::OperatorParameter> parameters;
  std::vector<syntax::OrderedExpression> order;
  std::vector<syntax::Expression*> partition;
  std::vector<Declaration> declarations;
  std::vector<StepSyntax> steps;
};

void parse_declarations(syntax::Parser& parser, ScanSyntax& scan) {
  if (!parser.expect(syntax::TokenKind::kOpenParen, "'(' and the columns")) return;
  do {
    Declaration declaration;
    declaration.name = parser.parse_name("a column");
    if (!parser.expect(syntax::TokenKind::kColon, "':' and a type")) return;
    declaration.type_name = parser.parse_type_name();
    if (parser.accept(syntax::TokenKind::kAssign)) declaration.value = parser.parse_expression();
    scan.declarations.push_back(std::move(declaration));
  } while (parser.accept(syntax::TokenKind::kComma));
  parser.expect(syntax::TokenKind::kCloseParen, "')'");
}

bool parse_step(syntax::Parser& parser, ScanSyntax& scan) {
  if (!parser.expect_keyword("step")) return false;
  StepSyntax step;
  step.name = parser.parse_name("the name of a step");
  if (parser.accept_keyword("output") && parser.expect(syntax::TokenKind::kAssign, "'='")) {
    syntax::Name* const output = parser.parse_name("all, last or none");
    step.output = output->name;
    step.output_span = output->span;
  }
  if (!parser.expect(syntax::TokenKind::kColon, "':' and a condition")) return false;
  step.condition = parser.parse_expression();
  if (parser.accept(syntax::TokenKind::kArrow)) step.values = parser.parse_named_list();
  scan.steps.push_back(std::move(step));
  return parser.accept(syntax::TokenKind::kSemicolon) ||
         parser.at(syntax::TokenKind::kCloseParen) ||
         parser.expect(syntax::TokenKind::kSemicolon, "';'");
}

syntax::OperatorNode* parse_scan(syntax::Parser& parser) {
  auto* const node = parser.make<ScanSyntax>();
  node->parameters = parse_named_parameters(parser, {"with_match_id", "kind"});
  if (parser.accept_keyword("order") && parser.expect_keyword("by"))
    node->order = parser.parse_ordered_list();
  if (parser.accept_keyword("partition") && parser.expect_keyword("by"))
    node->partition = parser.parse_expression_list();
  if (parser.accept_keyword("declare")) parse_declarations(parser, *node);
  if (!parser.expect_keyword("with") ||
      !parser.expect(syntax::TokenKind::kOpenParen, "'(' and the steps"))
    return node;
  while (!parser.at(syntax::TokenKind::kCloseParen) && parse_step(parser, *node)) {
  }
  parser.expect(syntax::TokenKind::kCloseParen, "')'");
  return node;
}

/// `Step.Column`: a step that was there before, or the step at hand.
class StepNames final : public ScopeExtension {
 public:
  StepNames(Binder& binder, const ScanSyntax& scan, const std::vector<StepsNode::Step>& steps)
      : binder_(binder), scan_(scan), steps_(steps) {}
  void enter(std::size_t step) { at_ = step; }

  ExpressionPtr member(const syntax::Name& base, const syntax::Name& member) override {
    for (std::size_t i = 0; i < scan_.steps.size(); ++i) {
      if (scan_.steps[i].name->name != base.name) continue;
      if (i > at_) {
        binder_.error(base.span, fmt::format("the step '{}' comes later", base.name),
                      "a step reads itself and the steps before it");
        return make_literal(Scalar::null(Type::kUnknown), base.span);
      }
      RowScope record;
      record.columns = &steps_[i].record;
      return binder_.bind(member, record);
    }
    return nullptr;
  }

 private:
  Binder& binder_;
  const ScanSyntax& scan_;
  const std::vector<StepsNode::Step>& steps_;
  std::size_t at_ = 0;
};

class ScanBinder {
 public:
  ScanBinder(Binder& binder, const ScanSyntax& scan)
      : binder_(binder),
        scan_(scan),
        node_(std::make_unique<StepsNode>()),
        names_(binder, scan, node_->steps) {}

  PlanNodePtr bind(PlanNodePtr input) {
    scope_ = RowScope::of(*input);
    scope_.extension = &names_;
    node_->input_columns = input->columns;
    declare();
    for (const syntax::Expression* key : scan_.partition) {
      node_->partition.push_back(binder_.bind(*key, RowScope::of(*input)));
      sound_ = sound_ && node_->partition.back()->type != Type::kUnknown;
    }
    make_records();
    for (std::size_t i = 0; i < scan_.steps.size(); ++i) bind_step(i);
    if (scan_.steps.empty() && !binder_.diagnostics().has_query_errors())
      binder_.error(scan_.keyword, "scan has no step", "scan with (step s1: Condition; …)");
    if (const auto* const id = find_parameter(scan_.parameters, "with_match_id")) {
      taken_.insert(taken_.end(), input->columns.begin(), input->columns.end());
      UniqueNames names(taken_);
      node_->match_id.push_back(binder_.new_column(names.make(parameter_text(*id)), Type::kLong));
    }
    if (!sound_ || scan_.steps.empty()) return nullptr;
    node_->inputs.push_back(std::move(input));
    node_->update_columns();
    return std::move(node_);
  }

 private:
  void declare() {
    for (const Declaration& declaration : scan_.declarations) {
      const Type type = parse_type(declaration.type_name).value_or(Type::kString);
      Scalar value = type == Type::kString ? Scalar::of(std::string()) : Scalar::null(type);
      if (declaration.value != nullptr) {
        if (const auto given =
                binder_.constant(*declaration.value, type, "the default of a declared column"))
          value = *given;
      }
      const bool clash = std::any_of(
          node_->input_columns.begin(), node_->input_columns.end(),
          [&](const BoundColumn& column) { return column.name == declaration.name->name; });
      if (clash)
        binder_.error(declaration.name->span,
                      fmt::format("the input has a column '{}' already", declaration.name->name),
                      "choose another name");
      sound_ = sound_ && !clash;
      node_->declared.push_back(binder_.new_column(declaration.name->name, type));
      node_->defaults.push_back(std::move(value));
      taken_.push_back(node_->declared.back());
    }
  }

  void make_records() {
    node_->steps.resize(scan_.steps.size());
    for (StepsNode::Step& step : node_->steps) {
      for (const BoundColumn& column : node_->input_columns)
        step.record.push_back(binder_.new_column(column.name, column.type));
      for (const BoundColumn& column : node_->declared)
        step.record.push_back(binder_.new_column(column.name, column.type));
      step.values.resize(node_->declared.size());
    }
  }

  void bind_step(std::size_t index) {
    const StepSyntax& written = scan_.steps[index];
    StepsNode::Step& step = node_->steps[index];
    names_.enter(index);
    const bool twice = std::any_of(
        scan_.steps.begin(), scan_.steps.begin() + static_cast<std::ptrdiff_t>(index),
        [&](const StepSyntax& other) { return other.name->name == written.name->name; });
    if (twice)
      binder_.error(written.name->span,
                    fmt::format("there are two steps '{}'", written.name->name));
    if (written.output == "last")
      step.output = exec::StepOutput::kLast;
    else if (written.output == "none")
      step.output = exec::StepOutput::kNone;
    else if (written.output != "all")
      binder_.error(written.output_span, fmt::format("output cannot be '{}'", written.output),
                    "one of all last none");
    step.condition = binder_.bind_predicate(*written.condition, scope_);
    sound_ = sound_ && step.condition->type != Type::kUnknown;
    for (const syntax::Expression* value : written.values) assign(*value, step);
  }

  void assign(const syntax::Expression& written, StepsNode::Step& step) {
    if (written.kind != syntax::ExpressionKind::kNamed) {
      binder_.error(written.span, "expected Column = Value", "the columns are those of declare");
      sound_ = false;
      return;
    }
    const auto& named = static_cast<const syntax::Named&>(written);
    const std::string& name = named.names.front()->name;
    for (std::size_t i = 0; i < node_->declared.size(); ++i) {
      if (node_->declared[i].name != name) continue;
      step.values[i] = binder_.bind_as(*named.value, scope_, node_->declared[i].type,
                                       fmt::format("the value of {}", name));
      sound_ = sound_ && step.values[i]->type != Type::kUnknown;
      return;
    }
    binder_.error(named.names.front()->span, fmt::format("'{}' is not declared", name),
                  fmt::format("scan declare ({}:long) with (…)", name));
    sound_ = false;
  }

  Binder& binder_;
  const ScanSyntax& scan_;
  std::unique_ptr<StepsNode> node_;
  StepNames names_;
  RowScope scope_;
  std::vector<BoundColumn> taken_;
  bool sound_ = true;
};

PlanNodePtr bind_scan(Binder& binder, const syntax::OperatorNode& node, PlanNodePtr input) {
  const auto& scan = static_cast<const ScanSyntax&>(node);
  check_parameters(binder, scan.parameters, {"with_match_id", "kind"});
  if (!scan.order.empty()) input = ordered_by(binder, std::move(input), scan.order, std::nullopt);
  if (input == nullptr) return nullptr;
  return ScanBinder(binder, scan).bind(std::move(input));
}

}  // namespace

extern constinit const OperatorDef kScan{
    .name = "scan",
    .summary =
        "Follows rows in their order through steps with conditions: sequences of events, running "
        "values.",
    .syntax =
        "scan [with_match_id=Column] [declare (Column:Type = Default, …)] with (step Name "
        "[output=last | none]: Condition => Column = Value; …)",
    .example =
        "range x from 1 to 5 step 1 | scan declare (total:long = 0) with (step s: true => total = "
        "x + s.total;) | top 1 by x | project total",
    .example_result = "15",
    .parse = parse_scan,
    .bind = bind_scan,
};

}  // namespace quarry::kql::operators
