#include "common/services/incidents/sentinel_bodies.h"

#include "common/base/digest.h"
#include "common/base/text.h"
#include "common/json/object_writer.h"
#include "common/value/guid.h"

#include <cstdint>

namespace quarry::services::incidents {
namespace {

std::string properties(std::string json) {
  json::ObjectWriter body;
  body.raw("properties", json);
  return body.take();
}

std::string capitalised(std::string word) {
  if (!word.empty()) word[0] = text::ascii_upper(word[0]);
  return word;
}

std::uint8_t hex_value(char c) {
  return static_cast<std::uint8_t>(text::is_ascii_digit(c) ? c - '0' : c - 'a' + 10);
}

}  // namespace

std::string name_guid(std::string_view space_guid, std::string_view name) {
  const Guid space = parse_guid(space_guid).value_or(Guid{});
  std::string bytes(space.bytes.begin(), space.bytes.end());
  bytes += name;
  const std::string digest = hex_digest(DigestKind::kSha1, bytes);
  Guid guid;
  for (std::size_t i = 0; i < guid.bytes.size(); ++i)
    guid.bytes[i] =
        static_cast<std::uint8_t>(hex_value(digest[2 * i]) << 4U | hex_value(digest[2 * i + 1]));
  guid.bytes[6] = static_cast<std::uint8_t>((guid.bytes[6] & 0x0FU) | 0x50U);
  guid.bytes[8] = static_cast<std::uint8_t>((guid.bytes[8] & 0x3FU) | 0x80U);
  std::string text;
  append_guid(text, guid);
  return text;
}

std::string sentinel_incident_body(const SentinelInput& incident) {
  json::ObjectWriter writer;
  writer.text("title", incident.title)
      .text("severity", capitalised(incident.severity))
      .text("status", "New")
      .text_if("description", incident.description);
  std::string labels;
  for (const std::string& label : incident.labels) {
    json::ObjectWriter one;
    one.text("labelName", label);
    labels += (labels.empty() ? "" : ",") + one.take();
  }
  if (!labels.empty()) writer.raw("labels", "[" + labels + "]");
  writer.text_if("firstActivityTimeUtc", incident.first_activity)
      .text_if("lastActivityTimeUtc", incident.last_activity);
  return properties(writer.take());
}

std::string bookmark_body(const Bookmark& bookmark) {
  json::ObjectWriter writer;
  writer.text("displayName", bookmark.display_name)
      .text("query", bookmark.query)
      .text("queryResult", bookmark.row)
      .text_if("eventTime", bookmark.event_time)
      .text_if("notes", bookmark.notes)
      .raw("labels", "[]");
  return properties(writer.take());
}

std::string relation_body(std::string_view resource_id) {
  json::ObjectWriter writer;
  writer.text("relatedResourceId", resource_id);
  return properties(writer.take());
}

std::string sentinel_comment_body(std::string_view message) {
  json::ObjectWriter writer;
  writer.text("message", message);
  return properties(writer.take());
}

}  // namespace quarry::services::incidents
