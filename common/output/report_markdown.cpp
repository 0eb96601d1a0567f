#include "common/base/text.h"
#include "common/base/unicode.h"
#include "common/output/report.h"

#include <fmt/format.h>

#include <algorithm>

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

/// What makes a list, a heading or a quotation of a paragraph, at its start only: "- ", "1. ", "#".
void append_start(std::string_view& text, std::string& out) {
  const auto digits = std::find_if_not(text.begin(), text.end(), text::is_ascii_digit);
  const auto mark = static_cast<std::size_t>(digits - text.begin());
  if (mark == text.size()) return;
  const std::string_view marks = mark == 0 ? "#>+-=" : ".)";
  if (marks.find(text[mark]) == std::string_view::npos) return;
  // "-5" and "1.5" are numbers.
  if (mark + 1 < text.size() && text::is_ascii_digit(text[mark + 1])) return;
  out += text.substr(0, mark);
  out += '\\';
  out += text[mark];
  text.remove_prefix(mark + 1);
}

/// What is read anywhere: emphasis, code, links, tables, HTML and its entities, addresses.
void append_line(std::string_view line, std::string& out) {
  constexpr std::string_view kMarks = R"(\`*_[]|~@)";
  const std::string safe = unicode::escape_for_terminal(line);
  for (std::size_t i = 0; i < safe.size(); ++i) {
    const char c = safe[i];
    if (c == '<') {
      out += "&lt;";
    } else if (c == '&') {
      out += "&amp;";
    } else {
      // "https://" becomes a link on its own.
      const bool is_link = c == ':' && safe.compare(i, 3, "://") == 0;
      if (is_link || kMarks.find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
  }
}

}  // namespace

std::string to_markdown(const Report& report) { return MarkdownWriter().write(report); }

std::string markdown_escaped(std::string_view text) {
  std::string escaped;
  append_start(text, escaped);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    append_line(line, escaped);
    if (end < text.size()) escaped += "<br>";
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return escaped;
}

}  // namespace quarry::output
