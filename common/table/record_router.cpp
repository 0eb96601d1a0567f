#include "common/table/record_router.h"

#include "common/json/value_scanner.h"
#include "common/value/dynamic.h"

#include <algorithm>
#include <cstring>

namespace quarry::table {
namespace {

constexpr std::string_view kHuntingPrefix = "AdvancedHunting-";
constexpr std::string_view kEnvelopeKeyTexts[]{"category", "properties"};
constexpr std::size_t kCategory = 0;
constexpr std::size_t kProperties = 1;
constexpr std::size_t kMaxTags = 1024;  // made-up ones must not make the memory grow

std::vector<std::string> envelope_keys() {
  return {std::begin(kEnvelopeKeyTexts), std::end(kEnvelopeKeyTexts)};
}
std::vector<std::string> time_keys() { return {"Timestamp", "TimeGenerated"}; }

// Keys with which records of exports begin (the Streaming API, Azure Monitor).
bool may_begin_envelope(std::string_view key) {
  constexpr std::string_view kKeys[]{
      "time",       "tenantId",           "operationName",   "category", "properties",
      "resourceId", "_TimeReceivedBySvc", "Tenant",          "Level",    "level",
      "location",   "Category",           "operationVersion"};
  return std::ranges::find(kKeys, key) != std::end(kKeys);
}

/// First key of an object and what stands behind its colon; empty views where the object begins
/// otherwise.
struct FirstMember {
  std::string_view key;
  std::string_view value;
};

FirstMember first_member(std::string_view object) {
  const char* const end = object.data() + object.size();
  const char* at = json::skip_blanks(object.data() + 1, end);
  if (at >= end || *at != '"') return {};
  const char* const quote = json::find_closing_quote(at + 1, end);
  if (quote == nullptr) return {};
  const char* value = json::skip_blanks(quote + 1, end);
  if (value >= end || *value != ':') return {};
  value = json::skip_blanks(value + 1, end);
  return {{at + 1, static_cast<std::size_t>(quote - at - 1)},
          {value, static_cast<std::size_t>(end - value)}};
}

LineRef part(std::string_view text, const char* begin, std::size_t size) {
  return {static_cast<std::uint32_t>(begin - text.data()), static_cast<std::uint32_t>(size)};
}

std::string text_of(const json::RawValue& value) {
  if (value.kind == json::TokenKind::kText) return std::string(value.text());
  std::string decoded;
  if (value.kind == json::TokenKind::kEscapedText) decode_json_string(value.text(), decoded);
  return decoded;
}

}  // namespace

std::string_view table_of_category(std::string_view category) {
  if (category.starts_with(kHuntingPrefix)) category.remove_prefix(kHuntingPrefix.size());
  return category;
}

bool begins_with_type(std::string_view line) {
  if (line.size() > 2 && line[1] == '"' && line[2] != '_') return false;
  return first_member(line).key == "_type";
}

RecordRouter::RecordRouter(const RowsWanted& rows)
    : rows_(rows), envelope_(envelope_keys()), times_(time_keys()) {
  envelope_.leave_open(kProperties);
}

LineKind RecordRouter::route(std::string_view text, LineRef line, std::uint32_t number,
                             std::vector<Record>& records) {
  tag_.clear();
  if (std::memcmp(text.data() + line.begin + 1, plain_head_.data(), kHeadSize) == 0) {
    if (rows_.all || rows_.untagged)
      records.push_back({.row = line, .envelope = {}, .line = number});
    return LineKind::kRows;
  }
  return route_record(text, {.row = line, .envelope = {}, .line = number}, records, true);
}

LineKind RecordRouter::route_record(std::string_view text, Record record,
                                    std::vector<Record>& records, bool may_hold_records) {
  tag_.clear();
  const std::string_view object = record.row.in(text);
  const FirstMember first = first_member(object);
  if (first.key == "_type") return route_type(first.value, record, records);
  if (may_hold_records && first.key == "records" && first.value.starts_with('[')) {
    return route_bundle(text, static_cast<std::size_t>(first.value.data() - text.data()), record,
                        records);
  }
  if (may_begin_envelope(first.key)) return route_envelope(text, record, records);
  if (!first.key.empty()) std::memcpy(plain_head_.data(), object.data() + 1, kHeadSize);
  return accept(record, records);
}

LineKind RecordRouter::route_type(std::string_view value, const Record& record,
                                  std::vector<Record>& records) {
  const char* const end = value.data() + value.size();
  const char* const quote =
      value.starts_with('"') ? json::find_closing_quote(value.data() + 1, end) : nullptr;
  if (quote == nullptr) return accept(record, records);
  tag_.assign(value.data() + 1, static_cast<std::size_t>(quote - value.data() - 1));
  if (tag_ == "schema") return LineKind::kSchema;
  if (tag_ == "summary" || tag_ == "error") return LineKind::kNoRow;
  return accept(record, records);
}

LineKind RecordRouter::route_envelope(std::string_view text, Record record,
                                      std::vector<Record>& records) {
  const std::string_view object = record.row.in(text);
  if (!envelope_.parse(object)) {
    problem_ = envelope_.problem();
    return LineKind::kMalformed;
  }
  const json::RawValue& properties = envelope_.values()[kProperties];
  const std::string category = text_of(envelope_.values()[kCategory]);
  if (category.empty()) return accept(record, records);
  const bool streamed = category.starts_with(kHuntingPrefix);
  if (properties.kind != json::TokenKind::kNested || *properties.data != '{') {
    if (!streamed) return accept(record, records);
    const bool is_row =
        times_.parse(object) &&
        std::ranges::any_of(times_.values(), [](const auto& time) { return !time.is_missing(); });
    return is_row ? accept(record, records) : malformed("record without properties", 0);
  }
  tag_ = table_of_category(category);
  record.envelope = record.row;
  record.row = part(text, properties.data, properties.size);
  record.kind = streamed ? EnvelopeKind::kStreaming : EnvelopeKind::kAzureMonitor;
  return accept(record, records);
}

// {"records":[record, record, …]}: one message of an event hub.
LineKind RecordRouter::route_bundle(std::string_view text, std::size_t array, const Record& bundle,
                                    std::vector<Record>& records) {
  const char* const line = text.data() + bundle.row.begin;
  const char* const end = line + bundle.row.size;
  const char* at = json::skip_blanks(text.data() + array + 1, end);
  const auto here = [&] { return static_cast<std::size_t>(at - line); };
  if (at < end && *at == ']') return LineKind::kRows;
  while (true) {
    if (at >= end || *at != '{') return malformed("expected an object in records", here());
    const char* const behind = json::skip_nested(at, end);
    if (behind == nullptr) return malformed("unfinished object", here());
    Record record{.row = part(text, at, static_cast<std::size_t>(behind - at)),
                  .envelope = {},
                  .line = bundle.line};
    if (route_record(text, record, records, false) == LineKind::kMalformed) {
      problem_.offset += here();
      return LineKind::kMalformed;
    }
    at = json::skip_blanks(behind, end);
    if (at < end && *at == ']') return LineKind::kRows;
    if (at >= end || *at != ',') return malformed("expected ',' or ']'", here());
    at = json::skip_blanks(at + 1, end);
  }
}

LineKind RecordRouter::accept(Record record, std::vector<Record>& records) {
  if (!rows_.accepts(tag_)) return LineKind::kRows;
  record.tag = tag_.empty() ? 0 : number_of_tag();
  records.push_back(record);
  return LineKind::kRows;
}

std::uint32_t RecordRouter::number_of_tag() {
  const auto known = std::ranges::find(tag_names_, tag_);
  if (known == tag_names_.end()) {
    if (tag_names_.size() == kMaxTags) return 0;
    tag_names_.push_back(tag_);
    return static_cast<std::uint32_t>(tag_names_.size() - 1);
  }
  return static_cast<std::uint32_t>(known - tag_names_.begin());
}

LineKind RecordRouter::malformed(const char* what, std::size_t offset) {
  problem_ = {what, offset};
  return LineKind::kMalformed;
}

}  // namespace quarry::table
