// hq functions: what the language has, from the tables that the binder itself uses.
#include "common/base/suggest.h"
#include "common/cli/invocation.h"
#include "common/cli/result_output.h"
#include "common/cli/version.h"
#include "common/kql/functions/known_names.h"
#include "common/kql/functions/registry.h"
#include "common/kql/operators/operator.h"
#include "common/kql/operators/plugins/plugin.h"
#include "common/value/builder.h"
#include "tools/hq/functions_manual.h"
#include "tools/hq/hq_app.h"
#include "tools/hq/session.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::hq {
namespace {

using kql::operators::find_plugin;
using kql::operators::PluginDef;

struct Entry {
  std::string name;
  std::string kind;
  std::string summary;
};

std::vector<Entry> all_entries() {
  std::vector<Entry> entries;
  for (const kql::FunctionRegistry::Entry& entry : kql::FunctionRegistry::built_in().entries()) {
    if (entry.scalar != nullptr)
      entries.push_back({std::string(entry.scalar->name), std::string(entry.family),
                         std::string(entry.scalar->summary)});
    if (entry.aggregate != nullptr)
      entries.push_back(
          {std::string(entry.aggregate->name), "aggregate", std::string(entry.aggregate->summary)});
  }
  for (const kql::OperatorDef* op : kql::all_operators())
    entries.push_back({std::string(op->name), "operator", std::string(op->summary)});
  for (const PluginDef* plugin : kql::operators::all_plugins())
    entries.push_back({std::string(plugin->name), "plugin", std::string(plugin->summary)});
  for (const kql::LanguageDef& part : kql::language_parts())
    entries.push_back({std::string(part.name), std::string(part.kind), std::string(part.summary)});
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.name < b.name; });
  return entries;
}

/// What Kusto has and hq does not: "Reason" where it never can.
std::vector<Entry> missing_entries() {
  std::vector<Entry> entries;
  const kql::FunctionRegistry& registry = kql::FunctionRegistry::built_in();
  const auto add = [&](std::string_view name, std::string kind) {
    const std::string_view reason = kql::never_here(name);
    entries.push_back({std::string(name), std::move(kind),
                       reason.empty() ? "not yet" : fmt::format("never: {}", reason)});
  };
  for (const std::string_view name : kql::functions::known_names()) {
    if (registry.is_known_unsupported(name) && kql::find_operator(name) == nullptr &&
        find_plugin(name) == nullptr)
      add(name, "function");
  }
  for (const std::string_view name : kql::unsupported_operators()) {
    if (kql::find_language_part(name) == nullptr) add(name, "operator");
  }
  for (const std::string_view name : kql::names_never_here()) {
    const auto same = [&](const Entry& entry) { return entry.name == name; };
    if (std::none_of(entries.begin(), entries.end(), same)) add(name, "table");
  }
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.name < b.name; });
  return entries;
}

Result<int> list(const cli::Invocation& invocation, const std::vector<Entry>& entries,
                 const char* last_column) {
  ColumnBuilder<Type::kString> names;
  ColumnBuilder<Type::kString> kinds;
  ColumnBuilder<Type::kString> summaries;
  for (const Entry& entry : entries) {
    names.append_copy(entry.name);
    kinds.append_copy(entry.kind);
    summaries.append_copy(entry.summary);
  }
  return show_rows(
      invocation,
      {{{"Name", Type::kString}, {"Kind", Type::kString}, {last_column, Type::kString}}},
      {names.finish(), kinds.finish(), summaries.finish()});
}

std::string signature(std::string_view name, std::span<const kql::Param> params) {
  std::string text = fmt::format("{}(", name);
  for (std::size_t i = 0; i < params.size(); ++i) {
    if (params[i].optional) text += '[';
    text +=
        fmt::format("{}{}{}", i > 0 ? ", " : "", params[i].name, params[i].repeats ? ", …" : "");
    if (params[i].optional) text += ']';
  }
  return text + ")";
}

void append_params(std::string& out, std::span<const kql::Param> params) {
  for (const kql::Param& param : params)
    out += fmt::format("  {:<18} {}\n", param.name, param.help);
}

void append_aliases(std::string& out, std::span<const std::string_view> aliases) {
  if (!aliases.empty()) out += fmt::format("also: {}\n", fmt::join(aliases, ", "));
}

std::string describe(const kql::FunctionDef& def) {
  std::string text = fmt::format("{}\n{}\n", signature(def.name, def.params), def.summary);
  append_params(text, def.params);
  append_aliases(text, def.aliases);
  if (!def.example.query.empty())
    text += fmt::format("example: {}\n  -> {}\n", def.example.query, def.example.result);
  return text;
}

std::string describe(const kql::AggregateDef& def) {
  std::string text =
      fmt::format("{} (aggregate)\n{}\n", signature(def.name, def.params), def.summary);
  append_params(text, def.params);
  append_aliases(text, def.aliases);
  if (!def.predicate_form.empty())
    text += fmt::format("with a predicate: {}\n", def.predicate_form);
  if (!def.example.query.empty())
    text += fmt::format("example: {}\n  -> {}\n", def.example.query, def.example.result);
  return text;
}

std::string describe(const kql::OperatorDef& def) {
  std::string text = fmt::format("{} (operator)\n{}\n", def.syntax, def.summary);
  append_aliases(text, def.aliases);
  if (!def.example.empty())
    text += fmt::format("example: {}\n  -> {}\n", def.example, def.example_result);
  return text;
}

std::string describe(const kql::LanguageDef& part) {
  std::string text = fmt::format("{} ({})\n{}\n", part.syntax, part.kind, part.summary);
  if (!part.example.query.empty())
    text += fmt::format("example: {}\n  -> {}\n", part.example.query, part.example.result);
  return text;
}

std::string describe(const PluginDef& plugin) {
  std::string text = fmt::format("evaluate {} (plugin)\n{}\n",
                                 signature(plugin.name, plugin.params), plugin.summary);
  append_params(text, plugin.params);
  if (!plugin.example.empty())
    text += fmt::format("example: {}\n  -> {}\n", plugin.example, plugin.example_result);
  return text;
}

/// What lies in the files of --functions. One of a built-in name is called instead of it.
std::vector<Entry> own_entries(kql::FunctionLibrary& library) {
  const kql::FunctionRegistry& registry = kql::FunctionRegistry::built_in();
  std::vector<Entry> entries;
  for (const kql::FunctionLibrary::Listed& one : library.list()) {
    const bool hides =
        registry.scalar(one.name) != nullptr || registry.aggregate(one.name).def != nullptr;
    entries.push_back(
        {one.name, "yours",
         fmt::format("in {}{}{}", one.path, hides ? "; called instead of hq's own" : "",
                     one.broken ? "; broken" : "")});
  }
  return entries;
}

/// For a name that nothing here bears.
Error unknown(const std::string& name) {
  if (const std::string_view reason = kql::never_here(name); !reason.empty()) {
    return Error(ErrorCode::kUsage,
                 fmt::format("'{}' is part of Kusto, but cannot be used here: {}", name, reason));
  }
  const kql::FunctionRegistry& registry = kql::FunctionRegistry::built_in();
  const auto unsupported = kql::unsupported_operators();
  if (registry.is_known_unsupported(name) ||
      std::find(unsupported.begin(), unsupported.end(), name) != unsupported.end()) {
    return Error(ErrorCode::kUsage, fmt::format("'{}' is part of KQL, but not supported yet", name),
                 "hq functions --missing lists all such names");
  }
  std::vector<std::string_view> names = registry.names();
  for (const kql::OperatorDef* op : kql::all_operators()) names.push_back(op->name);
  for (const PluginDef* plugin : kql::operators::all_plugins()) names.push_back(plugin->name);
  for (const kql::LanguageDef& part : kql::language_parts()) names.push_back(part.name);
  const std::string_view instead = kql::functions::kql_function_for(name);
  std::string hint = instead.empty() ? did_you_mean(name, names) : fmt::format("KQL: {}", instead);
  if (hint.empty()) hint = "hq functions lists all";
  return Error(ErrorCode::kUsage, fmt::format("no function or operator '{}'", name),
               std::move(hint));
}

}  // namespace

Result<int> functions_command(cli::Invocation& invocation) {
  if (invocation.flag("missing")) return list(invocation, missing_entries(), "State");
  if (invocation.flag("manual"))
    return show_text(invocation, functions_manual(std::string(cli::version_number())));
  QUARRY_TRY(const auto library, function_library(invocation, kql::syntax::WrongTimes::kWarning));
  const std::vector<Entry> own = own_entries(*library);
  if (invocation.arguments().empty()) {
    std::vector<Entry> entries = own;
    for (Entry& entry : all_entries()) entries.push_back(std::move(entry));
    QUARRY_CHECK(list(invocation, entries, "Summary"));
    return invocation.diagnostics().has_query_errors() ? exit_status(ErrorCode::kQuery) : 0;
  }
  const std::string& name = invocation.arguments().front();
  const kql::FunctionRegistry& registry = kql::FunctionRegistry::built_in();
  std::string text;
  for (const Entry& entry : own) {
    if (entry.name == name) text += fmt::format("{} (yours)\n{}\n", entry.name, entry.summary);
  }
  const kql::LanguageDef* const part = kql::find_language_part(name);
  const kql::FunctionDef* const scalar = registry.scalar(name);
  if (part != nullptr)
    text += describe(*part);
  else if (scalar != nullptr)
    text += describe(*scalar);
  if (const auto aggregate = registry.aggregate(name); aggregate.def != nullptr)
    text += describe(*aggregate.def);
  if (const kql::OperatorDef* const op = kql::find_operator(name)) text += describe(*op);
  if (const PluginDef* const plugin = find_plugin(name)) text += describe(*plugin);
  if (text.empty()) return fail(unknown(name));
  return show_text(invocation, text);
}

}  // namespace quarry::hq
