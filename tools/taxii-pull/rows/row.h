// One row on its way out, cell by cell, and the tables that rows belong to.
#pragma once

#include "common/time/ticks.h"
#include "common/value/type.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::taxii_pull {

struct Cell {
  enum class Kind : std::uint8_t { kAbsent, kText, kNumber, kReal, kBool, kInstant, kJson };
  Kind kind = Kind::kAbsent;
  std::int64_t number = 0;  // also of kBool; of kInstant ticks
  double real = 0;
  std::string text;  // also of kJson
};

/// Reused from row to row, so that texts keep their memory. Columns by position in the table.
class Row {
 public:
  explicit Row(std::size_t columns) : cells_(columns) {}

  /// An empty text leaves the cell absent.
  void text(std::size_t column, std::string_view value) {
    Cell& cell = cells_[column];
    cell.kind = value.empty() ? Cell::Kind::kAbsent : Cell::Kind::kText;
    cell.text = value;
  }
  void json(std::size_t column, std::string_view value) {
    text(column, value);
    if (!value.empty()) cells_[column].kind = Cell::Kind::kJson;
  }
  void number(std::size_t column, std::int64_t value) { set(column, Cell::Kind::kNumber, value); }
  void boolean(std::size_t column, bool value) { set(column, Cell::Kind::kBool, value ? 1 : 0); }
  void instant(std::size_t column, Datetime value) {
    set(column, Cell::Kind::kInstant, value.ticks);
  }
  void real(std::size_t column, double value) {
    cells_[column].kind = Cell::Kind::kReal;
    cells_[column].real = value;
  }
  void clear(std::size_t column) { cells_[column].kind = Cell::Kind::kAbsent; }
  void clear_all() {
    for (Cell& cell : cells_) cell.kind = Cell::Kind::kAbsent;
  }
  const std::vector<Cell>& cells() const { return cells_; }

 private:
  void set(std::size_t column, Cell::Kind kind, std::int64_t value) {
    cells_[column].kind = kind;
    cells_[column].number = value;
  }
  std::vector<Cell> cells_;
};

/// A table that rows are written for: its name is their _type.
struct RowTable {
  std::string name;
  Schema schema;
};

/// ThreatIntelligenceIndicator and what hunting adds; positions are LegacyColumn.
const RowTable& legacy_table();
/// ThreatIntelIndicators; positions are StixColumn.
const RowTable& stix_table();
/// ThreatIntelObjects; positions are ObjectColumn.
const RowTable& object_table();

// The columns that are filled; the documented ones that only a workspace has are left out.
enum class StixColumn : std::uint8_t {
  kTimeGenerated,
  kId,
  kSourceSystem,
  kLastUpdateMethod,
  kIsDeleted,
  kAdditionalFields,
  kData,
  kIsActive,
  kRevoked,
  kValidUntil,
  kValidFrom,
  kCreated,
  kModified,
  kTags,
  kConfidence,
  kPattern,
  kObservableKey,
  kObservableValue,
  kType,
  kCount,
};

enum class ObjectColumn : std::uint8_t {
  kTimeGenerated,
  kId,
  kSourceSystem,
  kLastUpdateMethod,
  kIsDeleted,
  kStixType,
  kData,
  kType,
  kCount,
};

}  // namespace quarry::taxii_pull
