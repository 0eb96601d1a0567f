#include "common/table/csv_records.h"

#include "common/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace quarry::table {
namespace {

std::uint32_t first_bits(std::size_t count) {
  return count >= 32 ? ~std::uint32_t{0} : (std::uint32_t{1} << count) - 1;
}

void add_record(std::string_view text, std::size_t begin, std::size_t end, std::uint32_t separators,
                std::vector<CsvRecord>& records) {
  if (end > begin && text[end - 1] == '\r') --end;
  if (begin < end)
    records.push_back(
        {{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end - begin)}, separators});
}

}  // namespace

void split_records(std::string_view text, char separator, std::vector<CsvRecord>& records) {
  records.clear();
  json::QuoteTracker quotes;
  std::size_t start = 0;
  std::uint32_t count = 0;
  for (std::size_t at = 0; at < text.size(); at += 32) {
    const json::ByteChunk chunk(text.data() + at);
    const std::uint32_t outside = ~quotes.inside(chunk.equal('"')) & first_bits(text.size() - at);
    std::uint32_t separators = chunk.equal(separator) & outside;
    for (std::uint32_t newlines = chunk.equal('\n') & outside; newlines != 0;
         newlines &= newlines - 1) {
      const auto bit = static_cast<std::size_t>(std::countr_zero(newlines));
      const std::uint32_t before = first_bits(bit);
      add_record(text, start, at + bit,
                 count + static_cast<std::uint32_t>(std::popcount(separators & before)), records);
      separators &= ~before;
      count = 0;
      start = at + bit + 1;
    }
    count += static_cast<std::uint32_t>(std::popcount(separators));
  }
  if (start < text.size()) add_record(text, start, text.size(), count, records);
}

// Loads the separators of the next 32 bytes; false at the end of the record.
bool FieldCursor::load_chunk() {
  if (next_chunk_ >= record_.size()) return false;
  chunk_start_ = next_chunk_;
  next_chunk_ += 32;
  const json::ByteChunk chunk(record_.data() + chunk_start_);
  const std::uint32_t quoted = quotes_.inside(chunk.equal('"'));
  separators_ = chunk.equal(separator_) & ~quoted & first_bits(record_.size() - chunk_start_);
  return true;
}

std::string_view FieldCursor::field(std::uint32_t number) {
  while (true) {
    // Whole chunks of fields before the wanted one are passed over.
    while (separators_ != 0 && field_ < number) {
      start_ = chunk_start_ + static_cast<std::size_t>(std::countr_zero(separators_)) + 1;
      separators_ &= separators_ - 1;
      ++field_;
    }
    if (separators_ != 0) {
      const std::size_t end =
          chunk_start_ + static_cast<std::size_t>(std::countr_zero(separators_));
      return record_.substr(start_, end - start_);
    }
    if (!load_chunk()) return field_ == number ? record_.substr(start_) : std::string_view();
  }
}

std::string_view bare_field(std::string_view field, bool& doubled) {
  doubled = false;
  if (field.size() < 2 || field.front() != '"' || field.back() != '"') return field;
  field = field.substr(1, field.size() - 2);
  doubled = field.find('"') != std::string_view::npos;
  return field;
}

void append_undoubled(std::string& out, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] == '"' && i + 1 < text.size() && text[i + 1] == '"') ++i;
  }
}

std::vector<std::string> read_fields(std::string_view record, char separator) {
  std::string padded(record);
  padded.append(json::kScanPadding, '\0');
  std::vector<CsvRecord> records;
  split_records(std::string_view(padded).substr(0, record.size()), separator, records);
  std::vector<std::string> fields;
  if (records.empty()) return fields;
  FieldCursor cursor(records[0].line.in(padded), separator);
  for (std::uint32_t i = 0; i <= records[0].separators; ++i) {
    bool doubled = false;
    const std::string_view text = bare_field(cursor.field(i), doubled);
    fields.emplace_back();
    append_undoubled(fields.back(), text);
  }
  return fields;
}

// The portal of Log Analytics exports "TimeGenerated [UTC]".
constexpr std::string_view kUtcMark = " [UTC]";

std::vector<std::string> column_names(std::vector<std::string> fields) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    std::string_view field = text::trim_ascii(fields[i]);
    if (field.ends_with(kUtcMark)) field.remove_suffix(kUtcMark.size());
    std::string name(field);
    if (name.empty()) name = fmt::format("Column{}", i + 1);
    const std::string plain = name;
    for (int n = 1; std::ranges::find(names, name) != names.end(); ++n)
      name = fmt::format("{}{}", plain, n);
    names.push_back(std::move(name));
  }
  return names;
}

}  // namespace quarry::table
