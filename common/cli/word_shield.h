// Guards words from what CLI11 reads into them: it splits a value "[a,b]" in two, takes "--name="
// for a missing value and
// "-5" for an option. Every value and argument is replaced by a mark that carries its index and
// means nothing to CLI11.
#pragma once

#include "common/base/error.h"
#include "common/cli/app.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::cli {

struct ShieldedValue {
  std::string text;
  std::size_t position;  // index of the word it stood in
  bool after_mark;       // behind "--"
};

class WordShield {
 public:
  WordShield(OptionTables tables, std::span<const std::string> words);

  /// What CLI11 is given: options as they are, values and arguments as marks.
  const std::vector<std::string>& words() const { return shielded_; }
  /// The value behind a mark; nullptr where the word is no mark (an option that nobody knows).
  const ShieldedValue* unshield(std::string_view mark) const;
  /// Values that are missing or must not be: what CLI11 would say less clearly.
  const std::vector<Error>& errors() const { return errors_; }

 private:
  void take_long(const std::string& word);
  void take_letters(const std::string& word);
  void take_value_of(const OptionDef& option, std::string spelling);
  const OptionDef* by_letter(char letter) const;
  /// Also --no-NAME of a switch.
  const OptionDef* by_name(std::string_view name) const;
  std::string mark(std::string text);
  void fail_usage(std::string message, std::string hint = {});

  OptionTables tables_;
  std::span<const std::string> words_;
  std::size_t position_ = 0;
  bool after_mark_ = false;
  std::vector<std::string> shielded_;
  std::vector<ShieldedValue> values_;
  std::vector<Error> errors_;
};

}  // namespace quarry::cli
