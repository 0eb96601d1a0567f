#include "tools/etl-report/parameters/powershell_words.h"

#include "common/base/text.h"
#include "tools/etl-report/parameters/parameters.h"

#include <algorithm>
#include <string_view>

namespace quarry::etl_report {
namespace {

/// "$false" and "false": how a switch is turned off.
bool says_no(std::string_view value) {
  return text::iequals_ascii(value, "$false") || text::iequals_ascii(value, "false");
}

/// "TopFile", "topfile": a capital or the beginning of a parameter, which no row of one-letter
/// options is written like.
bool looks_like_parameter(std::string_view name, const std::vector<ParameterDef>& parameters) {
  constexpr std::size_t kBeginning = 3;
  const std::string_view start = name.substr(0, kBeginning);
  if (name.size() <= kBeginning || !std::ranges::all_of(start, text::is_ascii_alpha)) return false;
  return (start[0] >= 'A' && start[0] <= 'Z') ||
         std::ranges::any_of(parameters, [start](const ParameterDef& parameter) {
           return text::iequals_ascii(parameter.pascal.substr(0, kBeginning), start);
         });
}

/// Appends what the word stands for.
void append(std::vector<std::string>& out, const std::string& word, const ParameterDef& parameter) {
  const std::size_t colon = word.find(':');
  const bool has_value = colon != std::string::npos && colon + 1 < word.size();
  const std::string value = has_value ? word.substr(colon + 1) : "";
  if (parameter.option.empty()) {
    if (has_value) out.push_back(value);
  } else if (!parameter.takes_value) {
    out.push_back((says_no(value) ? "--no-" : "--") + std::string(parameter.option));
  } else {
    out.push_back("--" + std::string(parameter.option) + (has_value ? "=" + value : ""));
  }
}

}  // namespace

std::vector<std::string> without_powershell(std::span<const std::string> words) {
  const std::vector<ParameterDef> parameters = all_parameters();
  std::vector<std::string> out;
  bool options_end = false;
  for (const std::string& word : words) {
    options_end = options_end || word == "--";
    const bool may_be = !options_end && word.size() > 1 && word[0] == '-' && word[1] != '-';
    const std::string_view name = std::string_view(word).substr(may_be ? 1 : 0);
    const auto found =
        std::find_if(parameters.begin(), parameters.end(), [&](const ParameterDef& parameter) {
          return text::iequals_ascii(name.substr(0, name.find(':')), parameter.pascal);
        });
    if (may_be && found != parameters.end()) {
      append(out, word, *found);
    } else if (may_be && looks_like_parameter(name, parameters)) {
      out.push_back('-' + word);  // an option that nobody knows: the parser names the nearest
    } else {
      out.push_back(word);
    }
  }
  return out;
}

CommandWords::CommandWords(int argc, char** argv) {
  const std::vector<std::string> given(argv + (argc > 0 ? 1 : 0), argv + argc);
  words_ = without_powershell(given);
  words_.insert(words_.begin(), argc > 0 ? argv[0] : "etl-report");
  for (std::string& word : words_) pointers_.push_back(word.data());
  pointers_.push_back(nullptr);
}

}  // namespace quarry::etl_report
