#include "tools/lr/log/result_row.h"

#include "common/json/object_writer.h"

#include <array>
#include <utility>

namespace quarry::lr {
namespace {

constexpr std::array<std::pair<Outcome, std::string_view>, 7> kNames{{
    {Outcome::kSucceeded, "succeeded"},
    {Outcome::kFailed, "failed"},
    {Outcome::kTimedOut, "timed_out"},
    {Outcome::kCancelled, "cancelled"},
    {Outcome::kPendingExpired, "pending_expired"},
    {Outcome::kUnsupported, "unsupported"},
    {Outcome::kSkipped, "skipped"},
}};

std::string text_or_null(const std::string& text) {
  return text.empty() ? "null" : json::quoted(text);
}

std::string file_json(const std::optional<StoredFile>& file) {
  if (!file) return "null";
  return json::ObjectWriter()
      .text("path", file->path)
      .number("bytes", static_cast<std::int64_t>(file->bytes))
      .text("sha256", file->sha256)
      .text("sha256_stored", file->sha256_stored)
      .take();
}

}  // namespace

std::string_view name_of(Outcome outcome) {
  return kNames[static_cast<std::size_t>(outcome)].second;
}

std::optional<Outcome> parse_outcome(std::string_view name) {
  for (const auto& [outcome, known] : kNames) {
    if (known == name) return outcome;
  }
  return std::nullopt;
}

std::string to_json(const ResultRow& row) {
  json::ObjectWriter writer;
  writer.text("_type", "lr.result")
      .text("run", row.run)
      .text("device_id", row.device_id)
      .text("device", row.device)
      .number("command", row.command)
      .text("type", row.type)
      .text("name", row.name)
      .text("state", name_of(row.state))
      .raw("exit_code", row.exit_code ? std::to_string(*row.exit_code) : "null")
      .raw("output", row.output_format == "json" ? row.output : text_or_null(row.output))
      .raw("output_format", text_or_null(row.output_format))
      .raw("error", text_or_null(row.error))
      .raw("action_id", text_or_null(row.action_id))
      .raw("started", text_or_null(row.started))
      .raw("ended", text_or_null(row.ended))
      .raw("file", file_json(row.file));
  return writer.take();
}

}  // namespace quarry::lr
