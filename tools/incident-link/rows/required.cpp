#include "tools/incident-link/rows/required.h"

#include "common/time/parse.h"
#include "tools/incident-link/rows/row_facts.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::incident_link {
namespace {

constexpr std::array<std::string_view, 4> kAssets{"DeviceId", "AccountObjectId", "AccountSid",
                                                  "RecipientEmailAddress"};
constexpr std::string_view kOneOf =
    "one of DeviceId, AccountObjectId, AccountSid, RecipientEmailAddress";

/// Scans of a Defender recording, which carry no `_type`.
bool is_scan(const Row& row) { return row.has("ScanType") && row.has("StartTime"); }

bool has_asset(const Row& row) {
  for (const std::string_view column : kAssets) {
    if (row.has(column)) return true;
  }
  return false;
}

/// Rows that lack one thing.
struct Lack {
  std::string_view what;
  std::string_view column;  // that would mend it
  std::size_t rows = 0;
  const Row* first = nullptr;

  void count(const Row& row) {
    if (rows++ == 0) first = &row;
  }
};

Failure missing(const std::vector<Lack>& lacks, std::size_t all) {
  std::string what;
  std::string columns;
  const Row* first = nullptr;
  std::size_t rows = 0;
  for (const Lack& lack : lacks) {
    if (lack.rows == 0) continue;
    what += (what.empty() ? "" : " and ") + std::string(lack.what);
    columns += std::string(lack.column) + ", ";
    if (first == nullptr) first = lack.first;
    rows = std::max(rows, lack.rows);
  }
  return fail(
      Error(ErrorCode::kUsage,
            fmt::format("{} of {} row{} lack{} {}", rows, all, all == 1 ? "" : "s",
                        rows == 1 ? "s" : "", what),
            fmt::format(
                "keep what is missing in the query: | project {}…; what is no event goes into "
                "a case with --evidence",
                columns))
          .at(first->place()));
}

Result<void> check_time(const Row& row, std::string_view column) {
  const std::string text = row.text(column);
  if (parse_iso_datetime(text) || parse_datetime(text)) return ok();
  return fail(Error(ErrorCode::kData,
                    fmt::format("{} is no time: '{}'", column, cut_text(text, 60)),
                    "an instant looks like 2026-11-20T06:38:35.7115183Z; nothing was linked")
                  .at(row.place()));
}

Result<void> check_sentinel(std::span<const Row> rows) {
  std::vector<Lack> lacks{{"TimeGenerated or Timestamp", "TimeGenerated"}};
  for (const Row& row : rows) {
    if (!row.has("TimeGenerated") && !row.has("Timestamp")) lacks[0].count(row);
  }
  if (lacks[0].rows > 0) return missing(lacks, rows.size());
  for (const Row& row : rows) QUARRY_CHECK(check_time(row, time_column(row)));
  return ok();
}

}  // namespace

bool is_event(const Row& row) { return !row.has("_type") && !is_scan(row); }

Result<void> check_required(std::span<const Row> rows, Demand demand) {
  if (demand == Demand::kAnything) return ok();
  if (demand == Demand::kSentinel) return check_sentinel(rows);
  std::vector<Lack> lacks{
      {"Timestamp", "Timestamp"}, {"ReportId", "ReportId"}, {kOneOf, "DeviceId"}};
  for (const Row& row : rows) {
    if (!is_event(row)) {
      if (demand == Demand::kCase) continue;
      return fail(Error(ErrorCode::kUsage,
                        fmt::format("rows of '{}' are no events that an alert can be made of",
                                    source_of(row, "a recording")),
                        "put them into a case: --case DIR")
                      .at(row.place()));
    }
    if (!row.has("Timestamp")) lacks[0].count(row);
    if (!row.has("ReportId")) lacks[1].count(row);
    if (!has_asset(row)) lacks[2].count(row);
  }
  if (lacks[0].rows + lacks[1].rows + lacks[2].rows > 0) return missing(lacks, rows.size());
  for (const Row& row : rows) {
    if (is_event(row)) QUARRY_CHECK(check_time(row, "Timestamp"));
  }
  return ok();
}

}  // namespace quarry::incident_link
