#include "common/kql/exec/key_values.h"

#include "common/base/text.h"

#include <algorithm>

namespace quarry::exec {
namespace {

bool is_word(char c) {
  return text::is_ascii_alnum(c) || c == '_' || (static_cast<unsigned char>(c) & 0x80) != 0;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

/// A walk over one text.
struct KeyValuePattern::Reader {
  const KeyValueRules& rules;
  std::string_view text;
  std::vector<std::string_view>& fields;
  std::vector<std::string>& decoded;
  std::vector<bool> found;

  bool at_quote(std::size_t at) const {
    return rules.open_quote != 0 && at < text.size() && text[at] == rules.open_quote;
  }

  /// The inside of the quotes that open at `at`; `at` moves behind them. Escapes stay.
  std::string_view quoted(std::size_t& at) const {
    const std::size_t begin = ++at;
    while (at < text.size() && text[at] != rules.close_quote)
      at += rules.escape != 0 && text[at] == rules.escape ? 2 : 1;
    const std::size_t end = std::min(at, text.size());
    at = std::min(end + 1, text.size());
    return text.substr(begin, end - begin);
  }

  void store(std::string_view key, std::string_view value) {
    const auto place = std::find(rules.keys.begin(), rules.keys.end(), key);
    if (place == rules.keys.end()) return;
    const auto field = static_cast<std::size_t>(place - rules.keys.begin());
    if (found[field]) return;
    found[field] = true;
    fields[field] = value;
    if (rules.escape == 0 || value.find(rules.escape) == std::string_view::npos) return;
    std::string& plain = decoded[field];
    plain.clear();
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (value[i] == rules.escape && i + 1 < value.size()) ++i;
      plain += value[i];
    }
    fields[field] = plain;
  }

  /// Where the next `key kv_delimiter` of a wanted or unwanted key begins, for greedy values.
  std::size_t next_key(std::size_t from) const {
    const std::size_t delimiter = text.find(rules.kv_delimiter, from);
    if (delimiter == std::string_view::npos) return text.size();
    std::size_t begin = delimiter;
    while (begin > from && is_word(text[begin - 1])) --begin;
    return begin;
  }
};

void KeyValuePattern::match(std::string_view text, std::vector<std::string_view>& fields,
                            std::vector<std::string>& decoded) const {
  fields.assign(field_count(), {});
  decoded.resize(field_count());
  Reader reader{rules_, text, fields, decoded, std::vector<bool>(field_count(), false)};
  if (rules_.regex)
    match_regex(reader);
  else if (rules_.kv_delimiter.empty())
    match_words(reader);
  else
    match_pairs(reader);
}

void KeyValuePattern::match_regex(Reader& reader) const {
  std::vector<std::string_view> groups;
  std::size_t at = 0;
  while (at <= reader.text.size() && rules_.regex->match(reader.text, at, groups)) {
    if (groups.size() > 2) reader.store(groups[1], groups[2]);
    const auto end =
        static_cast<std::size_t>(groups[0].data() - reader.text.data()) + groups[0].size();
    at = std::max(end, at + 1);
  }
}

void KeyValuePattern::match_pairs(Reader& reader) const {
  const std::string_view text = reader.text;
  std::size_t at = 0;
  while (at < text.size()) {
    while (at < text.size() && text[at] == ' ') ++at;
    std::string_view key;
    if (reader.at_quote(at)) {
      key = reader.quoted(at);
    } else {
      const std::size_t delimiter = text.find(rules_.kv_delimiter, at);
      if (delimiter == std::string_view::npos) return;
      const std::size_t pair = rules_.pair_delimiter.empty() ? std::string_view::npos
                                                             : text.find(rules_.pair_delimiter, at);
      if (pair < delimiter) {  // no pair: a stray word
        at = pair + rules_.pair_delimiter.size();
        continue;
      }
      key = trimmed(text.substr(at, delimiter - at));
      at = delimiter;
    }
    if (!text.substr(at).starts_with(rules_.kv_delimiter)) continue;
    at += rules_.kv_delimiter.size();
    std::size_t value_at = at;
    while (value_at < text.size() && text[value_at] == ' ' && rules_.pair_delimiter != " ")
      ++value_at;
    std::size_t end = text.size();
    if (reader.at_quote(value_at)) {
      reader.store(key, reader.quoted(value_at));
      end = value_at;
    } else {
      if (rules_.greedy)
        end = reader.next_key(value_at);
      else if (!rules_.pair_delimiter.empty())
        end = std::min(text.find(rules_.pair_delimiter, value_at), text.size());
      std::string_view value = text.substr(value_at, end - value_at);
      if (rules_.greedy && value.ends_with(rules_.pair_delimiter))
        value.remove_suffix(rules_.pair_delimiter.size());
      reader.store(key, trimmed(value));
    }
    at = text.substr(end).starts_with(rules_.pair_delimiter) ? end + rules_.pair_delimiter.size()
                                                             : end;
  }
}

/// Without delimiters a key is a word; what follows it, over anything that is no word, is its
/// value: a word or a quoted text.
void KeyValuePattern::match_words(Reader& reader) const {
  const std::string_view text = reader.text;
  for (const std::string& key : rules_.keys) {
    for (std::size_t at = text.find(key); at != std::string_view::npos;
         at = text.find(key, at + 1)) {
      std::size_t behind = at + key.size();
      if ((at > 0 && is_word(text[at - 1])) || behind >= text.size() || is_word(text[behind]))
        continue;
      while (behind < text.size() && !is_word(text[behind]) && !reader.at_quote(behind)) ++behind;
      if (reader.at_quote(behind)) {
        reader.store(key, reader.quoted(behind));
      } else {
        std::size_t end = behind;
        while (end < text.size() && is_word(text[end])) ++end;
        reader.store(key, text.substr(behind, end - behind));
      }
      break;
    }
  }
}

}  // namespace quarry::exec
