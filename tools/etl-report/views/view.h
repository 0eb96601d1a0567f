// What a view is: a section of the report, with the options that ask for it and for its lists. One
// file a view; tables.h lists them. Parser, help, manual page, completions and PowerShell spellings
// derive from what stands here.
#pragma once

#include "common/config/option.h"
#include "tools/etl-report/report.h"

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <variant>

namespace quarry::etl_report {

class Parameters;

/// A parameter's name as the PowerShell cmdlet has it, and the option it is here: TopFilesPerPath,
/// top-files-per-path.
class ParameterName {
 public:
  consteval ParameterName(const char* name) : pascal_(name) {
    for (const char c : pascal_) {
      const bool capital = c >= 'A' && c <= 'Z';
      if (capital && size_ > 0) kebab_[size_++] = '-';
      kebab_[size_++] = capital ? static_cast<char>(c + 32) : c;
    }
  }
  constexpr std::string_view pascal() const { return pascal_; }
  constexpr std::string_view option() const { return {kebab_.data(), size_}; }

 private:
  std::string_view pascal_;
  std::array<char, 48> kebab_{};
  std::size_t size_ = 0;
};

/// A list that may be asked for, by a parameter of its own that says how many it holds.
struct ListDef {
  ParameterName parameter;
  std::string_view member;  // what reports call it: "TopFiles"; below an entry "Scans", "Folder" …
  Subject subject = Subject::kScans;
  std::string_view help;
  std::span<const ListDef* const> below = {};  // lists of each entry, in the order of reports
};

/// The parameters of a list and of those below it.
constexpr std::size_t parameter_count(const ListDef& list) {
  std::size_t count = 1;
  for (const ListDef* const below : list.below) count += parameter_count(*below);
  return count;
}

constexpr void add_options(const ListDef& list, config::OptionDef*& next) {
  *next++ = {.name = list.parameter.option(),
             .metavar = "N",
             .help = list.help,
             .kind = config::OptionKind::kValue};
  for (const ListDef* const below : list.below) add_options(*below, next);
}

/// One option for each parameter, in the order of the tree.
template <const ListDef& kList>
constexpr auto options_of() {
  std::array<config::OptionDef, parameter_count(kList)> options{};
  config::OptionDef* next = options.data();
  add_options(kList, next);
  return options;
}

struct View {
  std::string_view name;  // of the section: "TopFiles"
  config::OptionTable options;
  const ListDef* list = nullptr;  // nullptr: the section is no list
  std::variant<List, Overview> (*build)(const View& view, std::span<const Scan* const> scans,
                                        const Parameters& parameters) = nullptr;
};

/// How sections that are lists are built: groups, their lists, theirs …
std::variant<List, Overview> build_list(const View& view, std::span<const Scan* const> scans,
                                        const Parameters& parameters);

}  // namespace quarry::etl_report
