// What an option is, wherever it is declared: parser, help, man page, completions, configuration
// and --show-config derive from it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace quarry::config {

enum class OptionKind : std::uint8_t {
  kSwitch,  // --name, --no-name
  kCount,   // -vv
  kValue,   // --name=VALUE, the last one counts
  kChoice,  // as kValue, one of `choices`
  kList,    // --name=VALUE, as often as needed
};

/// The words that a kChoice takes. A function, because some come from other rooms' tables.
using Choices = std::span<const std::string_view> (*)();

/// Where a variable or a configuration file may set the option.
enum class Reach : std::uint8_t {
  kAlways,
  kTerminal,  // only when stdout is a terminal: a pipe must not change because of someone's shell
              // profile
};

/// One option, declared once in a constexpr table. Views point to constants.
struct OptionDef {
  std::string_view name;          // long name without dashes
  char letter = '\0';             // '\0': none
  std::string_view metavar = {};  // "FILE"; empty for kSwitch and kCount
  std::string_view help;  // one sentence without a full stop; may be long, it is folded. Of a
                          // switch that is on by itself: what its --no- form does, "Never …"
  OptionKind kind = OptionKind::kSwitch;
  std::string_view variable = {};  // environment variable; may be empty
  std::string_view key = {};       // in the configuration file; empty: cannot be set there
  std::string_view default_text =
      {};  // built-in value; "true" for a switch makes help show its --no- form
  Choices choices = nullptr;
  Reach reach = Reach::kAlways;
  bool hidden = false;  // left out of short and full help, not of the man page

  constexpr bool takes_value() const {
    return kind == OptionKind::kValue || kind == OptionKind::kChoice || kind == OptionKind::kList;
  }
  constexpr bool is_switch() const { return kind == OptionKind::kSwitch; }
  constexpr bool on_by_default() const { return is_switch() && default_text == "true"; }
};

/// Options that belong together under one heading.
struct OptionTable {
  std::string_view group;  // "Output"
  std::span<const OptionDef> options;
};

}  // namespace quarry::config
