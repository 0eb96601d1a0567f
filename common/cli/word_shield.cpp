#include "common/cli/word_shield.h"

#include "common/base/text.h"

#include <fmt/format.h>

#include <utility>

namespace quarry::cli {
namespace {

constexpr char kMark = '\x01';

}  // namespace

WordShield::WordShield(OptionTables tables, std::span<const std::string> words)
    : tables_(tables), words_(words) {
  for (; position_ < words_.size(); ++position_) {
    const std::string& word = words_[position_];
    if (after_mark_ || word.size() < 2 || word[0] != '-') {
      shielded_.push_back(mark(word));
    } else if (word == "--") {
      after_mark_ = true;
      shielded_.push_back(word);
    } else if (word[1] == '-') {
      take_long(word);
    } else {
      take_letters(word);
    }
  }
}

void WordShield::take_long(const std::string& word) {
  const std::size_t equals = word.find('=');
  const std::string name = word.substr(0, equals);
  const OptionDef* const option = by_name(std::string_view(name).substr(2));
  if (option == nullptr) {
    shielded_.push_back(name);
  } else if (equals == std::string::npos) {
    shielded_.push_back(name);
    if (option->takes_value()) take_value_of(*option, name);
  } else if (option->takes_value()) {
    shielded_.push_back(name + "=" + mark(word.substr(equals + 1)));
  } else {
    fail_usage(fmt::format("{} takes no value", name));
  }
}

// -vf csv, -vfcsv: letters until one that takes a value, which is the rest or the next word.
void WordShield::take_letters(const std::string& word) {
  for (std::size_t i = 1; i < word.size(); ++i) {
    const OptionDef* const option = by_letter(word[i]);
    const std::string spelling{'-', word[i]};
    shielded_.push_back(spelling);
    if (option == nullptr) return;
    if (!option->takes_value()) continue;
    if (i + 1 == word.size()) {
      take_value_of(*option, spelling);
    } else if (word[i + 1] == '=') {
      fail_usage(fmt::format("{}: a value follows without '='", spelling),
                 fmt::format("write {} {} or --{}={}", spelling, word.substr(i + 2), option->name,
                             word.substr(i + 2)));
      shielded_.pop_back();
    } else {
      shielded_.push_back(mark(word.substr(i + 1)));
    }
    return;
  }
}

void WordShield::take_value_of(const OptionDef& option, std::string spelling) {
  if (position_ + 1 < words_.size()) {
    ++position_;
    shielded_.push_back(mark(words_[position_]));
    return;
  }
  shielded_.pop_back();
  fail_usage(fmt::format("{} needs a value: {}", spelling, option.metavar));
}

const OptionDef* WordShield::by_letter(char letter) const {
  for (const OptionTable* const table : tables_) {
    for (const OptionDef& option : table->options) {
      if (option.letter == letter) return &option;
    }
  }
  return nullptr;
}

const OptionDef* WordShield::by_name(std::string_view name) const {
  if (const OptionDef* const option = find_option(tables_, name)) return option;
  if (!name.starts_with("no-")) return nullptr;
  const OptionDef* const option = find_option(tables_, name.substr(3));
  return option != nullptr && option->is_switch() ? option : nullptr;
}

std::string WordShield::mark(std::string text) {
  values_.push_back({.text = std::move(text), .position = position_, .after_mark = after_mark_});
  return fmt::format("{}{}", kMark, values_.size() - 1);
}

const ShieldedValue* WordShield::unshield(std::string_view mark) const {
  if (mark.empty() || mark[0] != kMark) return nullptr;
  const std::optional<std::int64_t> index = text::parse_int64(mark.substr(1));
  if (!index || *index < 0 || static_cast<std::size_t>(*index) >= values_.size()) return nullptr;
  return &values_[static_cast<std::size_t>(*index)];
}

void WordShield::fail_usage(std::string message, std::string hint) {
  errors_.emplace_back(ErrorCode::kUsage, std::move(message), std::move(hint));
}

}  // namespace quarry::cli
