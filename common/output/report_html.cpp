#include "common/output/chart/svg.h"
#include "common/output/html_text.h"
#include "common/output/report.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::output {
namespace {

class HtmlWriter {
 public:
  std::string write(const Report& report) {
    out_ = html_page_start(report.title);
    out_ += fmt::format("<main>\n<h1>{}</h1>\n", html_escaped(report.title));
    for (const Block& block : report.blocks) append(block);
    for (const Section& section : report.sections) append(section, 2);
    out_ += "</main>\n</body>\n</html>\n";
    return std::move(out_);
  }

 private:
  void append(const Section& section, int level) {
    const bool outermost = level == 2;
    if (outermost) out_ += "<section>\n";
    out_ += fmt::format("<h{0}>{1}</h{0}>\n", level, html_escaped(section.title));
    for (const Block& block : section.blocks) append(block);
    if (outermost) out_ += "</section>\n";
  }

  void append(const Block& block) {
    std::visit([this](const auto& content) { append(content); }, block);
  }

  void append(const Paragraph& paragraph) {
    out_ += fmt::format("<p>{}</p>\n", html_escaped(paragraph.text));
  }

  void append(const Notes& notes) {
    if (notes.texts.empty()) return;
    out_ += "<ul class=\"notes\">\n";
    for (const std::string& text : notes.texts) {
      out_ += fmt::format("<li>{}</li>\n", html_escaped(text));
    }
    out_ += "</ul>\n";
  }

  void append(const Chart& chart) {
    const std::string drawing = to_svg(chart);
    if (drawing.empty()) return;
    const std::string& title =
        std::visit([](const auto& any) -> const std::string& { return any.title; }, chart);
    out_ += fmt::format("<figure>\n<figcaption>{}</figcaption>\n{}</figure>\n", html_escaped(title),
                        drawing);
  }

  void append(const ReportTable& table) {
    out_ += "<table>\n<thead><tr>";
    for (const ReportTable::Column& column : table.columns) {
      out_ += fmt::format("<th{}>{}</th>", column.is_number ? " class=\"n\"" : "",
                          html_escaped(column.name));
    }
    out_ += "</tr></thead>\n<tbody>\n";
    for (const ReportTable::Row& row : table.rows) append(table, row);
    out_ += "</tbody>\n</table>\n";
  }

  void append(const ReportTable& table, const ReportTable::Row& row) {
    out_ += "<tr>";
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const bool is_number = i < table.columns.size() && table.columns[i].is_number;
      out_ +=
          fmt::format("<td{}>{}</td>", is_number ? " class=\"n\"" : "", html_escaped(row.cells[i]));
    }
    out_ += "</tr>\n";
    if (row.below.empty()) return;
    std::string names;
    for (const Section& section : row.below) {
      names += (names.empty() ? "" : ", ") + section.title;
    }
    out_ += fmt::format("<tr class=\"below\"><td colspan=\"{}\"><details><summary>{}</summary>\n",
                        std::max<std::size_t>(table.columns.size(), 1), html_escaped(names));
    for (const Section& section : row.below) append(section, 3);
    out_ += "</details></td></tr>\n";
  }

  std::string out_;
};

}  // namespace

std::string to_html(const Report& report) { return HtmlWriter().write(report); }

}  // namespace quarry::output
