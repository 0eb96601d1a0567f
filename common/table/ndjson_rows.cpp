#include "common/table/ndjson_rows.h"

#include "common/base/unicode.h"
#include "common/io/line_splitter.h"
#include "common/value/dynamic.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::table {
namespace {

std::vector<std::string> names_of(const Schema& schema, const std::vector<std::size_t>& columns) {
  std::vector<std::string> names;
  for (const std::size_t column : columns) names.push_back(schema.columns[column].name);
  return names;
}

// The key that a column has in an envelope; empty: none.
std::string envelope_key(EnvelopeKind kind, const std::string& column) {
  if (column == kIngestionTimeColumn) return "time";
  if (column == kTenantIdColumn) return "tenantId";
  if (kind == EnvelopeKind::kStreaming) return {};
  return column == kTimeGeneratedColumn ? "time" : column;
}

constexpr std::size_t kMeasuredLines = 4;

// How many bytes of a row had to be parsed for these values: all where one is missing.
std::size_t end_of_last(std::span<const json::RawValue> values, std::string_view row) {
  std::size_t last = 0;
  for (const json::RawValue& value : values) {
    if (value.kind == json::TokenKind::kAbsent) return row.size();
    const auto end = static_cast<std::size_t>(value.data + value.size - row.data());
    last = std::max(last, std::min(end, row.size()));
  }
  return last;
}

}  // namespace

RecordDecoder::RecordDecoder(const Schema& schema, const std::vector<std::size_t>& columns)
    : row_(names_of(schema, columns)),
      streaming_(envelope_columns(EnvelopeKind::kStreaming, names_of(schema, columns))),
      azure_(envelope_columns(EnvelopeKind::kAzureMonitor, names_of(schema, columns))),
      merged_(columns.size()) {}

RecordDecoder::EnvelopeColumns RecordDecoder::envelope_columns(
    EnvelopeKind kind, const std::vector<std::string>& names) {
  EnvelopeColumns found;
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::string key = envelope_key(kind, names[i]);
    if (key.empty()) continue;
    found.slots.push_back(i);
    keys.push_back(std::move(key));
  }
  if (!keys.empty()) found.parser.emplace(keys);
  return found;
}

bool RecordDecoder::decode(std::string_view text, const Record& record,
                           std::span<const json::RawValue>& values) {
  const json::Tail tail =
      record.kind == EnvelopeKind::kNone ? json::Tail::kBlank : json::Tail::kAnything;
  if (!row_.parse(record.row.in(text), tail)) return false;
  values = row_.values();
  if (record.kind == EnvelopeKind::kNone) return true;
  EnvelopeColumns& around = record.kind == EnvelopeKind::kStreaming ? streaming_ : azure_;
  if (!around.parser) return true;
  merged_.assign(values.begin(), values.end());
  fill_from(around, record.envelope.in(text));
  values = merged_;
  return true;
}

void RecordDecoder::fill_from(EnvelopeColumns& columns, std::string_view envelope) {
  if (!columns.parser->parse(envelope))
    return;  // the router has read it: at worst a part that it did not need is broken
  for (std::size_t i = 0; i < columns.slots.size(); ++i) {
    json::RawValue& value = merged_[columns.slots[i]];
    if (value.kind == json::TokenKind::kAbsent) value = columns.parser->values()[i];
  }
}

json::Malformed RecordDecoder::problem(std::string_view text, const Record& record) const {
  json::Malformed problem = row_.problem();
  problem.offset += static_cast<std::size_t>(record.row.in(text).data() - text.data());
  return problem;
}

NdjsonRows::NdjsonRows(const NdjsonShared& shared)
    : shared_(shared),
      router_(shared.rows),
      decoders_{{shared.schema, shared.plan.columns[ReadPlan::kFirst]},
                {shared.schema, shared.plan.columns[ReadPlan::kSecond]}} {}

void NdjsonRows::begin(const io::Block& block) {
  text_ = block.text;
  order_ = block.number;
  first_byte_ = block.first_byte;
  input_ = block.input;
  lines_before_ = block.lines_before;
  status_ = {};
  records_.clear();
  line_numbers_.clear();
  rows_met_ = 0;
  half_line_ok_ = false;
}

Result<void> NdjsonRows::load(const io::Block& block, bool half_line_ok) {
  begin(block);
  half_line_ok_ = half_line_ok && block.last_line_is_open();
  split_rows(text_, lines_);
  QUARRY_CHECK(load_lines());
  if (!block.over_long_line_follows) return ok();
  return shared_.bad_lines.note(
      {.input = input_,
       .order = order_,
       .start = block.end_byte(),
       .line = lines_before_ ? *lines_before_ + io::count_newlines(text_) + 1 : 0},
      {}, "longer than --max-line");
}

Result<void> NdjsonRows::load_elements(const io::Block& block, std::vector<LineRef> elements,
                                       std::vector<std::uint64_t> line_numbers) {
  begin(block);
  lines_ = std::move(elements);
  line_numbers_ = std::move(line_numbers);
  return load_lines();
}

// Which part of a line must be parsed for the filter's columns: measured on the block's first
// lines.
float NdjsonRows::filter_reach() {
  std::size_t read = 0;
  std::size_t whole = 0;
  for (std::uint32_t i = 0; i < std::min<std::size_t>(lines_.size(), kMeasuredLines); ++i) {
    records_.clear();
    if (router_.route(text_, lines_[i], i, records_) != LineKind::kRows) continue;
    for (const Record& record : records_) {
      std::span<const json::RawValue> values;
      if (!decoders_[ReadPlan::kFirst].decode(text_, record, values)) continue;
      const std::string_view row = record.row.in(text_);
      read += end_of_last(values, row);
      whole += row.size();
    }
  }
  records_.clear();
  return whole == 0 ? kWholeLine : static_cast<float>(read) / static_cast<float>(whole);
}

Result<void> NdjsonRows::load_lines() {
  const bool prefiltered =
      !shared_.prefilter.is_empty() && shared_.prefilter.run(text_, lines_, filter_reach(), hits_);
  for (std::uint32_t i = 0; i < lines_.size(); ++i) {
    QUARRY_CHECK(load_line(i, !prefiltered || hits_[i] != 0));
  }
  return ok();
}

Result<void> NdjsonRows::load_line(std::uint32_t number, bool may_pass) {
  const std::string_view line = lines_[number].in(text_);
  if (line.front() != '{') return note(number, "not JSON: expected '{'", 0);
  if (line.ends_with("},"))
    return note(number, "not JSON: a comma follows the object", line.size() - 1);
  if (line.back() != '}')
    return note(number, "not JSON: the line does not end with '}'", line.size() - 1);
  if (shared_.check_all) {
    std::size_t offset = 0;
    if (const char* const fault = find_fault(line, offset)) return note(number, fault, offset);
  }
  if (!may_pass && !begins_with_type(line)) {
    ++rows_met_;
    return ok();
  }
  const std::size_t before = records_.size();
  switch (router_.route(text_, lines_[number], number, records_)) {
    case LineKind::kRows:
      break;
    case LineKind::kNoRow:
      return ok();
    case LineKind::kSchema:
      return check_schema_line(line);
    case LineKind::kMalformed:
      records_.resize(before);
      return note(number, router_.problem().what, router_.problem().offset);
  }
  rows_met_ += records_.size() - before;
  return ok();
}

// What --strict and --bad-lines look for in every line.
const char* NdjsonRows::find_fault(std::string_view line, std::size_t& offset) const {
  if (const std::size_t bad = unicode::find_invalid(line); bad != std::string_view::npos) {
    offset = bad;
    return "invalid UTF-8";
  }
  return is_valid_json(line) ? nullptr : "not JSON";
}

Result<void> NdjsonRows::check_schema_line(std::string_view line) {
  if (!shared_.schema_line) return ok();
  QUARRY_TRY(const SchemaLine found, read_schema_line(line));
  if (found.schema == shared_.schema_line->schema) return ok();
  return fail(ErrorCode::kData, "a later schema line differs from the first one",
              "query inputs of different types one by one, or give --schema FILE");
}

bool NdjsonRows::decode(std::size_t row, ReadPlan::Stage stage,
                        std::span<const json::RawValue>& values) {
  const Record& record = records_[row];
  if (decoders_[stage].decode(text_, record, values)) return true;
  const json::Malformed problem = decoders_[stage].problem(text_, record);
  Result<void> noted = note(record.line, problem.what, problem.offset - lines_[record.line].begin);
  if (!noted && status_) status_ = std::move(noted);
  return false;
}

bool NdjsonRows::is_half_line(std::uint32_t line) const {
  return half_line_ok_ && line + 1 == lines_.size();
}

// 0: not known yet (plain files: told by the log when it needs it).
std::uint64_t NdjsonRows::line_number(std::uint32_t line) const {
  if (!line_numbers_.empty()) return line_numbers_[line];
  return lines_before_
             ? *lines_before_ + io::count_newlines(text_.substr(0, lines_[line].begin)) + 1
             : 0;
}

Result<void> NdjsonRows::note(std::uint32_t line, const char* what, std::size_t offset) {
  if (is_half_line(line)) return ok();
  const LineRef& where = lines_[line];
  const BadPlace place{.input = input_,
                       .order = order_,
                       .start = first_byte_ + where.begin,
                       .line = line_number(line),
                       .byte = offset + 1};
  const bool said = std::string_view(what).starts_with("not JSON") ||
                    std::string_view(what).starts_with("invalid UTF-8") ||
                    std::string_view(what).starts_with("record");
  return shared_.bad_lines.note(place, where.in(text_),
                                said ? what : fmt::format("not JSON: {}", what));
}

}  // namespace quarry::table
