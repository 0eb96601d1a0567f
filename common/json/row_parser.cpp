#include "common/json/row_parser.h"

#include "common/base/text.h"
#include "common/base/unicode.h"
#include "common/json/value_scanner.h"
#include "common/value/dynamic.h"

#include <algorithm>
#include <cstring>

namespace quarry::json {
namespace {

// Rows with made-up keys (a bag per row) must not make the memory grow; keys beyond this are looked
// up every time.
constexpr std::size_t kMaxKnownKeys = 4096;
constexpr std::size_t kMaxNesting = 1024;

}  // namespace

RowParser::RowParser(std::span<const std::string> keys) : values_(keys.size()), entries_(1) {
  for (std::size_t i = 0; i < keys.size(); ++i)
    wanted_.emplace(keys[i], static_cast<std::int32_t>(i));
  entries_[0].mask = ~std::uint32_t{0};
}

bool RowParser::parse(std::string_view object, Tail tail) {
  begin_ = object.data();
  end_ = begin_ + object.size();
  found_ = 0;
  for (RawValue& value : values_) value.kind = TokenKind::kAbsent;
  if (object.empty() || object.front() != '{') return reject("expected '{'", begin_);
  if (values_.empty()) return true;
  return parse_members(begin_ + 1, tail);
}

bool RowParser::rest_matches(const Entry& entry, const char* at) const {
  constexpr std::size_t kHead = sizeof entry.head;
  return at + entry.size <= end_ &&
         std::memcmp(at + kHead, entry.text.data() + kHead, entry.size - kHead) == 0;
}

bool RowParser::parse_members(const char* at, Tail tail) {
  at = skip_blanks(at, end_);
  if (at < end_ && *at == '}') return end_of_object(at, tail);
  std::uint32_t current = 0;
  while (true) {
    const std::uint32_t expected = entries_[current].next;
    std::int32_t slot;
    if (expected != 0 && matches(entries_[expected], at)) {
      current = expected;
      at += entries_[expected].size;
      slot = entries_[expected].slot;
    } else {
      at = read_unexpected_key(at, current, slot);
      if (at == nullptr) return false;
    }
    if (is_json_blank(*at)) at = skip_blanks(at, end_);
    if (slot < 0 || values_[static_cast<std::size_t>(slot)].kind != TokenKind::kAbsent) {
      const char* const start = at;
      at = skip_any_value(at, end_);
      if (at == nullptr) return reject("unfinished or missing value", start);
    } else {
      at = take_value(at, slot);
      if (at == nullptr) return false;
      if (++found_ == values_.size()) return true;
    }
    if (is_json_blank(*at)) at = skip_blanks(at, end_);
    if (at >= end_) return reject("expected ',' or '}'", end_);
    if (*at == '}') return end_of_object(at, tail);
    if (*at != ',') return reject("expected ',' or '}'", at);
    ++at;
    if (is_json_blank(*at)) at = skip_blanks(at, end_);
  }
}

bool RowParser::end_of_object(const char* at, Tail tail) {
  if (tail == Tail::kAnything) return true;
  const char* const behind = skip_blanks(at + 1, end_);
  return behind == end_ || reject("expected the end of the line", behind);
}

// Reads any key and its colon; teaches the key before it what came this time.
const char* RowParser::read_unexpected_key(const char* at, std::uint32_t& current,
                                           std::int32_t& slot) {
  if (at >= end_ || *at != '"') return fail("expected a key in quotes", std::min(at, end_));
  StringTraits traits;
  const char* const quote = inspect_string(at + 1, end_, traits);
  if (quote == nullptr) return fail("unfinished key", at);
  const std::string_view raw_key(at + 1, static_cast<std::size_t>(quote - at - 1));
  if (traits.control) return fail("control character in a key", at);
  if (traits.non_ascii && !unicode::is_valid(raw_key)) return fail("invalid UTF-8 in a key", at);
  const char* const colon = skip_blanks(quote + 1, end_);
  if (colon >= end_ || *colon != ':') return fail("expected ':'", colon);

  if (const auto known = by_text_.find(raw_key); known != by_text_.end()) {
    entries_[current].next = known->second;
    current = known->second;
    slot = entries_[current].slot;
    return colon + 1;
  }
  slot = slot_of(raw_key);
  if (entries_.size() < kMaxKnownKeys) {
    const std::uint32_t added = add_entry(raw_key, slot);
    entries_[current].next = added;
    current = added;
  } else {
    current = 0;
  }
  return colon + 1;
}

std::uint32_t RowParser::add_entry(std::string_view raw_key, std::int32_t slot) {
  Entry entry;
  entry.text = '"' + std::string(raw_key) + "\":";
  entry.size = static_cast<std::uint32_t>(entry.text.size());
  const std::size_t in_head = std::min(entry.text.size(), sizeof entry.head);
  std::memcpy(entry.head, entry.text.data(), in_head);
  entry.mask = in_head == sizeof entry.head ? ~std::uint32_t{0} : (std::uint32_t{1} << in_head) - 1;
  entry.slot = slot;
  const auto index = static_cast<std::uint32_t>(entries_.size());
  by_text_.emplace(raw_key, index);
  entries_.push_back(std::move(entry));
  return index;
}

std::int32_t RowParser::slot_of(std::string_view raw_key) {
  if (raw_key.find('\\') != std::string_view::npos) {
    std::string key;
    decode_json_string(raw_key, key);
    const auto found = wanted_.find(key);
    return found == wanted_.end() ? -1 : found->second;
  }
  const auto found = wanted_.find(raw_key);
  return found == wanted_.end() ? -1 : found->second;
}

const char* RowParser::take_value(const char* at, std::int32_t slot) {
  if (at >= end_) return fail("missing value", end_);
  RawValue& value = values_[static_cast<std::size_t>(slot)];
  if (*at == '"') return take_string(at, value);
  if (*at == '{' || *at == '[')
    return take_nested(at, value, slot == open_slot_ && found_ + 1 == values_.size());
  return take_scalar(at, value);
}

const char* RowParser::take_string(const char* at, RawValue& value) {
  StringTraits traits;
  const char* const inside = at + 1;
  const char* const quote = inspect_string(inside, end_, traits);
  if (quote == nullptr) return fail("unfinished string", at);
  value.data = inside;
  value.size = static_cast<std::uint32_t>(quote - inside);
  value.kind = traits.escaped ? TokenKind::kEscapedText : TokenKind::kText;
  if (traits.control) return fail("control character in a string", at);
  if (traits.non_ascii) {
    if (const std::size_t bad = unicode::find_invalid(value.text()); bad != std::string_view::npos)
      return fail("invalid UTF-8", inside + bad);
  }
  return quote + 1;
}

const char* RowParser::take_nested(const char* at, RawValue& value, bool open) {
  const char* const behind = open ? end_ : skip_nested(at, end_);
  if (behind == nullptr) return fail("unfinished object or array", at);
  value.data = at;
  value.size = static_cast<std::uint32_t>(behind - at);
  value.kind = TokenKind::kNested;
  if (open) return behind;
  if (!is_valid_json(value.text(), kMaxNesting))
    return fail("broken or too deeply nested object or array", at);
  if (!unicode::is_valid(value.text())) return fail("invalid UTF-8", at);
  return behind;
}

const char* RowParser::take_scalar(const char* at, RawValue& value) {
  const char* const behind = skip_any_value(at, end_);
  if (behind == nullptr) return fail("missing value", at);
  value.data = at;
  value.size = static_cast<std::uint32_t>(behind - at);
  const std::string_view token = value.text();
  if (token == "null") {
    value.kind = TokenKind::kNull;
  } else if (token == "true") {
    value.kind = TokenKind::kTrue;
  } else if (token == "false") {
    value.kind = TokenKind::kFalse;
  } else if (is_json_number(token)) {
    value.kind = TokenKind::kNumber;
  } else {
    return fail("not a JSON value", at);
  }
  return behind;
}

bool RowParser::reject(const char* what, const char* at) {
  problem_ = {what, static_cast<std::size_t>(at - begin_)};
  return false;
}

const char* RowParser::fail(const char* what, const char* at) {
  reject(what, at);
  return nullptr;
}

bool is_json_number(std::string_view token) {
  const char* at = token.data();
  const char* const end = at + token.size();
  const auto digits = [&] {
    const char* const start = at;
    while (at < end && text::is_ascii_digit(*at)) ++at;
    return at != start;
  };
  if (at < end && *at == '-') ++at;
  if (at < end && *at == '0') {
    ++at;
  } else if (!digits()) {
    return false;
  }
  if (at < end && *at == '.') {
    ++at;
    if (!digits()) return false;
  }
  if (at < end && (*at == 'e' || *at == 'E')) {
    ++at;
    if (at < end && (*at == '+' || *at == '-')) ++at;
    if (!digits()) return false;
  }
  return at == end;
}

}  // namespace quarry::json
