#include "tools/taxii-pull/pattern/literal.h"

#include "common/base/text.h"

#include <algorithm>

namespace quarry::taxii_pull::pattern {
namespace {

/// Two digits as a number; -1 where they are none.
int two_digits(std::string_view text, std::size_t at) {
  if (!text::is_ascii_digit(text[at]) || !text::is_ascii_digit(text[at + 1])) return -1;
  return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

bool in_range(int value, int least, int most) { return value >= least && value <= most; }

bool is_base64_char(char c) { return text::is_ascii_alnum(c) || c == '+' || c == '/'; }

}  // namespace

bool is_timestamp(std::string_view text) {
  constexpr std::string_view kShape = "dddd-dd-ddTdd:dd:dd";
  if (text.size() <= kShape.size() || text.back() != 'Z') return false;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    const bool fits = kShape[i] == 'd' ? text::is_ascii_digit(text[i]) : text[i] == kShape[i];
    if (!fits) return false;
  }
  if (!in_range(two_digits(text, 5), 1, 12) || !in_range(two_digits(text, 8), 1, 31)) return false;
  if (!in_range(two_digits(text, 11), 0, 23) || !in_range(two_digits(text, 14), 0, 59) ||
      !in_range(two_digits(text, 17), 0, 60))
    return false;
  std::string_view fraction = text.substr(kShape.size());
  fraction.remove_suffix(1);
  if (fraction.empty()) return true;
  if (fraction.front() != '.' || fraction.size() == 1) return false;
  return std::all_of(fraction.begin() + 1, fraction.end(), text::is_ascii_digit);
}

bool is_hex_pairs(std::string_view text) {
  return text.size() % 2 == 0 && std::all_of(text.begin(), text.end(), [](char c) {
           const char lower = text::ascii_lower(c);
           return text::is_ascii_digit(c) || (lower >= 'a' && lower <= 'f');
         });
}

bool is_base64(std::string_view text) {
  if (text.empty() || text.size() % 4 != 0) return false;
  std::size_t padding = 0;
  while (padding < 2 && text.ends_with('=')) {
    text.remove_suffix(1);
    ++padding;
  }
  return std::all_of(text.begin(), text.end(), is_base64_char);
}

std::string unquoted(std::string_view token) {
  std::string out;
  out.reserve(token.size());
  for (std::size_t i = 1; i + 1 < token.size(); ++i) {
    if (token[i] == '\\') ++i;
    out += token[i];
  }
  return out;
}

}  // namespace quarry::taxii_pull::pattern
