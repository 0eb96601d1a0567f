// table: what a person at a terminal reads. The first rows decide which columns there are and how
// wide (column_fit.h); a late value that is wider is cut where it is text and juts out where it is
// a number or a time. Cut cells end in …, and lines below the table say how many cells were cut and
// columns left out.
//
//   Timestamp                     DeviceName   count_
//   ────────────────────────────  ───────────  ──────
//   2026-11-20T09:12:03.3472681Z  wks-0042         12
#include "common/base/text.h"
#include "common/base/unicode.h"
#include "common/output/cell_text.h"
#include "common/output/column_fit.h"
#include "common/output/format.h"
#include "common/value/guid.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

namespace quarry::output {
namespace {

constexpr std::size_t kSampleRows = 200;  // rows that decide the widths
constexpr std::size_t kGuidLength = 36;   // 32 digits alone are as likely a hash
constexpr std::size_t kNamedColumns = 3;  // of those that a note is about

bool right_aligned(Type type) { return is_numeric(type); }
bool is_text(Type type) { return type == Type::kString || type == Type::kDynamic; }

/// The text, or as much of its beginning as leaves room for the ….
std::string cut_end(std::string_view text, std::size_t width) {
  std::string shown;
  std::size_t used = 0;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t next = at;
    const std::size_t columns = unicode::display_width(unicode::decode(text, next));
    if (used + columns + 1 > width) break;
    used += columns;
    shown.append(text, at, next - at);
    at = next;
  }
  return shown + "…";
}

/// Names differ at the end as often as at the beginning: InitiatingProcessId,
/// InitiatingProcessFileName -> Initia…ssId, Initia…Name.
std::string cut_middle(const std::string& name, std::size_t width) {
  if (unicode::display_width(name) <= width) return name;
  const std::size_t tail = (width - 1) / 2;
  std::size_t from = name.size();
  std::size_t used = 0;
  for (std::size_t count = unicode::code_point_count(name); count-- > 0;) {
    std::size_t next = unicode::offset_of(name, count);
    const std::size_t start = next;
    const std::size_t columns = unicode::display_width(unicode::decode(name, next));
    if (used + columns > tail) break;
    used += columns;
    from = start;
  }
  return cut_end(name, width - used) + name.substr(from);
}

class BoxTable final : public BatchSink {
 public:
  BoxTable(io::Sink& out, const FormatOptions& options) : out_(out), options_(options) {}

  Result<void> begin(const Schema& schema, const std::string&) override {
    schema_ = schema;
    sample_.clear();
    fit_ = {};
    late_.clear();
    shown_header_ = false;
    cut_ = 0;
    return ok();
  }

  Result<void> write(const Batch& batch) override {
    for (std::size_t row = 0; row < batch.rows(); ++row) {
      if (shown_header_) {
        look_for_late_values(batch, row);
        print_row(batch, row);
      } else {
        sample_.push_back(cells_of(batch, row));
      }
    }
    if (!shown_header_ && (sample_.size() >= kSampleRows || options_.line_buffered)) start();
    QUARRY_CHECK(write_text());
    return options_.line_buffered ? out_.flush() : ok();
  }

  Result<void> end() override {
    if (!shown_header_) start();
    if (!options_.line_buffered) {
      tell_of_columns();
      if (!late_.empty()) tell_of_late(late_);
    }
    if (cut_ > 0)
      text_ += fmt::format("({} {} cut to fit; --format list shows everything)\n",
                           text::with_thousands(cut_), cut_ == 1 ? "cell" : "cells");
    QUARRY_CHECK(write_text());
    return out_.flush();
  }

 private:
  std::string cell_of(const Batch& batch, std::size_t column, std::size_t row) const {
    std::string cell;
    append_cell_text(cell, batch.column(column), row, options_.zone);
    return unicode::escape_for_terminal(cell);
  }

  std::vector<std::string> cells_of(const Batch& batch, std::size_t row) const {
    std::vector<std::string> cells;
    for (std::size_t i = 0; i < batch.column_count(); ++i) cells.push_back(cell_of(batch, i, row));
    return cells;
  }

  Result<void> write_text() {
    const Result<void> written = out_.write(text_);
    text_.clear();
    return written;
  }

  ColumnNeed need_of(std::size_t column) const {
    const Type type = schema_.columns[column].type;
    ColumnNeed need{
        .name = unicode::display_width(unicode::escape_for_terminal(schema_.columns[column].name)),
        .whole = !is_text(type)};
    bool only_guids = type == Type::kString;
    std::size_t filled = 0;
    for (const auto& cells : sample_) {
      const std::string& cell = cells[column];
      if (cell.empty()) continue;
      ++filled;
      need.cells = std::max(need.cells, unicode::display_width(cell));
      only_guids = only_guids && cell.size() == kGuidLength && parse_guid(cell).has_value();
    }
    need.whole = need.whole || (filled > 0 && only_guids);
    need.is_empty = filled == 0 && !sample_.empty();
    return need;
  }

  /// Columns and widths from the sample, then the header and the sample's rows.
  void start() {
    shown_header_ = true;
    if (results_++ > 0) text_ += '\n';
    if (schema_.columns.empty()) return;
    std::vector<ColumnNeed> needs;
    for (std::size_t i = 0; i < schema_.columns.size(); ++i) needs.push_back(need_of(i));
    fit_ = fit_columns(needs, options_.width);
    if (options_.line_buffered) tell_of_columns();  // the end may be far
    print_header();
    for (const auto& cells : sample_) {
      print_cells([&](std::size_t column) { return cells[column]; });
    }
    sample_.clear();
  }

  void print_header() {
    std::string names;
    std::string rule;
    for (const FittedColumn& column : fit_.shown) {
      append_aligned(names, column,
                     cut_middle(unicode::escape_for_terminal(schema_.columns[column.index].name),
                                column.width));
      if (!rule.empty()) rule.append(kColumnGap, ' ');
      for (std::size_t k = 0; k < column.width; ++k) rule += "─";
    }
    end_line(names);
    text_ += options_.color ? fmt::format("\x1b[1m{}\x1b[0m\n\x1b[2m{}\x1b[0m\n", names, rule)
                            : fmt::format("{}\n{}\n", names, rule);
  }

  void print_row(const Batch& batch, std::size_t row) {
    print_cells([&](std::size_t column) { return cell_of(batch, column, row); });
  }

  template <class CellOf>
  void print_cells(CellOf cell_of_column) {
    if (fit_.shown.empty()) return;
    std::string line;
    for (const FittedColumn& column : fit_.shown)
      append_aligned(line, column, fitted(cell_of_column(column.index), column));
    end_line(line);
    text_ += line + '\n';
  }

  void append_aligned(std::string& line, const FittedColumn& column,
                      const std::string& cell) const {
    if (&column != &fit_.shown.front()) line.append(kColumnGap, ' ');
    const std::size_t padding = column.width - std::min(column.width, unicode::display_width(cell));
    const bool right = right_aligned(schema_.columns[column.index].type);
    if (right) line.append(padding, ' ');
    line += cell;
    if (!right) line.append(padding, ' ');
  }

  static void end_line(std::string& line) { line.erase(line.find_last_not_of(' ') + 1); }

  /// The cell, cut where it is a text that is too wide. Without a terminal nothing is cut.
  std::string fitted(std::string cell, const FittedColumn& column) {
    if (options_.width == 0 || !is_text(schema_.columns[column.index].type) ||
        unicode::display_width(cell) <= column.width)
      return cell;
    ++cut_;
    return cut_end(cell, column.width);
  }

  /// Columns that the first rows showed empty may fill later; then it has to be said.
  void look_for_late_values(const Batch& batch, std::size_t row) {
    std::vector<std::size_t> found;
    for (const std::size_t column : fit_.empty) {
      if (!cell_of(batch, column, row).empty()) found.push_back(column);
    }
    if (found.empty()) return;
    std::erase_if(fit_.empty, [&](std::size_t column) {
      return std::find(found.begin(), found.end(), column) != found.end();
    });
    late_.insert(late_.end(), found.begin(), found.end());
    if (options_.line_buffered) tell_of_late(found);
  }

  void tell_of_columns() {
    const std::size_t all = schema_.columns.size();
    if (const std::size_t count = fit_.empty.size(); count > 0) {
      text_ += fmt::format("({} of {} columns {} empty{} and left out)\n", count, all,
                           count == 1 ? "is" : "are", options_.line_buffered ? " so far" : "");
    }
    if (fit_.beyond > 0) {
      text_ += fmt::format(
          "({} of {} columns {} not fit: --format list shows all, project picks some)\n",
          fit_.beyond, all, fit_.beyond == 1 ? "does" : "do");
    }
  }

  void tell_of_late(const std::vector<std::size_t>& columns) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < std::min(kNamedColumns, columns.size()); ++i)
      names.push_back(unicode::escape_for_terminal(schema_.columns[columns[i]].name));
    if (columns.size() > kNamedColumns) names.emplace_back("…");
    text_ += fmt::format(
        "({} {} left out as empty {} values in later rows: {}; --format list shows all)\n",
        columns.size(), columns.size() == 1 ? "column" : "columns",
        columns.size() == 1 ? "has" : "have", fmt::join(names, ", "));
  }

  io::Sink& out_;
  FormatOptions options_;
  Schema schema_;
  std::vector<std::vector<std::string>> sample_;
  ColumnFit fit_;
  std::vector<std::size_t> late_;  // left out as empty, with values later
  std::string text_;
  bool shown_header_ = false;
  std::uint64_t cut_ = 0;
  int results_ = 0;
};

}  // namespace

std::unique_ptr<BatchSink> make_box_table(io::Sink& out, const FormatOptions& options) {
  return std::make_unique<BoxTable>(out, options);
}

}  // namespace quarry::output
