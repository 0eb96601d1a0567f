#include "tools/consent-audit/audit/csv_rows.h"

#include "common/io/line_splitter.h"
#include "common/json/byte_masks.h"
#include "common/value/dynamic.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace quarry::consent_audit {
namespace {

constexpr std::array<std::string_view, 3> kTellTale{"AuditData", "TargetResources", "RawEventData"};
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

}  // namespace

CsvRows::CsvRows(char separator, std::vector<std::string> columns)
    : separator_(separator), columns_(std::move(columns)) {}

std::optional<CsvRows> CsvRows::of_head(std::string_view head, table::Format format) {
  if (format != table::Format::kCsv && format != table::Format::kTsv) return std::nullopt;
  if (head.starts_with(kByteOrderMark)) head.remove_prefix(kByteOrderMark.size());
  const char separator = format == table::Format::kTsv ? '\t' : ',';
  const std::size_t newline = std::min(head.find('\n'), head.size());
  std::string first(head.substr(0, newline));
  if (first.ends_with('\r')) first.pop_back();
  const std::size_t size = first.size();
  first.append(json::kScanPadding, '\0');
  std::vector<std::string> columns =
      table::column_names(table::read_fields(std::string_view(first).substr(0, size), separator));
  const bool known = std::any_of(kTellTale.begin(), kTellTale.end(), [&](std::string_view name) {
    return std::find(columns.begin(), columns.end(), name) != columns.end();
  });
  if (!known) return std::nullopt;
  return CsvRows(separator, std::move(columns));
}

void CsvRows::read(RowReader& reader, std::string_view text, bool with_header, BlockRows& out) {
  table::split_records(text, separator_, records_);
  std::uint64_t line = 0;
  std::size_t counted = 0;
  for (std::size_t i = 0; i < records_.size(); ++i) {
    const table::LineRef& ref = records_[i].line;
    line += io::count_newlines(text.substr(counted, ref.begin - counted));
    counted = ref.begin;
    if (i == 0 && with_header) continue;
    const std::string_view record = ref.in(text);
    if (io::count_byte(record, '"') % 2 != 0) {
      out.bad.push_back({line, 1, "the input ends inside a quoted field"});
    } else if (records_[i].separators + std::size_t{1} != columns_.size()) {
      out.bad.push_back({line, 1,
                         fmt::format("expected {} fields, found {}", columns_.size(),
                                     records_[i].separators + 1)});
    } else {
      read_record(reader, record, line, out);
    }
  }
}

void CsvRows::read_record(RowReader& reader, std::string_view record, std::uint64_t line,
                          BlockRows& out) {
  table::FieldCursor fields(record, separator_);
  std::string decoded;
  object_ = "{";
  for (std::uint32_t i = 0; i < columns_.size(); ++i) {
    bool doubled = false;
    std::string_view value = table::bare_field(fields.field(i), doubled);
    if (value.empty()) continue;
    if (doubled) {
      decoded.clear();
      table::append_undoubled(decoded, value);
      value = decoded;
    }
    if (object_.size() > 1) object_ += ',';
    append_json_string(object_, columns_[i]);
    object_ += ':';
    append_json_string(object_, value);
  }
  object_ += '}';
  const std::size_t size = object_.size();
  object_.append(json::kScanPadding, '\0');
  out.read(reader, std::string_view(object_).substr(0, size), line, 1);
}

}  // namespace quarry::consent_audit
