#include "common/cli/word_parser.h"

#include "common/base/suggest.h"
#include "common/cli/word_shield.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace quarry::cli {
namespace {

// Switches whose two forms would mean nothing.
bool has_no_form(const OptionDef& option) {
  return option.is_switch() && option.name != "help" && option.name != "version" &&
         option.name != "show-config";
}

std::string flag_names(const OptionDef& option) {
  std::string names = fmt::format("--{}", option.name);
  if (has_no_form(option)) names += fmt::format(",!--no-{}", option.name);
  if (option.letter != '\0' && option.name != "help") names += fmt::format(",-{}", option.letter);
  return names;
}

CLI::Option* declare(CLI::App& app, const OptionDef& option) {
  CLI::Option* declared = nullptr;
  if (option.takes_value()) {
    std::string names = fmt::format("--{}", option.name);
    if (option.letter != '\0') names += fmt::format(",-{}", option.letter);
    const auto accept = [](const CLI::results_t&) { return true; };
    declared = app.add_option(names, CLI::callback_t(accept))->expected(1);
  } else {
    declared = app.add_flag(flag_names(option));
  }
  return declared->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

Given given_value(const OptionDef& option, const CLI::Option& declared, const WordShield& shield) {
  Given given{.values = {}, .spelling = fmt::format("--{}", option.name), .position = 0};
  for (const std::string& result : declared.results()) {
    const ShieldedValue* const value = shield.unshield(result);
    if (value == nullptr) continue;
    if (given.values.empty()) given.position = value->position;
    given.values.push_back(value->text);
  }
  return given;
}

Given given_flag(const OptionDef& option, const CLI::Option& declared) {
  if (option.kind == OptionKind::kCount) {
    return {.values = {std::to_string(declared.count())},
            .spelling = fmt::format("--{}", option.name)};
  }
  const bool off = declared.results().back() == "false";
  return {.values = {off ? "false" : "true"},
          .spelling = fmt::format("--{}{}", off ? "no-" : "", option.name)};
}

std::vector<std::string> long_names(OptionTables tables) {
  std::vector<std::string> names;
  for (const OptionTable* const table : tables) {
    for (const OptionDef& option : table->options) {
      names.emplace_back(option.name);
      if (has_no_form(option)) names.push_back(fmt::format("no-{}", option.name));
    }
  }
  return names;
}

// The nearest name, or the only one that begins like that: people are used to abbreviations.
std::optional<std::string> meant_name(std::string_view name,
                                      const std::vector<std::string>& names) {
  if (const auto near = nearest(name, std::span<const std::string>(names))) return near;
  const auto begins = [&](const std::string& known) { return known.starts_with(name); };
  const auto first = std::find_if(names.begin(), names.end(), begins);
  if (name.size() < 2 || first == names.end()) return std::nullopt;
  return std::find_if(first + 1, names.end(), begins) == names.end() ? std::optional(*first)
                                                                     : std::nullopt;
}

Error unknown_option(OptionTables tables, const std::string& word) {
  const std::string_view name = std::string_view(word).substr(word.starts_with("--") ? 2 : 1);
  const auto meant = meant_name(name, long_names(tables));
  return {ErrorCode::kUsage, fmt::format("unknown option '{}'", word),
          meant ? fmt::format("did you mean '--{}'?", *meant) : ""};
}

using Declared = std::vector<std::pair<const OptionDef*, CLI::Option*>>;

Declared declare_all(CLI::App& app, OptionTables tables) {
  Declared all;
  for (const OptionTable* const table : tables) {
    for (const OptionDef& option : table->options) all.emplace_back(&option, declare(app, option));
  }
  return all;
}

void collect(ParsedWords& parsed, const Declared& declared, const CLI::App& app,
             OptionTables tables, const WordShield& shield) {
  for (const auto& [option, found] : declared) {
    if (found->count() == 0) continue;
    parsed.given[option] =
        option->takes_value() ? given_value(*option, *found, shield) : given_flag(*option, *found);
  }
  for (const std::string& word : app.remaining()) {
    const ShieldedValue* const value = shield.unshield(word);
    if (value != nullptr) {
      parsed.arguments.push_back(
          {.text = value->text, .position = value->position, .after_mark = value->after_mark});
    } else if (word != "--") {
      parsed.errors.push_back(unknown_option(tables, word));
    }
  }
}

}  // namespace

const Given* ParsedWords::find(const OptionDef* option) const {
  const auto found = given.find(option);
  return found == given.end() ? nullptr : &found->second;
}

ParsedWords parse_words(OptionTables tables, std::span<const std::string> words) {
  ParsedWords parsed;
  const WordShield shield(tables, words);
  parsed.errors = shield.errors();
  try {
    CLI::App app;
    app.set_help_flag();
    app.allow_extras();
    CLI::Option* const short_help = app.add_flag("-h");
    short_help->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    const Declared declared = declare_all(app, tables);
    // CLI11 takes words from the end.
    app.parse(std::vector<std::string>(shield.words().rbegin(), shield.words().rend()));
    parsed.short_help = short_help->count() > 0;
    collect(parsed, declared, app, tables, shield);
  } catch (const CLI::Error& error) {
    parsed.errors.emplace_back(ErrorCode::kUsage, error.what());
  }
  return parsed;
}

}  // namespace quarry::cli
