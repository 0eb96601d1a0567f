// incident-link timeline: everything in a case, in the order of time.
#include "common/cli/result_output.h"
#include "tools/incident-link/case/case_file.h"
#include "tools/incident-link/forms/result_table.h"
#include "tools/incident-link/forms/timeline.h"
#include "tools/incident-link/forms/timeline_lines.h"
#include "tools/incident-link/incident_link_app.h"
#include "tools/incident-link/link/case_folder.h"

#include <utility>

namespace quarry::incident_link {

Result<int> timeline_command(cli::Invocation& invocation) {
  QUARRY_TRY(const std::string folder, given_case(invocation));
  QUARRY_CHECK(check_no_file_of_case(invocation.output_file()));
  QUARRY_TRY(const CaseState state, look_at_case(invocation, folder));
  const bool rows = invocation.flag("rows");
  const std::vector<TimelineItem> items = timeline_of(state);
  QUARRY_TRY(const output::FormatOptions looks, cli::format_options(invocation));
  if (invocation.format() == "table" && looks.width > 0) {
    ResultTable lines = timeline_lines(items, looks.width, looks.zone, rows);
    return shown(state, cli::show_rows(invocation, lines.schema(), lines.finish()));
  }
  std::vector<ColumnSchema> columns{{"Time", Type::kDatetime},   {"Source", Type::kString},
                                    {"What", Type::kString},     {"Entities", Type::kString},
                                    {"Flag", Type::kString},     {"By", Type::kString},
                                    {"RowSha256", Type::kString}};
  if (rows) columns.push_back({"Row", Type::kDynamic});
  ResultTable table(std::move(columns));
  for (const TimelineItem& item : items) {
    std::vector<Scalar> cells{Scalar::of(item.time),
                              text_cell(item.source),
                              text_cell(item.what),
                              text_cell(item.entities),
                              text_cell(item.flag),
                              text_cell(item.by),
                              text_cell(item.row == nullptr ? "" : item.row->sha256)};
    if (rows)
      cells.push_back(item.row == nullptr ? Scalar::null(Type::kDynamic)
                                          : Scalar::dynamic(item.row->json));
    table.add(std::move(cells));
  }
  return shown(state, cli::show_rows(invocation, table.schema(), table.finish()));
}

}  // namespace quarry::incident_link
