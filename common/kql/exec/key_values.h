// Finds values by their keys in text like `src=10.0.0.1 dst=10.0.0.2 note="so it is"`.
#pragma once

#include "common/kql/kernel/regex.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::exec {

struct KeyValueRules {
  std::vector<std::string> keys;  // one field each
  std::string pair_delimiter;  // empty together with kv_delimiter: anything but letters and digits
                               // separates
  std::string kv_delimiter;
  char open_quote = 0;  // 0: no quotes
  char close_quote = 0;
  char escape = 0;
  bool greedy = false;              // an unquoted value reaches to the next key
  std::optional<kql::Regex> regex;  // instead of delimiters: two groups, key and value
};

class KeyValuePattern {
 public:
  explicit KeyValuePattern(KeyValueRules rules) : rules_(std::move(rules)) {}

  std::size_t field_count() const { return rules_.keys.size(); }
  /// Sets `fields` ("" where the key is not there; the first of equal keys counts). Values whose
  /// escapes were taken out live in `decoded`, one a field.
  void match(std::string_view text, std::vector<std::string_view>& fields,
             std::vector<std::string>& decoded) const;

 private:
  struct Reader;
  void match_regex(Reader& reader) const;
  void match_pairs(Reader& reader) const;
  void match_words(Reader& reader) const;

  KeyValueRules rules_;
};

}  // namespace quarry::exec
