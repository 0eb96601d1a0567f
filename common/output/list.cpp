// list: one column a line, so that nothing of a row is hidden.
#include "common/base/unicode.h"
#include "common/output/cell_text.h"
#include "common/output/format.h"

#include <algorithm>

namespace quarry::output {
namespace {

class List final : public BatchSink {
 public:
  List(io::Sink& out, const FormatOptions& options) : out_(out), options_(options) {}

  Result<void> begin(const Schema& schema, const std::string&) override {
    schema_ = schema;
    name_width_ = 0;
    for (const ColumnSchema& column : schema_.columns)
      name_width_ = std::max(name_width_, unicode::display_width(column.name));
    return ok();
  }

  Result<void> write(const Batch& batch) override {
    text_.clear();
    std::string cell;
    for (std::size_t row = 0; row < batch.rows(); ++row) {
      if (rows_++ > 0) text_ += '\n';
      for (std::size_t i = 0; i < batch.column_count(); ++i) {
        const std::string& name = schema_.columns[i].name;
        if (options_.color) text_ += "\x1b[1m";
        text_ += unicode::escape_for_terminal(name);
        if (options_.color) text_ += "\x1b[0m";
        text_.append(name_width_ - unicode::display_width(name), ' ');
        text_ += "  ";
        cell.clear();
        append_cell_text(cell, batch.column(i), row, options_.zone);
        text_ += unicode::escape_for_terminal(cell);
        text_ += '\n';
      }
    }
    QUARRY_CHECK(out_.write(text_));
    return options_.line_buffered ? out_.flush() : ok();
  }

  Result<void> end() override { return out_.flush(); }

 private:
  io::Sink& out_;
  FormatOptions options_;
  Schema schema_;
  std::size_t name_width_ = 0;
  std::string text_;
  std::uint64_t rows_ = 0;
};

}  // namespace

std::unique_ptr<BatchSink> make_list(io::Sink& out, const FormatOptions& options) {
  return std::make_unique<List>(out, options);
}

}  // namespace quarry::output
