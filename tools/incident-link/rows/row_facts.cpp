#include "tools/incident-link/rows/row_facts.h"

#include "common/base/unicode.h"
#include "common/time/parse.h"

#include <array>

namespace quarry::incident_link {
namespace {

/// Defender's tables, Sentinel's, recordings, and what the tools of this project call it.
constexpr std::array<std::string_view, 11> kTimes{
    "Timestamp", "TimeGenerated",   "StartTime", "time",     "ended",     "started",
    "at",        "createdDateTime", "created",   "modified", "valid_from"};

/// What it was, then where and who, then with what.
constexpr std::string_view kTelling[]{"ActionType",
                                      "Title",
                                      "title",
                                      "OperationName",
                                      "kind",
                                      "risk",
                                      "action",
                                      "op",
                                      "what",
                                      "type",
                                      "name",
                                      "state",
                                      "ThreatType",
                                      "ScanType",
                                      "device",
                                      "DeviceName",
                                      "Computer",
                                      "app_name",
                                      "user",
                                      "AccountUpn",
                                      "UserPrincipalName",
                                      "AccountName",
                                      "FileName",
                                      "FolderPath",
                                      "ProcessCommandLine",
                                      "RegistryKey",
                                      "RemoteUrl",
                                      "RemoteIP",
                                      "IPAddress",
                                      "Subject",
                                      "SenderFromAddress",
                                      "Url",
                                      "DomainName",
                                      "NetworkIP",
                                      "FileHashValue",
                                      "ObservableKey",
                                      "ObservableValue",
                                      "Path",
                                      "ProcessPath",
                                      "error",
                                      "Description"};

constexpr std::size_t kLongestValue = 120;
constexpr std::size_t kMostValues = 5;

}  // namespace

std::string_view time_column(const Row& row) {
  for (const std::string_view column : kTimes) {
    if (row.has(column)) return column;
  }
  return {};
}

std::optional<Datetime> time_of(const Row& row) {
  const std::string_view column = time_column(row);
  if (column.empty()) return std::nullopt;
  const std::string text = row.text(column);
  const auto exact = parse_iso_datetime(text);
  return exact ? exact : parse_datetime(text);
}

std::string cut_text(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return std::string(text);
  constexpr std::string_view kMark = "…";
  const std::size_t room = bytes > kMark.size() ? bytes - kMark.size() : 0;
  return std::string(unicode::prefix_of_bytes(text, room)) + std::string(kMark);
}

std::string summary_of(const Row& row) {
  std::string summary;
  std::size_t values = 0;
  for (const std::string_view column : kTelling) {
    if (values == kMostValues) break;
    if (!row.has(column)) continue;
    if (values++ > 0) summary += " · ";
    summary += cut_text(row.text(column), kLongestValue);
  }
  return summary;
}

std::string source_of(const Row& row, std::string_view table) {
  const std::string type = row.type();
  if (!type.empty()) return type;
  if (!table.empty()) return std::string(table);
  // Rows of a workspace name their table.
  return row.has("Type") && row.has("TimeGenerated") ? row.text("Type") : "row";
}

}  // namespace quarry::incident_link
