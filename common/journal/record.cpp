#include "common/journal/record.h"

#include "common/base/digest.h"
#include "common/json/document.h"
#include "common/json/object_writer.h"

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
  if (!json::Document::parse(json, "member")) return json::quoted(json);
  std::string line = json;
  // Strings in JSON hold no raw line ends: these stand between tokens.
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return line;
}

std::string result_json(const Record& record) {
  if (record.state == State::kNone && record.status == 0 && record.request_id.empty()) return {};
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

std::string text_at(const json::Node& node, std::string_view key) {
  return std::string(node.find(key).as_string().value_or(""));
}

std::string json_at(const json::Node& node, std::string_view key) {
  const json::Node value = node.find(key);
  return value.is_null() ? "" : value.to_json();
}

void read_result(const json::Node& result, Record& record) {
  record.state = parse_state(text_at(result, "state")).value_or(State::kNone);
  record.status = static_cast<int>(result.find("status").as_int64().value_or(0));
  record.request_id = text_at(result, "request_id");
  record.message = text_at(result, "message");
}

void read_more(const json::Node& root, Record& record) {
  constexpr std::array<std::string_view, 21> kKnown{
      "_type", "v",    "seq",    "at",         "tool",    "run",    "case",
      "by",    "op",   "key",    "target",     "request", "result", "before",
      "after", "undo", "reason", "row_sha256", "row",     "prev",   "hash"};
  for (std::size_t i = 0; i < root.size(); ++i) {
    const std::string_view key = root.key(i);
    if (std::find(kKnown.begin(), kKnown.end(), key) == kKnown.end())
      record.more.emplace_back(std::string(key), root[i].to_json());
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
  QUARRY_TRY(const json::Document document, json::Document::parse(line, "journal"));
  const json::Node root = document.root();
  const auto op = parse_op(text_at(root, "op"));
  const auto seq = root.find("seq").as_int64();
  if (text_at(root, "_type") != "journal" || root.find("v").as_int64() != 1 || !op || !seq)
    return fail(ErrorCode::kData, "no record of a journal that this version knows");
  Entry entry;
  entry.stamp = {.seq = static_cast<std::uint64_t>(*seq),
                 .at = text_at(root, "at"),
                 .tool = text_at(root, "tool"),
                 .run = text_at(root, "run"),
                 .by = text_at(root, "by"),
                 .prev = text_at(root, "prev")};
  entry.hash = text_at(root, "hash");
  Record& record = entry.record;
  record.op = *op;
  record.key = text_at(root, "key");
  record.case_id = text_at(root, "case");
  record.target = json_at(root, "target");
  record.request = json_at(root, "request");
  read_result(root.find("result"), record);
  record.before = json_at(root, "before");
  record.after = json_at(root, "after");
  record.undo = json_at(root, "undo");
  record.reason = text_at(root, "reason");
  record.row_sha256 = text_at(root, "row_sha256");
  record.row = json_at(root, "row");
  read_more(root, record);
  return entry;
}

}  // namespace quarry::journal
