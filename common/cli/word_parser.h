// Words of a command line -> options with their values and the rest. The only place that knows
// CLI11.
#pragma once

#include "common/base/error.h"
#include "common/cli/app.h"

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::cli {

/// What was written for one option.
struct Given {
  std::vector<std::string> values;  // kSwitch: "true" or "false" for each time; kCount: the number
  std::string spelling;             // "--no-pager"
  std::size_t position = 0;         // index of its first word
};

struct Argument {
  std::string text;
  std::size_t position = 0;
  bool after_mark = false;  // behind "--"
};

struct ParsedWords {
  std::map<const OptionDef*, Given> given;
  std::vector<Argument> arguments;
  std::vector<Error> errors;  // all unknown options, missing and surplus values: kUsage
  bool short_help = false;    // -h

  const Given* find(const OptionDef* option) const;
};

/// `words`: without the program's name. Options and arguments in any order, the later value wins,
/// "--" ends options, long options take --name=value and --name value, short ones -nvalue and -n
/// value; names are not abbreviated.
ParsedWords parse_words(OptionTables tables, std::span<const std::string> words);

}  // namespace quarry::cli
