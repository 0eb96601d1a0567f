#include "tools/incident-link/link/add_rows.h"

#include "common/base/digest.h"
#include "common/json/object_writer.h"
#include "tools/incident-link/entities/group.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace quarry::incident_link {
namespace {

using journal::Op;
using journal::Record;

Record record_of(const LinkRow& one, const LinkSettings& settings, const std::string& query_sha256,
                 const std::string& case_id) {
  Record record{.op = Op::kLink, .case_id = case_id, .state = journal::State::kDone};
  record.target = to_json(Target{});
  record.row_sha256 = one.row->sha256();
  record.row = one.row->json();
  if (!settings.table.empty()) record.more.emplace_back("table", json::quoted(settings.table));
  if (!query_sha256.empty()) record.more.emplace_back("query_sha256", json::quoted(query_sha256));
  record.more.emplace_back("entities", to_json(one.entities));
  record.more.emplace_back("group", json::quoted(one.group));
  return record;
}

/// The text once; rows carry its digest.
Record query_record(const std::string& query, const std::string& sha256,
                    const std::string& case_id) {
  Record record{.op = Op::kNote, .case_id = case_id};
  record.more = {{"query_sha256", json::quoted(sha256)}, {"query", json::quoted(query)}};
  return record;
}

}  // namespace

Result<std::vector<LinkRow>> with_entities(std::span<const Row> rows, const EntityChoice& choice) {
  for (const std::string& column : choice.chosen_columns()) {
    if (std::none_of(rows.begin(), rows.end(), [&](const Row& row) { return row.has(column); }))
      return fail(ErrorCode::kUsage, fmt::format("no row has a value in '{}'", column),
                  "keep the column in the query, or choose another");
  }
  std::vector<LinkRow> result;
  result.reserve(rows.size());
  for (const Row& row : rows) {
    LinkRow one{.row = &row, .entities = choice.entities_of(row), .group = {}};
    one.group = group_name(one.entities);
    result.push_back(std::move(one));
  }
  return result;
}

Result<void> check_open(const CaseState& state, const std::string& folder,
                        std::span<const LinkRow> rows) {
  if (state.is_empty() || state.head().status != "closed") return ok();
  const auto fresh = std::count_if(rows.begin(), rows.end(), [&state](const LinkRow& one) {
    return state.find_row(one.row->sha256()) == nullptr;
  });
  if (fresh == 0) return ok();
  return fail(Error(ErrorCode::kRefused,
                    fmt::format("the case is closed, and {} row{} not in it", fresh,
                                fresh == 1 ? " is" : "s are"),
                    "reopen it: incident-link status active --case DIR, or with --to INCIDENT")
                  .at(folder));
}

Result<Added> add_rows(CaseFile& file, std::span<const LinkRow> rows,
                       const LinkSettings& settings) {
  QUARRY_CHECK(check_open(file.state(), file.folder(), rows));
  Added added;
  std::vector<Record> records;
  const std::string& case_id = file.state().head().id;
  const std::string query_sha256 =
      settings.query.empty() ? "" : hex_digest(DigestKind::kSha256, settings.query);
  for (const LinkRow& one : rows) {
    if (file.state().find_row(one.row->sha256()) != nullptr) {
      ++added.already;
      continue;
    }
    records.push_back(record_of(one, settings, query_sha256, case_id));
    ++added.rows;
  }
  if (added.rows > 0 && !query_sha256.empty() && !file.state().queries().contains(query_sha256))
    records.insert(records.begin(), query_record(settings.query, query_sha256, case_id));
  QUARRY_CHECK(file.append(records));
  return added;
}

}  // namespace quarry::incident_link
