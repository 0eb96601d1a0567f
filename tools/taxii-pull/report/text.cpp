#include "common/base/unicode.h"
#include "tools/taxii-pull/report/overview.h"

#include <algorithm>
#include <variant>
#include <vector>

namespace quarry::taxii_pull {
namespace {

void append_padded(std::string& out, const std::string& cell, std::size_t width, bool right) {
  const std::string shown = unicode::escape_for_terminal(cell);
  const std::size_t used = unicode::display_width(shown);
  const std::string blanks(width > used ? width - used : 0, ' ');
  out += right ? blanks + shown : shown + blanks;
}

void append_line(std::string& out, const std::vector<std::string>& cells,
                 const std::vector<std::size_t>& widths, const output::ReportTable& table) {
  std::string line = "  ";
  for (std::size_t i = 0; i < widths.size(); ++i) {
    if (i > 0) line += "  ";
    append_padded(line, cells[i], widths[i], table.columns[i].is_number);
  }
  line.erase(line.find_last_not_of(' ') + 1);
  out += line + '\n';
}

void append(std::string& out, const output::ReportTable& table) {
  std::vector<std::string> names;
  std::vector<std::size_t> widths;
  for (const auto& column : table.columns) {
    names.push_back(column.name);
    widths.push_back(unicode::display_width(column.name));
  }
  for (const auto& row : table.rows) {
    for (std::size_t i = 0; i < widths.size(); ++i) {
      const std::string shown = unicode::escape_for_terminal(row.cells[i]);
      widths[i] = std::max(widths[i], unicode::display_width(shown));
    }
  }
  append_line(out, names, widths, table);
  for (const auto& row : table.rows) append_line(out, row.cells, widths, table);
}

void append(std::string& out, const std::vector<output::Block>& blocks) {
  for (const output::Block& block : blocks) {
    if (const auto* const table = std::get_if<output::ReportTable>(&block)) append(out, *table);
    if (const auto* const paragraph = std::get_if<output::Paragraph>(&block))
      out += "  " + paragraph->text + '\n';
  }
}

}  // namespace

std::string to_text(const output::Report& report) {
  std::string out = report.title + '\n';
  append(out, report.blocks);
  for (const output::Section& section : report.sections) {
    out += '\n' + section.title + '\n';
    append(out, section.blocks);
  }
  return out;
}

}  // namespace quarry::taxii_pull
