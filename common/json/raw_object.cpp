#include "common/json/raw_object.h"

#include "common/base/text.h"
#include "common/json/document.h"
#include "common/value/dynamic.h"

#include <fmt/format.h>

namespace quarry::json {

Result<std::vector<RawMember>> raw_members(std::string_view object, const std::string& name) {
  const DynamicView view(object);
  if (!is_valid(object)) {
    // Only to say where it is broken.
    const Result<Document> document = Document::parse(object, name);
    if (!document) return fail(Error(ErrorCode::kData, document.error().message()).at(name));
    return fail(Error(ErrorCode::kData, "not JSON").at(name));
  }
  if (view.kind() != DynamicKind::kBag)
    return fail(Error(ErrorCode::kData, "not a JSON object").at(name));
  std::vector<RawMember> members;
  BagCursor cursor(view);
  std::string_view key;
  DynamicView value;
  while (cursor.next(key, value)) members.push_back({key, value.json()});
  return members;
}

std::string_view find_raw(std::span<const RawMember> members, std::string_view key) {
  for (std::size_t i = members.size(); i > 0; --i) {
    if (members[i - 1].key == key) return members[i - 1].value;
  }
  return {};
}

std::string string_of(std::string_view json) {
  std::string scratch;
  return std::string(DynamicView(json).as_string(scratch).value_or(""));
}

std::string text_of(std::string_view json) {
  std::string text;
  append_dynamic_as_text(text, DynamicView(json));
  return text;
}

std::string compact(std::string_view json) {
  std::string text;
  append_compact_json(text, json);
  return text;
}

bool is_valid(std::string_view json) { return is_valid_json(json, Document::kMaxDepth); }

}  // namespace quarry::json
