#include "common/table/infer.h"

#include "common/base/text.h"
#include "common/time/parse.h"

#include <algorithm>

namespace quarry::table {
namespace {

bool has_leading_zero(std::string_view digits) {
  if (digits.starts_with('-') || digits.starts_with('+')) digits.remove_prefix(1);
  return digits.size() > 1 && digits[0] == '0' && text::is_ascii_digit(digits[1]);
}

// yyyy-mm-ddThh:mm… with a zone: anything shorter or freer might as well be a name or a version.
bool is_instant(std::string_view text) {
  if (text.size() < 17 || text.size() > 33 || text[4] != '-' || text[7] != '-' ||
      (text[10] != 'T' && text[10] != ' ') || text[13] != ':')
    return false;
  if (text.back() == 'Z') return parse_iso_datetime(text) || parse_datetime(text);
  const std::size_t sign = text.find_first_of("+-", 11);
  return sign != std::string_view::npos && parse_datetime(text).has_value();
}

bool looks_like_number(std::string_view text) {
  const auto allowed = [](char c) {
    return text::is_ascii_digit(c) || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
  };
  return std::ranges::all_of(text, allowed) && std::ranges::any_of(text, text::is_ascii_digit);
}

}  // namespace

Type type_for(Evidence seen) {
  switch (seen) {
    case kSawBool:
      return Type::kBool;
    case kSawLong:
      return Type::kLong;
    case kSawReal:
    case kSawReal | kSawLong:
      return Type::kReal;
    case kSawDatetime:
    case kSawDatetime | kSawEmptyText:
      return Type::kDatetime;
    case kSawNested:
      return Type::kDynamic;
    default:
      return Type::kString;
  }
}

Evidence evidence_of_number(std::string_view token) {
  if (text::parse_int64(token)) return kSawLong;
  return token.find_first_of(".eE") == std::string_view::npos ? kSawText : kSawReal;
}

Evidence evidence_of_json_text(std::string_view text) {
  if (text.empty()) return kSawEmptyText;
  return is_instant(text) ? kSawDatetime : kSawText;
}

Evidence evidence_of_plain_text(std::string_view text) {
  if (text.empty()) return 0;
  if (text::iequals_ascii(text, "true") || text::iequals_ascii(text, "false")) return kSawBool;
  if (looks_like_number(text)) {
    if (has_leading_zero(text) || text.front() == '+') return kSawText;
    if (text::parse_int64(text)) return kSawLong;
    const bool fraction = text.find_first_of(".eE") != std::string_view::npos;
    return fraction && text::parse_double(text) ? kSawReal : kSawText;
  }
  return is_instant(text) ? kSawDatetime : kSawText;
}

Schema FoundTable::schema() const {
  Schema schema;
  for (const FoundColumn& column : columns)
    schema.columns.push_back({column.name, type_for(column.seen)});
  return schema;
}

void FoundTable::note(std::string_view column, Evidence seen) {
  const auto found = std::ranges::find(columns, column, &FoundColumn::name);
  if (found == columns.end()) {
    columns.push_back({std::string(column), seen});
  } else {
    found->seen |= seen;
  }
}

void FoundTable::merge(const FoundTable& other) {
  for (const FoundColumn& column : other.columns) note(column.name, column.seen);
  rows += other.rows;
}

Schema with_found_columns(const Schema& declared, const Schema& found) {
  Schema all = declared;
  for (const ColumnSchema& column : found.columns) {
    if (!declared.find(column.name)) all.columns.push_back(column);
  }
  return all;
}

}  // namespace quarry::table
