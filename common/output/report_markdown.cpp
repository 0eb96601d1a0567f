#include "common/output/report.h"

#include <fmt/format.h>

namespace quarry::output {
namespace {

class MarkdownWriter {
 public:
  std::string write(const Report& report) {
    out_ = fmt::format("# {}\n", markdown_escaped(report.title));
    for (const Block& block : report.blocks) append(block);
    for (const Section& section : report.sections) append(section, "## ", "");
    return std::move(out_);
  }

 private:
  void append(const Section& section, std::string_view open, std::string_view close) {
    append(section.title, section.blocks, open, close);
  }

  void append(const std::string& title, const std::vector<Block>& blocks, std::string_view open,
              std::string_view close) {
    out_ += fmt::format("\n{}{}{}\n", open, markdown_escaped(title), close);
    for (const Block& block : blocks) append(block);
  }

  void append(const Block& block) {
    std::visit([this](const auto& content) { append(content); }, block);
  }

  void append(const Paragraph& paragraph) {
    out_ += fmt::format("\n{}\n", markdown_escaped(paragraph.text));
  }

  void append(const Notes& notes) {
    if (!notes.texts.empty()) out_ += '\n';
    for (const std::string& text : notes.texts) {
      out_ += fmt::format("- {}\n", markdown_escaped(text));
    }
  }

  void append(const Chart&) {}

  void append(const ReportTable& table) {
    out_ += "\n|";
    for (const ReportTable::Column& column : table.columns) {
      out_ += fmt::format(" {} |", markdown_escaped(column.name));
    }
    out_ += "\n|";
    for (const ReportTable::Column& column : table.columns) {
      out_ += column.is_number ? " ---: |" : " --- |";
    }
    out_ += '\n';
    for (const ReportTable::Row& row : table.rows) {
      out_ += '|';
      for (const std::string& cell : row.cells)
        out_ += fmt::format(" {} |", markdown_escaped(cell));
      out_ += '\n';
    }
    // A table cannot hold tables: what is below a row follows, under the name of its last cell.
    for (const ReportTable::Row& row : table.rows) {
      for (const Section& section : row.below) {
        const std::string& name = row.cells.empty() ? section.title : row.cells.back();
        append(fmt::format("{}: {}", name, section.title), section.blocks, "**", "**");
      }
    }
  }

  std::string out_;
};

}  // namespace

std::string to_markdown(const Report& report) { return MarkdownWriter().write(report); }

std::string markdown_escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '|':
        escaped += "\\|";
        break;
      case '\n':
        escaped += "<br>";
        break;
      case '\r':
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '*':
      case '_':
      case '`':
      case '\\':
        escaped += '\\';
        escaped += c;
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

}  // namespace quarry::output
