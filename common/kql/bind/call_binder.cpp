// Calls: functions of the registry and user functions (their bodies are bound in place). The few
// that need the binder itself are in special_calls.cpp.
#include "common/base/suggest.h"
#include "common/kql/bind/expression_binder.h"
#include "common/kql/bind/name_hints.h"
#include "common/kql/bind/scope_switch.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::kql {
namespace {

const RunContext& run_of(Binder& binder) { return binder.run_context(); }

/// The operator whose expressions alone have this function (see ScopeExtension); empty: none.
std::string_view operator_of(std::string_view function) {
  static constexpr std::string_view kGraph[]{
      "all", "any", "map", "inner_nodes", "labels", "node_degree_in", "node_degree_out", "node_id"};
  if (std::find(std::begin(kGraph), std::end(kGraph), function) != std::end(kGraph))
    return "graph-match";
  return function == "column_names_of" ? "project-by-names" : std::string_view();
}

/// "1 argument", "1 to 3 arguments", "at least 1 argument".
std::string arity_text(std::span<const Overload> overloads) {
  std::size_t least = kMaxOverloadParams;
  std::size_t most = 0;
  for (const Overload& overload : overloads) {
    least = std::min<std::size_t>(least, overload.count);
    most = std::max<std::size_t>(most, overload.count);
  }
  if (least == most) return fmt::format("{} argument{}", most, most == 1 ? "" : "s");
  return fmt::format("{} to {} arguments", least, most);
}

}  // namespace

std::vector<ExpressionPtr> ExpressionBinder::bind_arguments(const syntax::Call& call) {
  std::vector<ExpressionPtr> arguments;
  for (const syntax::Expression* argument : call.arguments) arguments.push_back(bind(*argument));
  return arguments;
}

ExpressionPtr ExpressionBinder::bind_call(const syntax::Call& node) {
  if (const LetValue* const let = binder_.scope_->find(node.name)) {
    if (let->kind == LetValue::Kind::kFunction) return bind_user_function(node, *let);
    if (let->kind == LetValue::Kind::kBroken) return broken(node.span);
  }
  if (scope_.extension != nullptr) {
    if (ExpressionPtr value = scope_.extension->call(node)) return value;
  }
  bool handled = false;
  ExpressionPtr special = bind_special(node, handled);
  if (handled) return special;
  const FunctionRegistry& registry = FunctionRegistry::built_in();
  const auto aggregate = registry.aggregate(node.name);
  const FunctionDef* const scalar = registry.scalar(node.name);
  if (aggregate.def != nullptr && binder_.aggregates_ != nullptr)
    return bind_aggregate(node, *aggregate.def, aggregate.predicate);
  if (scalar != nullptr && compares_by_name(node)) return broken(node.span);
  if (scalar != nullptr && scalar->shape != ResultShape::kOne)
    return bind_only_column(node, *scalar);
  if (scalar != nullptr && scalar->resolve == nullptr && scalar->overloads.empty()) {
    binder_.error(node.name_span,
                  fmt::format("'{}' gives a table: it stands where a table may stand", node.name));
    return broken(node.span);
  }
  if (scalar != nullptr && !scalar->hidden)
    return call(node.name, bind_arguments(node), node.span, node.name_span);
  if (aggregate.def != nullptr) {
    binder_.error(node.name_span,
                  fmt::format("'{}' is an aggregate: it stands in summarize", node.name),
                  fmt::format("first summarize n = {}(…) by COLUMN, then ask about n", node.name));
    return broken(node.span);
  }
  unknown_function(node);
  return broken(node.span);
}

/// iff(a = 1, …), case(a = 1, …), not(a = 1). Reports it.
bool ExpressionBinder::compares_by_name(const syntax::Call& node) {
  const bool first_only = node.name == "iff" || node.name == "iif" || node.name == "not";
  if (!first_only && node.name != "case") return false;
  bool any = false;
  for (std::size_t i = 0; i < node.arguments.size() && (i == 0 || !first_only); i += 2) {
    const bool condition = first_only || i + 1 < node.arguments.size();
    if (!condition || !names_a_literal(*node.arguments[i])) continue;
    binder_.error(node.arguments[i]->span, "'=' gives a name, it does not compare",
                  "compare with ==");
    any = true;
  }
  return any;
}

void ExpressionBinder::unknown_function(const syntax::Call& node) {
  const FunctionRegistry& registry = FunctionRegistry::built_in();
  if (const std::string_view reason = never_here(node.name); !reason.empty()) {
    binder_.error(node.name_span, fmt::format("{} cannot be used here: {}", node.name, reason));
    return;
  }
  if (const std::string_view home = operator_of(node.name); !home.empty()) {
    binder_.error(node.name_span,
                  fmt::format("'{}' is a function of {}: it stands there only", node.name, home));
    return;
  }
  if (registry.is_known_unsupported(node.name)) {
    binder_.error(node.name_span, fmt::format("not supported yet: {}", node.name));
    return;
  }
  std::vector<std::string> own;
  binder_.scope_->collect_names(own);
  binder_.scope_->collect_library_names(own);
  std::vector<std::string_view> names = registry.names();
  names.insert(names.end(), own.begin(), own.end());
  const std::string_view instead = functions::kql_function_for(node.name);
  std::string hint =
      instead.empty() ? did_you_mean(node.name, names) : fmt::format("KQL: {}", instead);
  if (!hint.empty() && instead.empty()) hint += "  hq functions NAME explains one";
  binder_.error(node.name_span, fmt::format("unknown function '{}'", node.name), std::move(hint));
}

ExpressionPtr ExpressionBinder::report_overloads(const FunctionDef& def,
                                                 std::span<const Argument> arguments,
                                                 SourceSpan span) {
  const bool arity =
      std::none_of(def.overloads.begin(), def.overloads.end(),
                   [&](const Overload& overload) { return overload.count == arguments.size(); });
  if (arity) {
    const std::string_view instead = functions::kql_function_for(def.name, arguments.size());
    binder_.error(
        span,
        fmt::format("{} takes {}, not {}", def.name, arity_text(def.overloads), arguments.size()),
        instead.empty() ? std::string() : fmt::format("KQL: {}", instead));
  } else {
    const std::string hint = argument_hint(def, arguments);
    binder_.error(span, fmt::format("{} does not take {}", def.name, type_list(arguments)),
                  hint.empty() ? fmt::format("hq functions {}", def.name) : hint);
  }
  return broken(span);
}

ExpressionPtr ExpressionBinder::call(std::string_view name, std::vector<ExpressionPtr> arguments,
                                     SourceSpan span, SourceSpan name_span) {
  const FunctionDef* const def = FunctionRegistry::built_in().scalar(name);
  if (def == nullptr) {
    binder_.error(name_span, fmt::format("not supported yet: {}", name));
    return broken(span);
  }
  std::vector<Argument> known;
  for (const ExpressionPtr& argument : arguments) {
    if (argument->type == Type::kUnknown) return broken(span);
    known.push_back(argument_of(argument));
  }
  ScalarKernel kernel;
  std::vector<Type> types;
  std::uint16_t constants = 0;
  if (def->resolve != nullptr) {
    if (const std::string wanted = wrong_arity(def->params, arguments.size()); !wanted.empty()) {
      const std::string_view instead = functions::kql_function_for(def->name, arguments.size());
      binder_.error(name_span,
                    fmt::format("{} takes {}, not {}", def->name, wanted, arguments.size()),
                    instead.empty() ? std::string() : fmt::format("KQL: {}", instead));
      return broken(span);
    }
    const auto resolved = def->resolve(known);
    if (!resolved) {
      const auto& where = resolved.error().where();
      binder_.error(
          where && where->start < arguments.size() ? arguments[where->start]->span : name_span,
          resolved.error().message(), resolved.error().hint());
      return broken(span);
    }
    kernel = resolved->kernel;
    types = resolved->argument_types;
  } else {
    const Overload* const overload = choose_overload(def->overloads, known);
    if (overload == nullptr) return report_overloads(*def, known, name_span);
    kernel = overload->kernel;
    types.assign(overload->params.begin(), overload->params.begin() + overload->count);
    constants = overload->constant_params;
  }
  std::vector<const Scalar*> literals;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (i < types.size()) arguments[i] = convert(arguments[i], types[i], run_of(binder_));
    const bool literal = arguments[i]->kind == Expression::Kind::kLiteral;
    const bool must_be_constant = i < kMaxOverloadParams && ((constants >> i) & 1) != 0;
    if (must_be_constant && !literal && !is_unknown_constant(*arguments[i])) {
      binder_.error(arguments[i]->span,
                    fmt::format("argument {} of {} must be a constant", i + 1, def->name));
      return broken(span);
    }
    literals.push_back(literal ? &arguments[i]->literal : nullptr);
  }
  if (kernel.prepare !=
      nullptr) {  // a constant that does not compile (a bad regex) is reported here
    if (const auto prepared = kernel.prepare(run_of(binder_), literals); !prepared) {
      const auto& where = prepared.error().where();
      binder_.error(where && where->start < arguments.size() ? arguments[where->start]->span : span,
                    prepared.error().message(), prepared.error().hint());
      return broken(span);
    }
  }
  return call_or_fold(std::string(name), kernel, std::move(arguments), span, run_of(binder_));
}

ExpressionPtr ExpressionBinder::bind_user_function(const syntax::Call& node,
                                                   const LetValue& function) {
  const ScopeSwitch inside(binder_, function.home, node.span, function.function);
  if (!inside.entered()) return broken(node.span);
  if (!binder_.define_arguments(node, *function.function, scope_, inside.scope()))
    return broken(node.span);
  inside.enter();
  // The body sees its parameters, not the columns of the caller.
  AggregateCollector* const outer = binder_.collect_aggregates(nullptr);
  const syntax::Expression* const body = binder_.bind_names_of(*function.function);
  ExpressionPtr result =
      body == nullptr ? broken(node.span) : ExpressionBinder(binder_, RowScope::none()).bind(*body);
  binder_.collect_aggregates(outer);
  return result;
}

}  // namespace quarry::kql
