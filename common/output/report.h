// A report for people: titles, facts, notes, tables and charts, built once and written as one
// self-contained HTML page or as Markdown. What reports of all tools share.
#pragma once

#include "common/output/chart/chart.h"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace quarry::output {

struct Paragraph {
  std::string text;
};

/// What the reader must not miss: warnings, cautions.
struct Notes {
  std::vector<std::string> texts;
};

struct Section;

struct ReportTable {
  struct Column {
    std::string name;
    bool is_number = false;  // stands right
  };
  struct Row {
    std::vector<std::string> cells;  // one a column, plain text
    std::vector<Section> below;      // more about this row, folded away in HTML
  };
  std::vector<Column> columns;
  std::vector<Row> rows;
};

/// A chart shows what tables tell in numbers; forms that cannot draw leave it out.
using Block = std::variant<Paragraph, Notes, ReportTable, Chart>;

struct Section {
  std::string title;
  std::vector<Block> blocks;
};

struct Report {
  std::string title;
  std::vector<Block> blocks;  // before the first section
  std::vector<Section> sections;
};

/// One page without script and without addresses of others; every text is escaped.
std::string to_html(const Report& report);

/// GitHub's Markdown; every text is escaped.
std::string to_markdown(const Report& report);
/// One line; bars and what Markdown or HTML would read as markup are escaped.
std::string markdown_escaped(std::string_view text);

}  // namespace quarry::output
