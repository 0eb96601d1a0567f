// csv and tsv: RFC 4180 with a header line. Null and "" both come out empty.
#include "common/base/text.h"
#include "common/output/cell_text.h"
#include "common/output/format.h"

#include <algorithm>

namespace quarry::output {
namespace {

class SeparatedValues final : public BatchSink {
 public:
  SeparatedValues(io::Sink& out, const FormatOptions& options, char separator)
      : out_(out), options_(options), separator_(separator) {}

  Result<void> begin(const Schema& schema, const std::string&) override {
    line_.clear();
    if (results_++ > 0) line_ += '\n';
    for (std::size_t i = 0; i < schema.columns.size(); ++i) {
      if (i > 0) line_ += separator_;
      append_field(schema.columns[i].name);
    }
    line_ += '\n';
    return out_.write(line_);
  }

  Result<void> write(const Batch& batch) override {
    line_.clear();
    std::string cell;
    for (std::size_t row = 0; row < batch.rows(); ++row) {
      for (std::size_t i = 0; i < batch.column_count(); ++i) {
        if (i > 0) line_ += separator_;
        cell.clear();
        append_cell_text(cell, batch.column(i), row);
        append_field(cell);
      }
      line_ += '\n';
    }
    QUARRY_CHECK(out_.write(line_));
    return options_.line_buffered ? out_.flush() : ok();
  }

  Result<void> end() override { return out_.flush(); }

 private:
  /// Spreadsheets run cells that begin with these as formulas.
  static bool looks_like_formula(std::string_view cell) {
    return !cell.empty() &&
           std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos;
  }

  /// "-5", "+1.5e3": what a spreadsheet reads is that number, and nothing runs.
  static bool is_number(std::string_view cell) {
    if (!cell.empty() && (cell.front() == '-' || cell.front() == '+')) cell.remove_prefix(1);
    return !cell.empty() && cell.front() >= '0' && cell.front() <= '9' &&
           text::parse_double(cell).has_value();
  }

  void append_field(std::string_view cell) {
    const bool guard = options_.csv_safe && looks_like_formula(cell) && !is_number(cell);
    const bool quote = guard || std::any_of(cell.begin(), cell.end(), [&](char c) {
                         return c == separator_ || c == '"' || c == '\n' || c == '\r';
                       });
    if (!quote) {
      line_ += cell;
      return;
    }
    line_ += '"';
    if (guard) line_ += '\'';
    for (const char c : cell) {
      if (c == '"') line_ += '"';
      line_ += c;
    }
    line_ += '"';
  }

  io::Sink& out_;
  FormatOptions options_;
  char separator_;
  std::string line_;
  int results_ = 0;
};

}  // namespace

std::unique_ptr<BatchSink> make_csv(io::Sink& out, const FormatOptions& options) {
  return std::make_unique<SeparatedValues>(out, options, ',');
}
std::unique_ptr<BatchSink> make_tsv(io::Sink& out, const FormatOptions& options) {
  return std::make_unique<SeparatedValues>(out, options, '\t');
}

}  // namespace quarry::output
