// Which observables are worth a row, and which columns of ThreatIntelligenceIndicator they fill.
#pragma once

#include "tools/taxii-pull/pattern/tree.h"
#include "tools/taxii-pull/rows/legacy_columns.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::taxii_pull::flatten {

/// What a value becomes in its column.
enum class Fill : std::uint8_t {
  kNothing,   // no column has a place for it
  kVerbatim,  // as it is
  kLower,     // e-mail addresses
  kDomain,    // lower case, no final dot
  kAddress,   // host or network, two columns
  kEndpoint,  // the same, or a domain name where it is no address
  kHash,      // FileHashType and FileHashValue
  kInteger,
  kProtocol,  // IANA's number
  kInstant,
};

struct ObservableColumn {
  std::string_view key;    // positions as [*]; of hashes up to ALGORITHM
  bool is_primary = true;  // may lead a row; else it only accompanies another
  Fill fill = Fill::kNothing;
  LegacyColumn column = LegacyColumn::kCount;
  LegacyColumn network = LegacyColumn::kCount;  // of a network
};

/// nullptr for observables that no column knows. The table's order is the order in which primary
/// observables of one object lead.
const ObservableColumn* find_observable_column(const pattern::Path& path);

/// A cell of a row: text, or digits for columns of numbers.
struct ColumnValue {
  LegacyColumn column;
  std::string text;
};

/// The cells for a value; empty where no column has a place for it. nullopt: the value cannot be
/// what its key says (an impossible address, an empty text), and gives no row.
std::optional<std::vector<ColumnValue>> column_values(const pattern::Path& path,
                                                      const ObservableColumn* definition,
                                                      std::string_view value);

}  // namespace quarry::taxii_pull::flatten
