#include "tools/etl-report/forms/text.h"

#include "common/base/unicode.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace quarry::etl_report {
namespace {

constexpr std::size_t kIndent = 4;

/// Cells of one line, padded to the columns' widths.
void append_line(std::string& out, const output::ReportTable& table,
                 const std::vector<std::string>& cells, const std::vector<std::size_t>& widths,
                 std::size_t indent) {
  std::string line(indent, ' ');
  for (std::size_t i = 0; i < widths.size(); ++i) {
    if (i > 0) line += ' ';
    const std::string padding(widths[i] - unicode::display_width(cells[i]), ' ');
    line += table.columns[i].is_number ? padding + cells[i] : cells[i] + padding;
  }
  line.erase(line.find_last_not_of(' ') + 1);
  out += line + '\n';
}

void append_overview(std::string& out, const output::ReportTable& facts) {
  std::size_t width = 0;
  for (const output::ReportTable::Row& row : facts.rows) {
    width = std::max(width, row.cells.front().size());
  }
  for (const output::ReportTable::Row& row : facts.rows) {
    out += fmt::format("{:<{}} : {}\n", row.cells.front(), width, row.cells.back());
  }
}

class TextWriter {
 public:
  TextWriter(const Recordings& recordings, const Zone& zone)
      : recordings_(recordings), zone_(zone) {}

  std::string write(const Report& report) {
    for (const Section& section : report.sections) {
      append_title(out_, section.name);
      if (const auto* const list = std::get_if<List>(&section.body)) {
        append(*list, 0);
      } else {
        append_overview(out_, overview_table(std::get<Overview>(section.body), zone_));
      }
    }
    return std::move(out_);
  }

 private:
  void append(const List& list, std::size_t indent) {
    if (list.entries.empty() && list.scans.empty()) {
      out_ += std::string(indent, ' ') + "none\n";
    } else if (list.subject == Subject::kScans) {
      append_table(out_, scan_table(list, recordings_), indent);
    } else {
      append_entries(list, indent);
    }
  }

  /// One table, unless entries have lists of their own, which follow each entry.
  void append_entries(const List& list, std::size_t indent) {
    output::ReportTable table{.columns = entry_columns(list.subject), .rows = {}};
    bool first = true;
    for (const Entry& entry : list.entries) {
      table.rows.push_back({entry_cells(entry), {}});
      if (entry.lists.empty()) continue;
      if (!std::exchange(first, false)) out_ += '\n';
      append_table(out_, table, indent);
      table.rows.clear();
      for (const List& below : entry.lists) {
        out_ += fmt::format("\n{:{}}{}:\n\n", "", indent + kIndent, below.member);
        append(below, indent + kIndent);
      }
    }
    if (!table.rows.empty()) append_table(out_, table, indent);
  }

  const Recordings& recordings_;
  const Zone& zone_;
  std::string out_;
};

}  // namespace

void append_title(std::string& out, std::string_view title) {
  out += fmt::format("\n{}\n{}\n\n", title, std::string(title.size(), '='));
}

void append_table(std::string& out, const output::ReportTable& table, std::size_t indent) {
  std::vector<std::vector<std::string>> lines(2);
  for (const output::ReportTable::Column& column : table.columns) {
    lines[0].push_back(column.name);
    lines[1].emplace_back(column.name.size(), '-');
  }
  for (const output::ReportTable::Row& row : table.rows) {
    std::vector<std::string>& line = lines.emplace_back();
    for (const std::string& cell : row.cells) line.push_back(unicode::escape_for_terminal(cell));
  }
  std::vector<std::size_t> widths(table.columns.size(), 0);
  for (const std::vector<std::string>& line : lines) {
    for (std::size_t i = 0; i < widths.size(); ++i) {
      widths[i] = std::max(widths[i], unicode::display_width(line[i]));
    }
  }
  for (const std::vector<std::string>& line : lines) {
    append_line(out, table, line, widths, indent);
  }
}

std::string to_text(const Report& report, const Recordings& recordings, const Zone& zone) {
  return TextWriter(recordings, zone).write(report);
}

}  // namespace quarry::etl_report
