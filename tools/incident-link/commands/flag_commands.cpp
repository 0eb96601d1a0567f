// incident-link flag, unflag, flags: which rows of a case matter, as the portal's flags of a
// device's timeline do. They stay in the case.
#include "common/cli/invocation.h"
#include "common/io/sink.h"
#include "common/json/object_writer.h"
#include "tools/incident-link/case/case_file.h"
#include "tools/incident-link/incident_link_app.h"
#include "tools/incident-link/link/case_folder.h"
#include "tools/incident-link/rows/read_rows.h"

#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace quarry::incident_link {
namespace {

constexpr std::size_t kShortestDigest = 6;

Result<const CaseRow*> row_by_digest(const CaseState& state, const std::string& start) {
  const CaseRow* found = nullptr;
  for (const CaseRow& row : state.rows()) {
    if (!row.sha256.starts_with(start)) continue;
    if (found != nullptr)
      return fail(ErrorCode::kUsage, fmt::format("several rows begin with {}", start));
    found = &row;
  }
  if (found == nullptr || start.size() < kShortestDigest)
    return fail(ErrorCode::kUsage, fmt::format("no row of the case is {}", start),
                "RowSha256 of incident-link timeline, six digits of it at least");
  return found;
}

/// Those of --row, or those of the input. Rows that the case does not hold are an error: a flag
/// on nothing is no flag.
Result<std::vector<const CaseRow*>> chosen_rows(cli::Invocation& invocation,
                                                const CaseState& state) {
  std::vector<const CaseRow*> chosen;
  if (!invocation.list("row").empty() && !invocation.arguments().empty())
    return fail(ErrorCode::kUsage, "--row, and files of rows, at once",
                "give one command for each");
  for (const std::string& start : invocation.list("row")) {
    QUARRY_TRY(const CaseRow* row, row_by_digest(state, start));
    chosen.push_back(row);
  }
  if (!chosen.empty()) return chosen;
  QUARRY_TRY(const std::vector<Row> rows, read_rows(invocation));
  for (const Row& row : rows) {
    const CaseRow* const found = state.find_row(row.sha256());
    if (found == nullptr)
      return fail(Error(ErrorCode::kUsage, "this row is not in the case",
                        "link it first, and keep all of its columns")
                      .at(row.place()));
    chosen.push_back(found);
  }
  if (chosen.empty())
    invocation.run_context().warn(
        fmt::format("no rows came in: {} changed nothing", invocation.command().name));
  return chosen;
}

journal::Record flag_record(const CaseRow& row, const std::string& case_id) {
  journal::Record record{.op = journal::Op::kFlag, .case_id = case_id};
  record.row_sha256 = row.sha256;
  return record;
}

/// The row as it is, with what the flag says behind it.
std::string flagged_json(const CaseRow& row) {
  json::ObjectWriter writer;
  writer.text("_flag", row.flag->label)
      .text_if("_flag_note", row.flag->note)
      .text("_flagged_at", row.flag->at)
      .text_if("_flagged_by", row.flag->by);
  const std::string flag = writer.take();
  if (row.json == "{}") return flag;
  return row.json.substr(0, row.json.size() - 1) + "," + flag.substr(1);
}

}  // namespace

Result<int> flag_command(cli::Invocation& invocation) {
  QUARRY_TRY(const std::string folder, given_case(invocation));
  QUARRY_TRY(CaseFile file, CaseFile::open(folder, case_writer()));
  if (!file.note().empty()) invocation.run_context().warn(file.note());
  QUARRY_TRY(const auto rows, chosen_rows(invocation, file.state()));
  const std::string& label = invocation.text("label");
  const std::string& note = invocation.text("note");
  std::vector<journal::Record> records;
  for (const CaseRow* const row : rows) {
    if (row->flag && row->flag->label == label && row->flag->note == note) continue;
    journal::Record record = flag_record(*row, file.state().head().id);
    record.more = {{"flagged", "true"}, {"label", json::quoted(label)}};
    if (!note.empty()) record.more.emplace_back("note", json::quoted(note));
    records.push_back(std::move(record));
  }
  QUARRY_CHECK(file.append(records));
  return 0;
}

Result<int> unflag_command(cli::Invocation& invocation) {
  QUARRY_TRY(const std::string folder, given_case(invocation));
  QUARRY_TRY(CaseFile file, CaseFile::open(folder, case_writer()));
  if (!file.note().empty()) invocation.run_context().warn(file.note());
  QUARRY_TRY(const auto rows, chosen_rows(invocation, file.state()));
  std::vector<journal::Record> records;
  for (const CaseRow* const row : rows) {
    if (!row->flag) continue;
    records.push_back(flag_record(*row, file.state().head().id));
    records.back().more = {{"flagged", "false"}};
  }
  QUARRY_CHECK(file.append(records));
  return 0;
}

Result<int> flags_command(cli::Invocation& invocation) {
  QUARRY_TRY(const std::string folder, given_case(invocation));
  QUARRY_TRY(const CaseState state, look_at_case(invocation, folder));
  io::Sink out(STDOUT_FILENO, "stdout");
  for (const CaseRow& row : state.rows()) {
    if (row.flag) QUARRY_CHECK(out.write(flagged_json(row) + "\n"));
  }
  QUARRY_CHECK(out.finish());
  return shown(state, 0);
}

}  // namespace quarry::incident_link
