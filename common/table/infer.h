// Names and types of columns from a sample of rows. Columns come in order of first appearance; what
// a column's cells looked like is kept as evidence, so that the samples of several inputs can be
// put together before a type is chosen.
#pragma once

#include "common/value/type.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::table {

/// Bits: the forms that cells of a column had. None: only nulls were seen.
using Evidence = std::uint8_t;
inline constexpr Evidence kSawBool = 1, kSawLong = 2, kSawReal = 4, kSawDatetime = 8,
                          kSawEmptyText = 16, kSawText = 32, kSawNested = 64;

/// The type for what was seen: long and real give real; times beside empty texts stay datetime; any
/// other mixture, and nothing but nulls, give string.
Type type_for(Evidence seen);
/// What a text cell is evidence of, where texts have no types of their own (CSV): digits, reals,
/// true/false, instants, text. Numbers with leading zeros are text; of times only full ISO instants
/// with a zone count.
Evidence evidence_of_plain_text(std::string_view text);
/// What a JSON string is evidence of: an instant with zone, empty text, text.
Evidence evidence_of_json_text(std::string_view text);
/// What a JSON number is evidence of; integers beyond 64 bits are text, which keeps them exact.
Evidence evidence_of_number(std::string_view token);

struct FoundColumn {
  std::string name;
  Evidence seen = 0;
};

/// The rows with one tag (see RowsWanted) that a sample held.
struct FoundTable {
  std::string tag;  ///< empty: untagged rows
  std::vector<FoundColumn> columns;
  std::uint64_t rows = 0;  ///< sampled

  Schema schema() const;
  /// Takes in what another input showed of the same table.
  void merge(const FoundTable& other);
  void note(std::string_view column, Evidence seen);
};

/// The declared columns with their types, then those that only the data has.
Schema with_found_columns(const Schema& declared, const Schema& found);

/// Collects evidence from NDJSON lines or JSON elements. Broken ones are passed over.
class JsonSampler {
 public:
  JsonSampler();
  ~JsonSampler();
  JsonSampler(JsonSampler&&) noexcept;
  JsonSampler& operator=(JsonSampler&&) noexcept;

  /// One record: a row, an envelope, or {"records":[…]}.
  void add(std::string_view record);
  /// Every line of the text, at most so many rows more.
  void add_lines(std::string_view lines, std::uint64_t at_most);
  std::uint64_t rows() const;
  /// True when a record was wrapped in an envelope or carried a tag.
  bool saw_envelopes() const;
  /// Untagged rows first, then by first appearance.
  std::vector<FoundTable> tables() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace quarry::table
