// A command line written for Get-MpPerformanceReport, in the options of this tool: "-TopFiles:10"
// and "-topfiles 10" are "--top-files 10".
#pragma once

#include <span>
#include <string>
#include <vector>

namespace quarry::etl_report {

/// Words that equal a parameter of the cmdlet, in any case of letters and with or without
/// ":value", become options; the others and all behind "--" stay. -Path names an argument.
/// A word that looks like a parameter and is none becomes an unknown option: "--TopFilez".
std::vector<std::string> without_powershell(std::span<const std::string> words);

/// argv for cli::run, rewritten.
class CommandWords {
 public:
  CommandWords(int argc, char** argv);
  CommandWords(const CommandWords&) = delete;
  CommandWords& operator=(const CommandWords&) = delete;

  int count() const { return static_cast<int>(pointers_.size()) - 1; }
  char** words() { return pointers_.data(); }

 private:
  std::vector<std::string> words_;
  std::vector<char*> pointers_;  // into words_, and a null pointer
};

}  // namespace quarry::etl_report
