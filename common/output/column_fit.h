// Which columns a table shows, and how wide, when the terminal is narrower than the result.
//
//   1. everything fits: everything is shown
//   2. else columns without a single value go, since they only take room
//   3. then long texts and long names give way, the longest first, down to kLeastWidth; times,
//   numbers, ids and short texts stay whole
//   4. and only then the last columns go, until the rest fits
//
// Who shows the table says what went: nothing is hidden silently.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace quarry::output {

inline constexpr std::size_t kLeastWidth = 12;  // no text is squeezed below this
inline constexpr std::size_t kShortText =
    20;  // texts up to this width stay whole: names of files and hosts
inline constexpr std::size_t kColumnGap = 2;

/// What the first rows say of a column, in columns of a terminal.
struct ColumnNeed {
  std::size_t name = 0;   // width of its name
  std::size_t cells = 0;  // width of its widest cell
  bool whole = false;     // cells are never cut: times, numbers, ids
  bool is_empty = false;  // no row has a value
};

struct FittedColumn {
  std::size_t index = 0;  // in the result
  std::size_t width = 0;
};

struct ColumnFit {
  std::vector<FittedColumn>
      shown;  // in the order of the result; at least one where there is a column
  std::vector<std::size_t> empty;  // left out by step 2
  std::size_t beyond = 0;          // left out by step 4
};

/// `width` 0: no limit.
ColumnFit fit_columns(std::span<const ColumnNeed> needs, std::size_t width);

}  // namespace quarry::output
