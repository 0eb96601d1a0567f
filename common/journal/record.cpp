#include "common/journal/record.h"

#include "common/base/digest.h"
#include "common/base/text.h"
#include "common/json/object_writer.h"
#include "common/json/raw_object.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace quarry::journal {
namespace {

constexpr std::array<std::string_view, 8> kOps{"plan", "intent", "outcome", "evidence",
                                               "link", "flag",   "note",    "undo"};
constexpr std::array<std::string_view, 6> kStates{"",     "planned", "sent",
                                                  "done", "failed",  "unknown"};
constexpr std::string_view kHashMark = ",\"hash\":\"";
constexpr std::size_t kHashSize = 64;
constexpr std::size_t kTailSize = kHashMark.size() + kHashSize + 2;  // …"}

/// A line is a record: a text from elsewhere must neither break it nor make it unreadable. What is
/// no JSON is kept as a string.
std::string fit(const std::string& json) {
  if (json.empty()) return json;
  if (!json::is_valid(json)) return json::quoted(json);
  std::string line = json;
  // Strings in JSON hold no raw line ends: these stand between tokens.
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return line;
}

std::string result_json(const Record& record) {
  if (record.state == State::kNone && record.status == 0 && record.request_id.empty() &&
      record.message.empty())
    return {};
  json::ObjectWriter writer;
  writer.text_if("state", name_of(record.state));
  if (record.status != 0) writer.number("status", record.status);
  writer.text_if("request_id", record.request_id).text_if("message", record.message);
  return writer.take();
}

bool is_tail(std::string_view line) {
  return line.size() > kTailSize && line.ends_with("\"}") &&
         line.substr(line.size() - kTailSize).starts_with(kHashMark);
}

using Members = std::vector<json::RawMember>;

std::string text_at(const Members& members, std::string_view key) {
  return json::string_of(json::find_raw(members, key));
}

/// As it was written, numbers too: evidence is not spelled anew.
std::string json_at(const Members& members, std::string_view key) {
  const std::string_view value = json::find_raw(members, key);
  return value == "null" ? "" : json::compact(value);
}

std::optional<std::int64_t> number_at(const Members& members, std::string_view key) {
  return text::parse_int64(json::find_raw(members, key));
}

void read_result(std::string_view json, Record& record) {
  const Result<Members> result = json::raw_members(json.empty() ? "{}" : json, "result");
  if (!result) return;
  record.state = parse_state(text_at(*result, "state")).value_or(State::kNone);
  record.status = static_cast<int>(number_at(*result, "status").value_or(0));
  record.request_id = text_at(*result, "request_id");
  record.message = text_at(*result, "message");
}

void read_more(const Members& members, Record& record) {
  constexpr std::array<std::string_view, 21> kKnown{
      "_type", "v",    "seq",    "at",         "tool",    "run",    "case",
      "by",    "op",   "key",    "target",     "request", "result", "before",
      "after", "undo", "reason", "row_sha256", "row",     "prev",   "hash"};
  for (const json::RawMember& member : members) {
    if (std::find(kKnown.begin(), kKnown.end(), member.key) == kKnown.end())
      record.more.emplace_back(std::string(member.key), json::compact(member.value));
  }
}

}  // namespace

std::string_view name_of(Op op) { return kOps[static_cast<std::size_t>(op)]; }
std::string_view name_of(State state) { return kStates[static_cast<std::size_t>(state)]; }

std::optional<Op> parse_op(std::string_view name) {
  const auto found = std::find(kOps.begin(), kOps.end(), name);
  return found == kOps.end() ? std::nullopt : std::optional(static_cast<Op>(found - kOps.begin()));
}

std::optional<State> parse_state(std::string_view name) {
  const auto found = std::find(kStates.begin(), kStates.end(), name);
  return found == kStates.end() ? std::nullopt
                                : std::optional(static_cast<State>(found - kStates.begin()));
}

std::string to_line(const Record& record, const Stamp& stamp) {
  json::ObjectWriter writer;
  writer.text("_type", "journal")
      .number("v", 1)
      .number("seq", static_cast<std::int64_t>(stamp.seq))
      .text("at", stamp.at)
      .text("tool", stamp.tool)
      .text_if("run", stamp.run)
      .text_if("case", record.case_id)
      .text_if("by", stamp.by)
      .text("op", name_of(record.op))
      .text_if("key", record.key)
      .raw_if("target", fit(record.target))
      .raw_if("request", fit(record.request))
      .raw_if("result", result_json(record))
      .raw_if("before", fit(record.before))
      .raw_if("after", fit(record.after))
      .raw_if("undo", fit(record.undo))
      .text_if("reason", record.reason)
      .text_if("row_sha256", record.row_sha256)
      .raw_if("row", fit(record.row));
  for (const auto& [key, value] : record.more) writer.raw_if(key, fit(value));
  writer.text("prev", stamp.prev);
  std::string line = writer.take();
  const std::string hash = hex_digest(DigestKind::kSha256, line);
  line.pop_back();
  return line + std::string(kHashMark) + hash + "\"}";
}

std::optional<std::string> hash_in(std::string_view line) {
  if (!is_tail(line)) return std::nullopt;
  return std::string(line.substr(line.size() - kHashSize - 2, kHashSize));
}

std::optional<std::string> hash_of(std::string_view line) {
  if (!is_tail(line)) return std::nullopt;
  std::string without(line.substr(0, line.size() - kTailSize));
  return hex_digest(DigestKind::kSha256, without + "}");
}

Result<Entry> parse_line(std::string_view line) {
  QUARRY_TRY(const Members members, json::raw_members(line, "journal"));
  const auto op = parse_op(text_at(members, "op"));
  const auto seq = number_at(members, "seq");
  if (text_at(members, "_type") != "journal" || number_at(members, "v") != 1 || !op || !seq)
    return fail(ErrorCode::kData, "no record of a journal that this version knows");
  Entry entry;
  entry.stamp = {.seq = static_cast<std::uint64_t>(*seq),
                 .at = text_at(members, "at"),
                 .tool = text_at(members, "tool"),
                 .run = text_at(members, "run"),
                 .by = text_at(members, "by"),
                 .prev = text_at(members, "prev")};
  entry.hash = text_at(members, "hash");
  Record& record = entry.record;
  record.op = *op;
  record.key = text_at(members, "key");
  record.case_id = text_at(members, "case");
  record.target = json_at(members, "target");
  record.request = json_at(members, "request");
  read_result(json::find_raw(members, "result"), record);
  record.before = json_at(members, "before");
  record.after = json_at(members, "after");
  record.undo = json_at(members, "undo");
  record.reason = text_at(members, "reason");
  record.row_sha256 = text_at(members, "row_sha256");
  record.row = json_at(members, "row");
  read_more(members, record);
  return entry;
}

}  // namespace quarry::journal
