#include "common/table/row_batcher.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace quarry::table {
namespace {

std::optional<std::size_t> position_of(const std::vector<std::size_t>& columns,
                                       std::size_t column) {
  const auto found = std::ranges::find(columns, column);
  if (found == columns.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns.begin());
}

}  // namespace

ReadPlan::ReadPlan(const ScanRequest& request) : filtered(request.filter != nullptr) {
  if (filtered) columns[kFirst] = request.filter_columns;
  const Stage rest = filtered ? kSecond : kFirst;
  for (const std::size_t column : request.columns) {
    if (const auto position = position_of(columns[kFirst], column)) {
      outputs.push_back({kFirst, *position});
      continue;
    }
    auto position = position_of(columns[rest], column);
    if (!position) {
      position = columns[rest].size();
      columns[rest].push_back(column);
    }
    outputs.push_back({rest, *position});
  }
}

RowBatcher::RowBatcher(const Schema& schema, const ReadPlan& plan, const ScanRequest& request)
    : plan_(plan),
      filter_(request.filter),
      batch_rows_(std::max<std::size_t>(1, request.batch_rows)),
      schema_(schema) {
  if (filter_ != nullptr) filter_state_ = filter_->make_state();
  for (const auto stage : {ReadPlan::kFirst, ReadPlan::kSecond}) {
    for (const std::size_t column : plan.columns[stage])
      writers_[stage].push_back(make_cell_writer(schema.columns[column].type));
    misfits_[stage].resize(plan.columns[stage].size());
  }
}

void RowBatcher::begin(RowDecoder& decoder, std::vector<KeepAlive> owners) {
  decoder_ = &decoder;
  owners_ = std::move(owners);
  next_row_ = 0;
}

Result<bool> RowBatcher::next(Batch& out) {
  while (next_row_ < decoder_->row_count()) {
    const std::size_t count = std::min(batch_rows_, decoder_->row_count() - next_row_);
    const auto start = static_cast<std::uint32_t>(next_row_);
    next_row_ += count;
    if (plan_.counts_only() && !plan_.filtered) {
      out = Batch({}, count);
      return true;
    }
    rows_.resize(count);
    std::iota(rows_.begin(), rows_.end(), start);
    read_stage(ReadPlan::kFirst, rows_);
    QUARRY_CHECK(decoder_->status());
    Batch first(finish_stage(ReadPlan::kFirst), rows_.size());
    if (first.rows() == 0) continue;
    if (!plan_.filtered) {
      out = assemble(first.columns(), {}, first.rows());
      return true;
    }
    std::vector<std::uint32_t> kept;
    QUARRY_CHECK(select_sound(first, kept));
    if (kept.empty()) continue;
    out = assemble(first.columns(), finish_stage(ReadPlan::kSecond), kept.size());
    return true;
  }
  return false;
}

// Sets `kept` to the rows that pass and are sound, reads their second stage, and reduces `first` to
// them.
Result<void> RowBatcher::select_sound(Batch& first, std::vector<std::uint32_t>& kept) {
  const bool compete = filter_->rows_compete();
  const auto misfits = compete ? misfits_[ReadPlan::kSecond] : std::vector<MisfitLog::Entry>();
  while (true) {
    kept.clear();
    QUARRY_CHECK(filter_->select(*filter_state_, first, kept));
    const std::vector<std::uint32_t> broken = read_second_stage(kept);
    QUARRY_CHECK(decoder_->status());
    if (broken.empty() || !compete) break;
    drop_rows(first, broken);
    misfits_[ReadPlan::kSecond] = misfits;  // the sound ones are read again
  }
  if (kept.size() < first.rows())
    first = first.selected(std::make_shared<std::vector<std::uint32_t>>(kept));
  return ok();
}

// Broken rows leave `kept`; returns them.
std::vector<std::uint32_t> RowBatcher::read_second_stage(std::vector<std::uint32_t>& kept) {
  if (kept.empty() || plan_.columns[ReadPlan::kSecond].empty()) return {};
  std::vector<std::uint32_t> sound(kept.size());
  std::ranges::transform(kept, sound.begin(), [&](std::uint32_t at) { return rows_[at]; });
  read_stage(ReadPlan::kSecond, sound);
  if (sound.size() == kept.size()) return {};
  std::vector<std::uint32_t> broken;
  std::erase_if(kept, [&](std::uint32_t at) {
    const bool lost = !std::ranges::binary_search(sound, rows_[at]);
    if (lost) broken.push_back(at);
    return lost;
  });
  return broken;
}

void RowBatcher::drop_rows(Batch& first, const std::vector<std::uint32_t>& broken) {
  auto rest = std::make_shared<std::vector<std::uint32_t>>();
  for (std::uint32_t row = 0; row < first.rows(); ++row) {
    if (!std::ranges::binary_search(broken, row)) rest->push_back(row);
  }
  for (std::size_t i = 0; i < rest->size(); ++i) rows_[i] = rows_[(*rest)[i]];
  rows_.resize(rest->size());
  first = first.selected(std::move(rest));
}

// Appends the rows to the stage's writers; broken ones leave the list.
void RowBatcher::read_stage(ReadPlan::Stage stage, std::vector<std::uint32_t>& rows) {
  for (const auto& writer : writers_[stage]) writer->begin(rows.size());
  std::size_t sound = 0;
  for (const std::uint32_t row : rows) {
    std::span<const json::RawValue> values;
    if (!decoder_->decode(row, stage, values)) continue;
    rows[sound++] = row;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (!writers_[stage][i]->put(values[i])) note_misfit(stage, i, values[i].text());
    }
  }
  rows.resize(sound);
  if (stage == ReadPlan::kFirst) decoded_ += sound;
}

void RowBatcher::note_misfit(ReadPlan::Stage stage, std::size_t slot, std::string_view text) {
  constexpr std::size_t kLongestExample = 40;
  MisfitLog::Entry& entry = misfits_[stage][slot];
  text = text.substr(0, kLongestExample);
  if (entry.count++ == 0 || text < entry.example) entry.example = text;
}

void RowBatcher::take_misfits(MisfitLog& log) {
  for (const auto stage : {ReadPlan::kFirst, ReadPlan::kSecond}) {
    for (std::size_t slot = 0; slot < misfits_[stage].size(); ++slot) {
      MisfitLog::Entry& entry = misfits_[stage][slot];
      if (entry.count == 0) continue;
      const ColumnSchema& column = schema_.columns[plan_.columns[stage][slot]];
      entry.type = column.type;
      log.add(column.name, entry);
      entry = {};
    }
  }
}

void MisfitLog::add(const std::string& column, const Entry& entry) {
  const std::lock_guard lock(mutex_);
  Entry& known = entries_[column];
  if (known.count == 0 || entry.example < known.example) known.example = entry.example;
  known.type = entry.type;
  known.count += entry.count;
}

std::map<std::string, MisfitLog::Entry> MisfitLog::entries() const {
  const std::lock_guard lock(mutex_);
  return entries_;
}

std::uint64_t MisfitLog::count() const {
  std::uint64_t count = 0;
  for (const auto& [column, entry] : entries()) count += entry.count;
  return count;
}

std::vector<Column> RowBatcher::finish_stage(ReadPlan::Stage stage) {
  std::vector<Column> columns;
  for (const auto& writer : writers_[stage]) columns.push_back(writer->finish(owners_));
  return columns;
}

Batch RowBatcher::assemble(const std::vector<Column>& first, const std::vector<Column>& second,
                           std::size_t rows) const {
  std::vector<Column> columns;
  for (const ReadPlan::Output& output : plan_.outputs) {
    columns.push_back(output.stage == ReadPlan::kFirst ? first[output.position]
                                                       : second[output.position]);
  }
  return Batch(std::move(columns), rows);
}

void count_rows(ScanReport* report, std::uint64_t rows_met, RowBatcher& batcher) {
  const std::uint64_t decoded = batcher.take_rows_decoded();
  if (report == nullptr) return;
  report->rows_read.fetch_add(rows_met, std::memory_order_relaxed);
  report->rows_parsed.fetch_add(decoded, std::memory_order_relaxed);
  batcher.take_misfits(report->misfits);
}

}  // namespace quarry::table
