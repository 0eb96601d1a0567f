// Records and fields of CSV and TSV (RFC 4180): quotes may hold separators, newlines and doubled
// quotes. Found 32 bytes at a time: which bytes are quoted follows from the parity of the quotes
// before them.
#pragma once

#include "common/json/byte_masks.h"
#include "common/table/block_lines.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::table {

struct CsvRecord {
  LineRef line;                  // without its line end
  std::uint32_t separators = 0;  // outside quotes: one less than fields
};

/// Replaces `records` by those of the text that are not empty. The text begins with a record and is
/// followed by padding.
void split_records(std::string_view text, char separator, std::vector<CsvRecord>& records);

/// Walks the fields of a record that is followed by padding; those that are not wanted cost next to
/// nothing.
class FieldCursor {
 public:
  FieldCursor(std::string_view record, char separator) : record_(record), separator_(separator) {}
  /// The field with this number, quotes and all; numbers must rise from call to call. Empty behind
  /// the last field.
  std::string_view field(std::uint32_t number);

 private:
  bool load_chunk();

  std::string_view record_;
  char separator_;
  json::QuoteTracker quotes_;
  std::uint32_t separators_ = 0;  // of the loaded chunk, those still ahead
  std::size_t chunk_start_ = 0;
  std::size_t next_chunk_ = 0;
  std::uint32_t field_ = 0;  // that begins at start_
  std::size_t start_ = 0;
};

/// A field's text, where it needs no decoding: without its quotes. `doubled` tells that quotes
/// inside are still doubled.
std::string_view bare_field(std::string_view field, bool& doubled);
/// Appends the text with doubled quotes made single.
void append_undoubled(std::string& out, std::string_view text);

/// All fields of one record, decoded: the header.
std::vector<std::string> read_fields(std::string_view record, char separator);
/// Names of columns from a header's fields: blanks and the portal's " [UTC]" around them cut off,
/// empty ones named Column1, Column2 …, repeated ones numbered.
std::vector<std::string> column_names(std::vector<std::string> fields);

}  // namespace quarry::table
