// markdown: a table for tickets and wikis; columns are not padded, numbers stand right.
#include "common/output/cell_text.h"
#include "common/output/format.h"
#include "common/output/report.h"

namespace quarry::output {
namespace {

class Markdown final : public BatchSink {
 public:
  Markdown(io::Sink& out, const FormatOptions& options) : out_(out), options_(options) {}

  Result<void> begin(const Schema& schema, const std::string&) override {
    text_.clear();
    if (results_++ > 0) text_ += '\n';
    text_ += '|';
    for (const ColumnSchema& column : schema.columns) {
      text_ += ' ';
      text_ += markdown_escaped(column.name);
      text_ += " |";
    }
    text_ += "\n|";
    for (const ColumnSchema& column : schema.columns)
      text_ += is_numeric(column.type) ? " ---: |" : " --- |";
    text_ += '\n';
    return out_.write(text_);
  }

  Result<void> write(const Batch& batch) override {
    text_.clear();
    std::string cell;
    for (std::size_t row = 0; row < batch.rows(); ++row) {
      text_ += '|';
      for (const Column& column : batch.columns()) {
        cell.clear();
        append_cell_text(cell, column, row);
        text_ += ' ';
        text_ += markdown_escaped(cell);
        text_ += " |";
      }
      text_ += '\n';
    }
    QUARRY_CHECK(out_.write(text_));
    return options_.line_buffered ? out_.flush() : ok();
  }

  Result<void> end() override { return out_.flush(); }

 private:
  io::Sink& out_;
  FormatOptions options_;
  std::string text_;
  int results_ = 0;
};

}  // namespace

std::unique_ptr<BatchSink> make_markdown(io::Sink& out, const FormatOptions& options) {
  return std::make_unique<Markdown>(out, options);
}

}  // namespace quarry::output
