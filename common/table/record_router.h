// Decides what a line is: a row, an envelope around one, many records in one object, or no row at
// all. Per line, never per file; at the cost of one 16-byte comparison where lines begin as the
// last plain row did. What may be wrapped is told by the first key: rows that begin with any other
// key than those of an envelope are plain rows.
#pragma once

#include "common/json/row_parser.h"
#include "common/table/block_lines.h"
#include "common/table/record.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::table {

enum class EnvelopeKind : std::uint8_t {
  kNone,
  kStreaming,     // Streaming API:
                  // {"time","tenantId","category":"AdvancedHunting-X","properties":{row}}
  kAzureMonitor,  // other categories: what stands beside `properties` belongs to the row too
};

/// A row's object inside a text, and the envelope around it.
struct Record {
  LineRef row;
  LineRef envelope;        // kNone: unused
  std::uint32_t line = 0;  // of the block
  std::uint32_t tag = 0;   // see RecordRouter::tag_name; 0: none
  EnvelopeKind kind = EnvelopeKind::kNone;
};

enum class LineKind : std::uint8_t { kRows, kSchema, kNoRow, kMalformed };

/// Not thread-safe: each worker has its own.
class RecordRouter {
 public:
  explicit RecordRouter(const RowsWanted& rows);

  /// Appends the wanted records of a line that begins with '{' and ends with '}'. The text is
  /// followed by padding.
  LineKind route(std::string_view text, LineRef line, std::uint32_t number,
                 std::vector<Record>& records);
  /// After kMalformed; the offset is from the start of the line.
  const json::Malformed& problem() const { return problem_; }

  /// A record's tag: its `_type` or the table of its category; empty for plain rows.
  const std::string& tag_name(std::uint32_t tag) const { return tag_names_[tag]; }

 private:
  static constexpr std::size_t kHeadSize = 16;

  LineKind route_record(std::string_view text, Record record, std::vector<Record>& records,
                        bool may_hold_records);
  LineKind route_type(std::string_view after_key, const Record& record,
                      std::vector<Record>& records);
  LineKind route_envelope(std::string_view text, Record record, std::vector<Record>& records);
  LineKind route_bundle(std::string_view text, std::size_t array, const Record& bundle,
                        std::vector<Record>& records);
  LineKind accept(Record record, std::vector<Record>& records);
  std::uint32_t number_of_tag();
  LineKind malformed(const char* what, std::size_t offset);

  RowsWanted rows_;
  std::array<char, kHeadSize> plain_head_{};  // how the last plain row began, behind its bracket
  json::RowParser envelope_;
  json::RowParser times_;
  std::string tag_;  // of the record being looked at
  std::vector<std::string> tag_names_{std::string()};
  json::Malformed problem_;
};

/// True where the line's first key is `_type`.
bool begins_with_type(std::string_view line);

}  // namespace quarry::table
