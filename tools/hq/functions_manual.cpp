#include "tools/hq/functions_manual.h"

#include "common/kql/functions/language.h"
#include "common/kql/functions/registry.h"
#include "common/kql/operators/operator.h"
#include "common/kql/operators/plugins/plugin.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <span>
#include <string_view>
#include <vector>

namespace quarry::hq {
namespace {

/// Text that roff shows as it is, also where it begins a line.
std::string escaped(std::string_view text) {
  std::string out;
  if (text.starts_with('.') || text.starts_with('\'')) out += "\\&";
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
    if (c == '\n') out += "\\&";
  }
  return out;
}

struct Page {
  std::map<std::string, std::string> entries;  // by name: roff

  void add(std::string_view name, std::string_view heading, std::string_view summary,
           std::span<const kql::Param> params, std::span<const std::string_view> aliases,
           std::string_view example, std::string_view result) {
    std::string text = fmt::format(".SS \"{}\"\n{}\n", escaped(heading), escaped(summary));
    for (const kql::Param& param : params)
      text += fmt::format(".TP\n.I {}\n{}\n", escaped(param.name), escaped(param.help));
    if (!aliases.empty())
      text += fmt::format(".PP\nAlso: {}\n", escaped(fmt::format("{}", fmt::join(aliases, ", "))));
    if (!example.empty())
      text += fmt::format(".PP\n.EX\n{}\n\\-> {}\n.EE\n", escaped(example), escaped(result));
    entries[std::string(name)] = std::move(text);
  }
};

std::string heading_of(std::string_view name, std::span<const kql::Param> params) {
  std::string text = std::string(name) + "(";
  for (std::size_t i = 0; i < params.size(); ++i) {
    const std::string one = fmt::format("{}{}", params[i].name, params[i].repeats ? ", …" : "");
    text += (i > 0 ? ", " : "") + (params[i].optional ? "[" + one + "]" : one);
  }
  return text + ")";
}

void add_section(std::string& out, std::string_view title, const Page& page) {
  out += fmt::format(".SH {}\n", title);
  for (const auto& [name, text] : page.entries) out += text;
}

}  // namespace

std::string functions_manual(const std::string& version) {
  Page operators, plugins, functions, aggregates, language;
  for (const kql::OperatorDef* op : kql::all_operators())
    operators.add(op->name, op->syntax, op->summary, {}, op->aliases, op->example,
                  op->example_result);
  for (const kql::operators::PluginDef* plugin : kql::operators::all_plugins())
    plugins.add(plugin->name, "evaluate " + heading_of(plugin->name, plugin->params),
                plugin->summary, plugin->params, {}, plugin->example, plugin->example_result);
  for (const kql::FunctionRegistry::Entry& entry : kql::FunctionRegistry::built_in().entries()) {
    if (const kql::FunctionDef* const def = entry.scalar; def != nullptr)
      functions.add(def->name, heading_of(def->name, def->params), def->summary, def->params,
                    def->aliases, def->example.query, def->example.result);
    if (const kql::AggregateDef* const def = entry.aggregate; def != nullptr)
      aggregates.add(def->name, heading_of(def->name, def->params), def->summary, def->params,
                     def->aliases, def->example.query, def->example.result);
  }
  for (const kql::LanguageDef& part : kql::language_parts())
    language.add(part.name, part.syntax, part.summary, {}, {}, part.example.query,
                 part.example.result);
  std::string out = fmt::format(
      ".TH KQL\\-FUNCTIONS 7 \"\" \"Quarry {}\" \"KQL as hq runs it\"\n.SH NAME\n"
      "kql\\-functions \\- operators, functions, aggregates and plugins of KQL in hq\n"
      ".SH DESCRIPTION\nEvery example was run; behind the arrow stands the first cell of its "
      "first row.\n.B hq functions\n.I NAME\nprints one entry.\n",
      escaped(version));
  add_section(out, "OPERATORS", operators);
  add_section(out, "FUNCTIONS", functions);
  add_section(out, "AGGREGATES", aggregates);
  add_section(out, "PLUGINS", plugins);
  add_section(out, "LITERALS AND WORDS", language);
  out += ".SH SEE ALSO\n.BR hq (1)\n";
  return out;
}

}  // namespace quarry::hq
