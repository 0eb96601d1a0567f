#include "common/kql/operators/operator.h"

#include "common/kql/functions/registry.h"
#include "common/kql/operators/tables.h"

#include <algorithm>
#include <vector>

namespace quarry::kql {
namespace {

#define QUARRY_OPERATOR_ADDRESS(name) &operators::name,
constexpr const OperatorDef* kOperators[]{QUARRY_OPERATORS(QUARRY_OPERATOR_ADDRESS)};
#undef QUARRY_OPERATOR_ADDRESS

/// Operators of the language reference; those that kOperators has are left out of
/// unsupported_operators().
constexpr std::string_view kAllNames[]{
    "as",
    "consume",
    "count",
    "distinct",
    "evaluate",
    "extend",
    "externaldata",
    "facet",
    "filter",
    "find",
    "fork",
    "getschema",
    "graph-mark-components",
    "graph-match",
    "graph-shortest-paths",
    "graph-to-table",
    "invoke",
    "join",
    "limit",
    "lookup",
    "macro-expand",
    "make-graph",
    "make-series",
    "mv-apply",
    "mv-expand",
    "mvexpand",
    "mvapply",
    "order",
    "parse",
    "parse-kv",
    "parse-where",
    "partition",
    "partitionby",
    "print",
    "project",
    "project-away",
    "project-by-names",
    "project-keep",
    "project-rename",
    "project-reorder",
    "range",
    "reduce",
    "render",
    "sample",
    "sample-distinct",
    "scan",
    "search",
    "serialize",
    "sort",
    "summarize",
    "take",
    "top",
    "top-hitters",
    "top-nested",
    "union",
    "where",
    "execute-and-cache",
    "assert-schema",
};

}  // namespace

std::span<const OperatorDef* const> all_operators() { return kOperators; }

const OperatorDef* find_operator(std::string_view name) {
  const auto found =
      std::find_if(std::begin(kOperators), std::end(kOperators), [&](const OperatorDef* op) {
        return op->name == name ||
               std::find(op->aliases.begin(), op->aliases.end(), name) != op->aliases.end();
      });
  return found == std::end(kOperators) ? nullptr : *found;
}

std::span<const std::string_view> unsupported_operators() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> result;
    std::copy_if(std::begin(kAllNames), std::end(kAllNames), std::back_inserter(result),
                 [](std::string_view name) { return find_operator(name) == nullptr; });
    return result;
  }();
  return names;
}

namespace {

/// The parser's and the binder's view of kOperators, made once.
struct Views {
  std::vector<syntax::OperatorSyntax> syntaxes;
  std::vector<const syntax::OperatorSyntax*> pointers;
  std::vector<OperatorBinding> bindings;
};

const Views& views() {
  static const Views made = [] {
    Views result;
    for (const OperatorDef* op : kOperators)
      result.syntaxes.push_back({op->name, op->aliases, op->may_start, op->parse});
    for (std::size_t i = 0; i < result.syntaxes.size(); ++i) {
      result.pointers.push_back(&result.syntaxes[i]);
      result.bindings.push_back({&result.syntaxes[i], kOperators[i]->bind});
    }
    return result;
  }();
  return made;
}

}  // namespace

syntax::OperatorTable operator_syntax_table() {
  return {views().pointers, unsupported_operators(), never_here};
}

std::span<const OperatorBinding> operator_bindings() { return views().bindings; }

}  // namespace quarry::kql
