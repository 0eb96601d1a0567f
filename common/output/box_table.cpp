// table: what a person at a terminal reads. Column widths come from the first rows; when the terminal is too narrow the widest
// columns give way, cut cells end in …, and a line below says how many cells were cut and columns left out.
//
//   Timestamp                     DeviceName   count_
//   ────────────────────────────  ───────────  ──────
//   2026-11-20T09:12:03.3472681Z  wks-0042         12
#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "common/base/unicode.h"
#include "common/output/cell_text.h"
#include "common/output/format.h"

namespace quarry::output {
namespace {

constexpr std::size_t kSampleRows = 200;   // rows that decide the widths
constexpr std::size_t kNarrowest = 6;      // no column is squeezed below this
constexpr std::size_t kGap = 2;

class BoxTable final : public BatchSink {
 public:
  BoxTable(io::Sink& out, const FormatOptions& options) : out_(out), options_(options) {}

  Result<void> begin(const Schema& schema, const std::string&) override {
    schema_ = schema;
    sample_.clear();
    shown_header_ = false;
    cut_ = 0;
    hidden_columns_ = 0;
    return ok();
  }

  Result<void> write(const Batch& batch) override {
    for (std::size_t row = 0; row < batch.rows(); ++row) {
      std::vector<std::string> cells;
      for (const Column& column : batch.columns()) {
        std::string cell;
        append_cell_text(cell, column, row, options_.zone);
        cells.push_back(unicode::escape_for_terminal(cell));
      }
      if (shown_header_) print_row(cells);
      else sample_.push_back(std::move(cells));
    }
    if (!shown_header_ && (sample_.size() >= kSampleRows || options_.line_buffered)) start();
    QUARRY_CHECK(out_.write(text_));
    text_.clear();
    return options_.line_buffered ? out_.flush() : ok();
  }

  Result<void> end() override {
    if (!shown_header_) start();
    if (hidden_columns_ > 0) {
      text_ += fmt::format("({} of {} columns do not fit; --format list shows everything)\n", hidden_columns_, schema_.columns.size());
    }
    if (cut_ > 0) text_ += fmt::format("({} {} cut to fit; --format list shows everything)\n", cut_, cut_ == 1 ? "cell" : "cells");
    QUARRY_CHECK(out_.write(text_));
    text_.clear();
    return out_.flush();
  }

 private:
  static bool right_aligned(Type type) { return is_numeric(type); }

  /// Widths from the sample, then the header and the sample's rows.
  void start() {
    shown_header_ = true;
    if (results_++ > 0) text_ += '\n';
    if (schema_.columns.empty()) return;
    widths_.clear();
    for (std::size_t i = 0; i < schema_.columns.size(); ++i) {
      std::size_t width = unicode::display_width(schema_.columns[i].name);
      for (const auto& cells : sample_) width = std::max(width, unicode::display_width(cells[i]));
      widths_.push_back(std::max<std::size_t>(width, 1));
    }
    fit();
    std::vector<std::string> names;
    for (const ColumnSchema& column : schema_.columns) names.push_back(unicode::escape_for_terminal(column.name));
    print_row(names, "\x1b[1m");
    std::string rule;
    for (std::size_t i = 0; i < widths_.size(); ++i) {
      if (i > 0) rule += "  ";
      for (std::size_t k = 0; k < widths_[i]; ++k) rule += "─";
    }
    text_ += options_.color ? "\x1b[2m" + rule + "\x1b[0m\n" : rule + "\n";
    for (const auto& cells : sample_) print_row(cells);
    sample_.clear();
  }

  /// Takes width from the widest columns until the row fits, as far as they can be squeezed.
  void fit() {
    if (options_.width == 0) return;
    std::size_t total = kGap * (widths_.size() - 1);
    for (const std::size_t width : widths_) total += width;
    while (total > options_.width) {
      const auto widest = std::max_element(widths_.begin(), widths_.end());
      if (*widest <= kNarrowest) return hide_columns(total);
      --*widest;
      --total;
    }
  }

  /// Columns that do not fit even when all are narrow are left out, and counted.
  void hide_columns(std::size_t total) {
    const std::size_t all = widths_.size();
    while (total > options_.width && widths_.size() > 1) {
      total -= widths_.back() + kGap;
      widths_.pop_back();
    }
    hidden_columns_ = all - widths_.size();
  }

  void print_row(const std::vector<std::string>& cells, std::string_view style = {}) {
    std::string line;
    for (std::size_t i = 0; i < widths_.size(); ++i) {
      if (i > 0) line.append(kGap, ' ');
      const std::string cell = cut(cells[i], widths_[i]);
      const std::size_t padding = widths_[i] - std::min(widths_[i], unicode::display_width(cell));
      if (right_aligned(schema_.columns[i].type)) line.append(padding, ' ');
      line += cell;
      if (!right_aligned(schema_.columns[i].type) && i + 1 < widths_.size()) line.append(padding, ' ');
    }
    while (!line.empty() && line.back() == ' ') line.pop_back();
    if (options_.color && !style.empty()) text_ += fmt::format("{}{}\x1b[0m\n", style, line);
    else text_ += line + '\n';
  }

  /// The cell, or its beginning and … where it is too wide. Without a terminal only columns whose late rows are wider overflow.
  std::string cut(const std::string& cell, std::size_t width) {
    if (options_.width == 0 || unicode::display_width(cell) <= width) return cell;
    ++cut_;
    std::string shown;
    std::size_t used = 0;
    for (std::size_t at = 0; at < cell.size();) {
      std::size_t next = at;
      const std::size_t columns = unicode::display_width(unicode::decode(cell, next));
      if (used + columns + 1 > width) break;
      used += columns;
      shown.append(cell, at, next - at);
      at = next;
    }
    return shown + "…";
  }

  io::Sink& out_;
  FormatOptions options_;
  Schema schema_;
  std::vector<std::vector<std::string>> sample_;
  std::vector<std::size_t> widths_;
  std::string text_;
  bool shown_header_ = false;
  std::uint64_t cut_ = 0;
  std::size_t hidden_columns_ = 0;
  int results_ = 0;
};

}  // namespace

std::unique_ptr<BatchSink> make_box_table(io::Sink& out, const FormatOptions& options) { return std::make_unique<BoxTable>(out, options); }

}  // namespace quarry::output
