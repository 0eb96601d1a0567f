// html: a page with a table for each result. It is written as rows come; the end tags of the page
// are those that HTML lets a page leave out.
#include "common/output/cell_text.h"
#include "common/output/format.h"
#include "common/output/html_text.h"

namespace quarry::output {
namespace {

class Html final : public BatchSink {
 public:
  Html(io::Sink& out, const FormatOptions& options) : out_(out), options_(options) {}

  Result<void> begin(const Schema& schema, const std::string& name) override {
    text_.clear();
    if (results_++ == 0) text_ = html_page_start("Quarry");
    if (!name.empty()) text_ += "<h2>" + html_escaped(name) + "</h2>\n";
    text_ += "<table>\n<thead><tr>";
    numeric_.clear();
    for (const ColumnSchema& column : schema.columns) {
      numeric_.push_back(is_numeric(column.type));
      text_ += numeric_.back() ? "<th class=\"n\">" : "<th>";
      text_ += html_escaped(column.name) + "</th>";
    }
    text_ += "</tr></thead>\n<tbody>\n";
    return out_.write(text_);
  }

  Result<void> write(const Batch& batch) override {
    text_.clear();
    std::string cell;
    for (std::size_t row = 0; row < batch.rows(); ++row) {
      text_ += "<tr>";
      for (std::size_t i = 0; i < batch.column_count(); ++i) {
        cell.clear();
        append_cell_text(cell, batch.column(i), row, options_.zone);
        text_ += numeric_[i] ? "<td class=\"n\">" : "<td>";
        text_ += html_escaped(cell) + "</td>";
      }
      text_ += "</tr>\n";
    }
    QUARRY_CHECK(out_.write(text_));
    return options_.line_buffered ? out_.flush() : ok();
  }

  Result<void> end() override {
    QUARRY_CHECK(out_.write("</tbody>\n</table>\n"));
    return out_.flush();
  }

 private:
  io::Sink& out_;
  FormatOptions options_;
  std::string text_;
  std::vector<bool> numeric_;
  int results_ = 0;
};

}  // namespace

std::unique_ptr<BatchSink> make_html(io::Sink& out, const FormatOptions& options) {
  return std::make_unique<Html>(out, options);
}

}  // namespace quarry::output
