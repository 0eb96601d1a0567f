// The H3 grid: hexagonal cells (and twelve pentagons) of 16 resolutions, as H3's documentation
// describes its index and as known cells confirm. A cell is 64 bits: mode 1, resolution, base cell
// (0 to 121) and one digit of three bits for each resolution; unused digits are 7.
//
// How it works here. A base cell has a place and axes on a face of the icosahedron. Each digit is a
// step in the grid that is finer by the square root of 7 and turned by about 19 degrees, left at
// odd resolutions, right at even ones. In complex numbers a + b w, w being the third root of 1,
// that is: multiply by 3 + w^2 or 3 + w, then add the digit's unit. No table of neighbours or faces
// is needed: the place is folded over the icosahedron's edges (icosahedron.h).
#pragma once

#include <s2/s2point.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::kql::functions::h3 {

using Cell = std::uint64_t;

inline constexpr int kMaxResolution = 15;
inline constexpr int kBaseCells = 122;

/// Hexadecimal, as Kusto and H3 write it; nullopt where the text is no valid cell.
std::optional<Cell> parse(std::string_view token);
std::string to_token(Cell cell);

int resolution_of(Cell cell);
Cell base_cell(int number);

/// `resolution` is 0 to 15.
Cell cell_at(const S2Point& point, int resolution);
S2Point center_of(Cell cell);
/// Counter-clockwise, with the points where an edge crosses one of the icosahedron's; the first
/// does not come again.
std::vector<S2Point> boundary_of(Cell cell);

/// `resolution` is at most the cell's.
Cell parent_of(Cell cell, int resolution);
/// Seven, six of a pentagon; the cell's resolution is below 15.
std::vector<Cell> children_of(Cell cell);
/// Six, five of a pentagon.
std::vector<Cell> neighbors_of(Cell cell);

}  // namespace quarry::kql::functions::h3
