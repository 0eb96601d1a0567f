// hq functions: what the language has, from the tables that the binder itself uses.
#include <algorithm>

#include <fmt/format.h>

#include "common/base/suggest.h"
#include "common/cli/invocation.h"
#include "common/kql/functions/registry.h"
#include "common/kql/operators/operator.h"
#include "common/value/builder.h"
#include "tools/hq/hq_app.h"
#include "tools/hq/result_output.h"

namespace quarry::hq {
namespace {

struct Entry {
  std::string name;
  std::string kind;
  std::string summary;
};

std::vector<Entry> all_entries() {
  std::vector<Entry> entries;
  for (const kql::FunctionRegistry::Entry& entry : kql::FunctionRegistry::built_in().entries()) {
    if (entry.scalar != nullptr) entries.push_back({std::string(entry.scalar->name), std::string(entry.family), std::string(entry.scalar->summary)});
    if (entry.aggregate != nullptr) entries.push_back({std::string(entry.aggregate->name), "aggregate", std::string(entry.aggregate->summary)});
  }
  for (const kql::OperatorDef* op : kql::all_operators()) entries.push_back({std::string(op->name), "operator", std::string(op->summary)});
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
  return entries;
}

Result<int> list_all(const cli::Invocation& invocation) {
  ColumnBuilder<Type::kString> names;
  ColumnBuilder<Type::kString> kinds;
  ColumnBuilder<Type::kString> summaries;
  for (const Entry& entry : all_entries()) {
    names.append_copy(entry.name);
    kinds.append_copy(entry.kind);
    summaries.append_copy(entry.summary);
  }
  return show_rows(invocation, {{{"Name", Type::kString}, {"Kind", Type::kString}, {"Summary", Type::kString}}},
                   {names.finish(), kinds.finish(), summaries.finish()});
}

std::string signature(std::string_view name, std::span<const kql::Param> params) {
  std::string text = fmt::format("{}(", name);
  for (std::size_t i = 0; i < params.size(); ++i) {
    if (params[i].optional) text += '[';
    text += fmt::format("{}{}{}", i > 0 ? ", " : "", params[i].name, params[i].repeats ? ", …" : "");
    if (params[i].optional) text += ']';
  }
  return text + ")";
}

void append_params(std::string& out, std::span<const kql::Param> params) {
  for (const kql::Param& param : params) out += fmt::format("  {:<18} {}\n", param.name, param.help);
}

void append_aliases(std::string& out, std::span<const std::string_view> aliases) {
  if (!aliases.empty()) out += fmt::format("also: {}\n", fmt::join(aliases, ", "));
}

std::string describe(const kql::FunctionDef& def) {
  std::string text = fmt::format("{}\n{}\n", signature(def.name, def.params), def.summary);
  append_params(text, def.params);
  append_aliases(text, def.aliases);
  if (!def.example.query.empty()) text += fmt::format("example: {}\n  -> {}\n", def.example.query, def.example.result);
  return text;
}

std::string describe(const kql::AggregateDef& def) {
  std::string text = fmt::format("{} (aggregate)\n{}\n", signature(def.name, def.params), def.summary);
  append_params(text, def.params);
  append_aliases(text, def.aliases);
  if (!def.predicate_form.empty()) text += fmt::format("with a predicate: {}\n", def.predicate_form);
  if (!def.example.query.empty()) text += fmt::format("example: {}\n  -> {}\n", def.example.query, def.example.result);
  return text;
}

std::string describe(const kql::OperatorDef& def) {
  std::string text = fmt::format("{} (operator)\n{}\n", def.syntax, def.summary);
  append_aliases(text, def.aliases);
  if (!def.example.empty()) text += fmt::format("example: {}\n  -> {}\n", def.example, def.example_result);
  return text;
}

}  // namespace

Result<int> functions_command(cli::Invocation& invocation) {
  if (invocation.arguments().empty()) return list_all(invocation);
  const std::string& name = invocation.arguments().front();
  const kql::FunctionRegistry& registry = kql::FunctionRegistry::built_in();
  std::string text;
  if (const kql::FunctionDef* const scalar = registry.scalar(name)) text += describe(*scalar);
  if (const auto aggregate = registry.aggregate(name); aggregate.def != nullptr) text += describe(*aggregate.def);
  if (const kql::OperatorDef* const op = kql::find_operator(name)) text += describe(*op);
  if (text.empty()) {
    const auto unsupported = kql::unsupported_operators();
    if (registry.is_known_unsupported(name) || std::find(unsupported.begin(), unsupported.end(), name) != unsupported.end()) {
      return fail(ErrorCode::kUsage, fmt::format("'{}' is part of KQL, but not supported yet", name));
    }
    std::vector<std::string_view> names = registry.names();
    for (const kql::OperatorDef* op : kql::all_operators()) names.push_back(op->name);
    return fail(ErrorCode::kUsage, fmt::format("no function or operator '{}'", name), did_you_mean(name, names));
  }
  return show_text(invocation, text);
}

}  // namespace quarry::hq
