#include "common/table/csv_rows.h"

#include "common/base/unicode.h"
#include "common/io/line_splitter.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::table {

CsvRows::CsvRows(const CsvShared& shared) : shared_(shared) {
  for (const auto stage : {ReadPlan::kFirst, ReadPlan::kSecond}) {
    wanted_[stage] = wanted_fields(shared.plan.columns[stage]);
    values_[stage].resize(shared.plan.columns[stage].size());
  }
}

std::vector<CsvRows::WantedField> CsvRows::wanted_fields(
    const std::vector<std::size_t>& columns) const {
  std::vector<WantedField> wanted;
  const std::vector<std::string>& header = shared_.options.header;
  for (std::size_t slot = 0; slot < columns.size(); ++slot) {
    const auto found = std::ranges::find(header, shared_.schema.columns[columns[slot]].name);
    if (found != header.end())
      wanted.push_back({static_cast<std::uint32_t>(found - header.begin()), slot});
  }
  std::ranges::sort(wanted, {}, &WantedField::field);
  return wanted;
}

Result<void> CsvRows::load(const io::Block& block) {
  text_ = block.text;
  place_ = {.input = block.input, .order = block.number, .start = block.first_byte};
  lines_before_ = block.lines_before;
  status_ = {};
  arena_ = std::make_shared<Arena>();
  rows_.clear();
  split_records(text_, shared_.options.separator, records_);
  lines_.resize(records_.size());
  std::ranges::transform(records_, lines_.begin(), &CsvRecord::line);
  const bool prefiltered = shared_.prefilter.run(text_, lines_, kWholeLine, hits_);
  const std::size_t fields = shared_.options.header.size();
  auto whole = static_cast<std::uint32_t>(records_.size());
  // Blocks end outside quotes, but for the last one of a damaged input.
  if (whole > 0 && io::count_byte(lines_.back().in(text_), '"') % 2 != 0) {
    --whole;
    QUARRY_CHECK(note(whole, "the input ends inside a quoted field", 0));
  }
  const bool skip_first = block.starts_input && shared_.options.skip_first;
  for (std::uint32_t i = skip_first ? 1 : 0; i < whole; ++i) {
    if (records_[i].separators + std::size_t{1} != fields && !shared_.options.any_width) {
      QUARRY_CHECK(note(
          i, fmt::format("expected {} fields, found {}", fields, records_[i].separators + 1), 0));
      continue;
    }
    if (shared_.check_all) {
      if (const std::size_t bad = unicode::find_invalid(lines_[i].in(text_));
          bad != std::string_view::npos) {
        QUARRY_CHECK(note(i, "invalid UTF-8", bad));
        continue;
      }
    }
    ++rows_met_;
    if (!prefiltered || hits_[i] != 0) rows_.push_back(i);
  }
  if (!block.over_long_line_follows) return ok();
  BadPlace behind = place_;
  behind.start = block.end_byte();
  if (lines_before_) behind.line = *lines_before_ + io::count_newlines(text_) + 1;
  return shared_.bad_lines.note(behind, {}, "longer than --max-line");
}

bool CsvRows::decode(std::size_t row, ReadPlan::Stage stage,
                     std::span<const json::RawValue>& values) {
  const std::string_view record = lines_[rows_[row]].in(text_);
  FieldCursor cursor(record, shared_.options.separator);
  for (const WantedField& wanted : wanted_[stage]) {
    const std::string_view field = cursor.field(wanted.field);
    if (const std::size_t bad = unicode::find_invalid(field); bad != std::string_view::npos) {
      Result<void> noted = note(rows_[row], "invalid UTF-8",
                                static_cast<std::size_t>(field.data() - record.data()) + bad);
      if (!noted && status_) status_ = std::move(noted);
      return false;
    }
    const std::string_view text = decoded(field);
    values_[stage][wanted.slot] = {text.data(), static_cast<std::uint32_t>(text.size()),
                                   json::TokenKind::kPlainText};
  }
  values = values_[stage];
  return true;
}

std::string_view CsvRows::decoded(std::string_view field) {
  bool doubled = false;
  const std::string_view text = bare_field(field, doubled);
  if (!doubled) return text;
  scratch_.clear();
  append_undoubled(scratch_, text);
  return arena_->copy(scratch_);
}

Result<void> CsvRows::note(std::uint32_t record, std::string why, std::size_t offset) {
  const LineRef& where = lines_[record];
  BadPlace place = place_;
  place.start += where.begin;
  if (lines_before_)
    place.line = *lines_before_ + io::count_newlines(text_.substr(0, where.begin)) + 1;
  place.byte = offset + 1;
  return shared_.bad_lines.note(place, where.in(text_), std::move(why));
}

}  // namespace quarry::table
