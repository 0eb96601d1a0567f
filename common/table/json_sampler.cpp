// The part of inference that looks at JSON: which records a sample holds and what their values look
// like.
#include "common/table/block_lines.h"
#include "common/table/infer.h"
#include "common/table/record_router.h"
#include "common/value/dynamic.h"

#include <algorithm>
#include <string>

namespace quarry::table {
namespace {

// A row with thousands of made-up keys is data in the wrong place; columns beyond this are not
// listed.
constexpr std::size_t kMaxColumns = 4096;

Evidence evidence_of(const DynamicView& value) {
  switch (value.kind()) {
    case DynamicKind::kNull:
      return 0;
    case DynamicKind::kBool:
      return kSawBool;
    case DynamicKind::kLong:
    case DynamicKind::kReal:
      return evidence_of_number(value.json());
    case DynamicKind::kArray:
    case DynamicKind::kBag:
      return kSawNested;
    case DynamicKind::kString:
      break;
  }
  std::string scratch;
  return evidence_of_json_text(value.as_string(scratch).value_or(std::string_view()));
}

/// Rows come with their keys in the same order, so a column is looked for behind the one before.
class RowNotes {
 public:
  explicit RowNotes(FoundTable& table) : table_(table) {}

  void note(std::string_view raw_key, const DynamicView& value) {
    std::string decoded;
    if (raw_key.find('\\') != std::string_view::npos) {
      decode_json_string(raw_key, decoded);
      raw_key = decoded;
    }
    note(raw_key, evidence_of(value));
  }
  void note(std::string_view column, Evidence seen) {
    std::vector<FoundColumn>& columns = table_.columns;
    if (next_ >= columns.size() || columns[next_].name != column) {
      next_ = static_cast<std::size_t>(std::ranges::find(columns, column, &FoundColumn::name) -
                                       columns.begin());
    }
    if (next_ == columns.size()) {
      if (columns.size() >= kMaxColumns) return;
      columns.push_back({std::string(column), 0});
    }
    columns[next_++].seen |= seen;
  }

 private:
  FoundTable& table_;
  std::size_t next_ = 0;
};

void note_members(RowNotes& notes, std::string_view object) {
  BagCursor members{DynamicView(object)};
  std::string_view key;
  DynamicView value;
  while (members.next(key, value)) notes.note(key, value);
}

void note_envelope(RowNotes& notes, EnvelopeKind kind, std::string_view envelope) {
  BagCursor members{DynamicView(envelope)};
  std::string_view key;
  DynamicView value;
  while (members.next(key, value)) {
    if (key == "time") {
      notes.note(kIngestionTimeColumn, kSawDatetime);
      if (kind == EnvelopeKind::kAzureMonitor) notes.note(kTimeGeneratedColumn, kSawDatetime);
    } else if (key == "tenantId") {
      notes.note(kTenantIdColumn, kSawText);
    } else if (kind == EnvelopeKind::kAzureMonitor && key != "properties") {
      notes.note(key, value);
    }
  }
}

}  // namespace

class JsonSampler::Impl {
 public:
  void add(std::string_view record);
  std::uint64_t rows() const { return rows_; }
  bool saw_envelopes() const { return envelopes_; }
  std::vector<FoundTable> tables() const;

 private:
  FoundTable& table_for(std::string_view tag);

  RecordRouter router_{RowsWanted::everything()};
  std::vector<Record> records_;
  std::vector<FoundTable> tables_;
  std::uint64_t rows_ = 0;
  bool envelopes_ = false;
  std::string padded_;
};

// The scanners read beyond the text, so it is copied to where there is something to read.
void JsonSampler::Impl::add(std::string_view record) {
  if (!record.starts_with('{') || !record.ends_with('}') || !is_valid_json(record)) return;
  padded_.assign(record);
  padded_.append(json::kScanPadding, '\0');
  records_.clear();
  const LineRef line{0, static_cast<std::uint32_t>(record.size())};
  if (router_.route(padded_, line, 0, records_) != LineKind::kRows) return;
  envelopes_ = envelopes_ || records_.size() != 1;
  for (const Record& found : records_) {
    envelopes_ = envelopes_ || found.tag != 0;
    FoundTable& table = table_for(router_.tag_name(found.tag));
    ++table.rows;
    ++rows_;
    RowNotes notes(table);
    const bool wrapped = found.kind != EnvelopeKind::kNone;
    std::string_view row = found.row.in(padded_);
    if (wrapped) row = row.substr(0, skip_json_value(row));
    note_members(notes, row);
    if (wrapped) note_envelope(notes, found.kind, found.envelope.in(padded_));
  }
}

FoundTable& JsonSampler::Impl::table_for(std::string_view tag) {
  const auto found = std::ranges::find(tables_, tag, &FoundTable::tag);
  if (found != tables_.end()) return *found;
  tables_.push_back({std::string(tag), {}, 0});
  return tables_.back();
}

std::vector<FoundTable> JsonSampler::Impl::tables() const {
  std::vector<FoundTable> sorted = tables_;
  std::ranges::stable_partition(sorted, [](const FoundTable& table) { return table.tag.empty(); });
  return sorted;
}

JsonSampler::JsonSampler() : impl_(std::make_unique<Impl>()) {}
JsonSampler::~JsonSampler() = default;
JsonSampler::JsonSampler(JsonSampler&&) noexcept = default;
JsonSampler& JsonSampler::operator=(JsonSampler&&) noexcept = default;

void JsonSampler::add(std::string_view record) { impl_->add(record); }

void JsonSampler::add_lines(std::string_view lines, std::uint64_t at_most) {
  const std::uint64_t before = rows();
  while (!lines.empty() && rows() - before < at_most) {
    const std::size_t newline = std::min(lines.find('\n'), lines.size());
    std::string_view line = lines.substr(0, newline);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    while (!line.empty()) {
      while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
      const bool several =
          line.find("}{") != std::string_view::npos || line.find("} {") != std::string_view::npos;
      const std::size_t length = several ? first_row(line) : line.size();
      add(line.substr(0, length));
      line.remove_prefix(length);
    }
    lines.remove_prefix(std::min(newline + 1, lines.size()));
  }
}

std::uint64_t JsonSampler::rows() const { return impl_->rows(); }
bool JsonSampler::saw_envelopes() const { return impl_->saw_envelopes(); }
std::vector<FoundTable> JsonSampler::tables() const { return impl_->tables(); }

}  // namespace quarry::table
