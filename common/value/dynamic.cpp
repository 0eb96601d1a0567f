#include "common/value/dynamic.h"

#include "common/value/json_number.h"
#include "common/value/json_scan.h"

namespace quarry {
namespace {

using json_scan::skip_blanks;

bool starts_with(std::string_view text, char c) { return !text.empty() && text.front() == c; }

std::string_view between(const char* first, const char* end) {
  return {first, static_cast<std::size_t>(end - first)};
}

/// Steps over what stands before the next element: nothing before the first, a comma before the
/// others. Null pointer at the end of the container and where the text is malformed.
const char* next_start(std::string_view rest, bool first, char closing) {
  const char* const end = rest.data() + rest.size();
  const char* p = skip_blanks(rest.data(), end);
  if (p == end) return nullptr;
  if (first) return *p == closing ? nullptr : p;
  if (*p != ',') return nullptr;
  p = skip_blanks(p + 1, end);
  return p == end ? nullptr : p;
}

/// Compares a raw key with a decoded one.
bool is_key(std::string_view raw, std::string_view key, std::string& scratch) {
  if (raw.find('\\') == std::string_view::npos) return raw == key;
  scratch.clear();
  decode_json_string(raw, scratch);
  return scratch == key;
}

}  // namespace

DynamicView::DynamicView(std::string_view json) : json_(json_scan::trim(json)) {}

DynamicKind DynamicView::kind() const {
  if (json_.empty()) return DynamicKind::kNull;
  switch (json_.front()) {
    case '{':
      return DynamicKind::kBag;
    case '[':
      return DynamicKind::kArray;
    case '"': {
      const char* const end = json_.data() + json_.size();
      return json_scan::skip_string(json_.data(), end) == end ? DynamicKind::kString
                                                              : DynamicKind::kNull;
    }
    case 't':
      return json_ == "true" ? DynamicKind::kBool : DynamicKind::kNull;
    case 'f':
      return json_ == "false" ? DynamicKind::kBool : DynamicKind::kNull;
    default:
      break;
  }
  const NumberShape shape = number_shape(json_);
  if (shape == NumberShape::kNone) return DynamicKind::kNull;
  const JsonNumber number = parse_json_number(json_, shape);
  return std::holds_alternative<std::int64_t>(number) ? DynamicKind::kLong : DynamicKind::kReal;
}

std::optional<bool> DynamicView::as_bool() const {
  if (json_ == "true") return true;
  if (json_ == "false") return false;
  return std::nullopt;
}

std::optional<std::int64_t> DynamicView::as_long() const {
  const NumberShape shape = number_shape(json_);
  if (shape != NumberShape::kInteger) return std::nullopt;
  const JsonNumber number = parse_json_number(json_, shape);
  if (const auto* const integer = std::get_if<std::int64_t>(&number)) return *integer;
  return std::nullopt;
}

std::optional<double> DynamicView::as_real() const {
  const NumberShape shape = number_shape(json_);
  if (shape == NumberShape::kNone) return std::nullopt;
  return std::visit([](auto value) { return static_cast<double>(value); },
                    parse_json_number(json_, shape));
}

std::optional<std::string_view> DynamicView::as_string(std::string& scratch) const {
  if (!starts_with(json_, '"')) return std::nullopt;
  const char* const end = json_.data() + json_.size();
  const char* const stop = json_scan::find_quote_or_backslash(json_.data() + 1, end);
  if (stop == end) return std::nullopt;
  if (*stop == '"') {
    if (stop + 1 != end) return std::nullopt;
    return between(json_.data() + 1, stop);
  }
  if (json_scan::skip_string(json_.data(), end) != end) return std::nullopt;
  scratch.clear();
  decode_json_string(json_.substr(1, json_.size() - 2), scratch);
  return std::string_view(scratch);
}

DynamicView DynamicView::member(std::string_view key) const {
  std::string_view raw_key;
  std::string scratch;
  DynamicView value, found;
  for (BagCursor cursor(*this); cursor.next(raw_key, value);) {
    if (is_key(raw_key, key, scratch)) found = value;
  }
  return found;
}

DynamicView DynamicView::element(std::int64_t index) const {
  if (!starts_with(json_, '[')) return {};
  if (index < 0) index += static_cast<std::int64_t>(size());
  if (index < 0) return {};
  DynamicView value;
  for (ArrayCursor cursor(*this); cursor.next(value); --index) {
    if (index == 0) return value;
  }
  return {};
}

std::size_t DynamicView::size() const {
  std::size_t count = 0;
  DynamicView value;
  std::string_view raw_key;
  for (ArrayCursor cursor(*this); cursor.next(value);) ++count;
  for (BagCursor cursor(*this); cursor.next(raw_key, value);) ++count;
  return count;
}

ArrayCursor::ArrayCursor(const DynamicView& array) {
  if (starts_with(array.json(), '[')) rest_ = array.json().substr(1);
}

bool ArrayCursor::next(DynamicView& element) {
  const char* const end = rest_.data() + rest_.size();
  const char* const start = next_start(rest_, first_, ']');
  const char* const stop = start == nullptr ? nullptr : json_scan::skip_value(start, end);
  first_ = false;
  if (stop == nullptr) {
    rest_ = {};
    return false;
  }
  element = DynamicView(between(start, stop));
  rest_ = between(stop, end);
  return true;
}

BagCursor::BagCursor(const DynamicView& bag) {
  if (starts_with(bag.json(), '{')) rest_ = bag.json().substr(1);
}

bool BagCursor::next(std::string_view& raw_key, DynamicView& value) {
  const char* const end = rest_.data() + rest_.size();
  const char* const key = next_start(rest_, first_, '}');
  first_ = false;
  rest_ = {};
  if (key == nullptr || *key != '"') return false;
  const char* const key_end = json_scan::skip_string(key, end);
  if (key_end == nullptr) return false;
  const char* start = skip_blanks(key_end, end);
  if (start == end || *start != ':') return false;
  start = skip_blanks(start + 1, end);
  const char* const stop = json_scan::skip_value(start, end);
  if (stop == nullptr) return false;
  raw_key = between(key + 1, key_end - 1);
  value = DynamicView(between(start, stop));
  rest_ = between(stop, end);
  return true;
}

}  // namespace quarry
