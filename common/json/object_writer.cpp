#include "common/json/object_writer.h"

#include "common/base/text.h"
#include "common/value/dynamic.h"

#include <utility>

namespace quarry::json {

void ObjectWriter::begin(std::string_view key) {
  if (text_.size() > 1) text_ += ',';
  append_json_string(text_, key);
  text_ += ':';
}

ObjectWriter& ObjectWriter::text(std::string_view key, std::string_view value) {
  begin(key);
  append_json_string(text_, value);
  return *this;
}

ObjectWriter& ObjectWriter::text_if(std::string_view key, std::string_view value) {
  return value.empty() ? *this : text(key, value);
}

ObjectWriter& ObjectWriter::number(std::string_view key, std::int64_t value) {
  begin(key);
  quarry::text::append_int(text_, value);
  return *this;
}

ObjectWriter& ObjectWriter::boolean(std::string_view key, bool value) {
  begin(key);
  text_ += value ? "true" : "false";
  return *this;
}

ObjectWriter& ObjectWriter::raw(std::string_view key, std::string_view json) {
  begin(key);
  text_ += json;
  return *this;
}

ObjectWriter& ObjectWriter::raw_if(std::string_view key, std::string_view json) {
  return json.empty() ? *this : raw(key, json);
}

std::string ObjectWriter::take() { return std::exchange(text_, "{") + "}"; }

std::string quoted(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

}  // namespace quarry::json
