#include "tools/consent-audit/audit/text/json_field.h"

#include "common/base/text.h"
#include "common/value/guid.h"

namespace quarry::consent_audit {

DynamicView view_of(const json::RawValue& raw) {
  switch (raw.kind) {
    case json::TokenKind::kText:
    case json::TokenKind::kEscapedText:
      return DynamicView(std::string_view(raw.data - 1, std::size_t{raw.size} + 2));
    case json::TokenKind::kTrue:
      return DynamicView("true");
    case json::TokenKind::kFalse:
      return DynamicView("false");
    case json::TokenKind::kNumber:
    case json::TokenKind::kNested:
      return DynamicView(raw.text());
    default:
      return {};
  }
}

void append_text(std::string& out, const DynamicView& value) {
  if (value.kind() != DynamicKind::kString) {
    if (!value.is_null()) out += value.json();
    return;
  }
  const std::string_view json = value.json();
  decode_json_string(json.substr(1, json.size() - 2), out);
}

std::string text_of(const DynamicView& value) {
  std::string text;
  append_text(text, value);
  return text;
}

std::string unquoted(std::string text) {
  for (int round = 0; round < 3; ++round) {
    const std::string_view trimmed = text::trim_ascii(text);
    if (trimmed.size() < 2 || trimmed.front() != '"' || trimmed.back() != '"') break;
    std::string inside;
    decode_json_string(trimmed.substr(1, trimmed.size() - 2), inside);
    text = std::move(inside);
  }
  return text;
}

Opened::Opened(const DynamicView& value) {
  view_ = value;
  if (value.kind() != DynamicKind::kString) return;
  append_text(decoded_, value);
  const std::size_t size = decoded_.size();
  decoded_.append(json::kScanPadding, '\0');
  view_ = DynamicView(std::string_view(decoded_.data(), size));
}

std::string first_guid(std::string_view text, char separator) {
  for (const std::string_view part : text::split(text, separator)) {
    const std::string_view trimmed = text::trim_ascii(part);
    if (trimmed.size() == 36 && parse_guid(trimmed)) return text::lower_ascii(trimmed);
  }
  return {};
}

}  // namespace quarry::consent_audit
