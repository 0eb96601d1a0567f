// What a record of an input is to a table: a bare row, a row with a `_type`, or a row wrapped in an
// export's envelope.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace quarry::table {

/// Which rows of an input a reader gives. A row's tag is its `_type` or the table named by its
/// `category`; most rows have none. Records with `_type` schema, summary or error are never rows.
struct RowsWanted {
  bool all = true;       ///< whatever their tag (then the rest does not matter)
  bool untagged = true;  ///< rows without a tag
  std::string tag;       ///< rows with this tag; empty: none

  bool accepts(std::string_view row_tag) const {
    return all || (row_tag.empty() ? untagged : row_tag == tag);
  }
  friend bool operator==(const RowsWanted&, const RowsWanted&) = default;
  static RowsWanted everything() { return {}; }
  static RowsWanted only_untagged() { return {.all = false, .untagged = true, .tag = {}}; }
  static RowsWanted tagged(std::string tag) {
    return {.all = false, .untagged = false, .tag = std::move(tag)};
  }
};

/// "AdvancedHunting-DeviceEvents" -> "DeviceEvents"; other categories name their table as they are.
std::string_view table_of_category(std::string_view category);

/// Columns that an envelope adds to its rows.
inline constexpr std::string_view kIngestionTimeColumn = "_IngestionTime";
inline constexpr std::string_view kTenantIdColumn = "TenantId";
inline constexpr std::string_view kTimeGeneratedColumn = "TimeGenerated";

}  // namespace quarry::table
