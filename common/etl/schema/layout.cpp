#include "common/etl/schema/layout.h"

#include "common/base/text.h"

#include <fmt/format.h>

namespace quarry::etl {
namespace {

/// "UInt32[8] Masks", "UnicodeString Path".
Result<Field> parse_field(std::string_view text) {
  text = text::trim_ascii(text);
  const std::size_t blank = text.find(' ');
  if (blank == std::string_view::npos)
    return fail(ErrorCode::kInternal, fmt::format("field without a name: '{}'", text));
  std::string_view type = text.substr(0, blank);
  Field field;
  field.name = text::trim_ascii(text.substr(blank));
  const std::size_t bracket = type.find('[');
  if (bracket != std::string_view::npos && type.ends_with(']')) {
    const auto count = text::parse_int64(type.substr(bracket + 1, type.size() - bracket - 2));
    if (!count || *count < 0 || *count > 0xFFFF)
      return fail(ErrorCode::kInternal, fmt::format("field with an odd count: '{}'", text));
    field.count_rule = CountRule::kFixed;
    field.count = static_cast<std::uint16_t>(*count);
    type = type.substr(0, bracket);
  }
  const auto known = parse_in_type(type);
  if (!known) return fail(ErrorCode::kInternal, fmt::format("unknown field type '{}'", type));
  field.in_type = *known;
  return field;
}

}  // namespace

std::string EventLayout::title() const {
  if (!event_name.empty()) return event_name;
  if (task_name.empty() || opcode_name.empty()) return task_name + opcode_name;
  return task_name + "/" + opcode_name;
}

Result<std::vector<Field>> parse_field_list(std::string_view text) {
  std::vector<Field> fields;
  if (text::trim_ascii(text).empty()) return fields;
  for (const std::string_view part : text::split(text, ',')) {
    QUARRY_TRY(Field field, parse_field(part));
    field.number = static_cast<std::uint16_t>(fields.size());
    fields.push_back(std::move(field));
  }
  return fields;
}

}  // namespace quarry::etl
