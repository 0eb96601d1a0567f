#include "common/kql/functions/geo/h3_grid.h"

#include "common/kql/functions/geo/icosahedron.h"

#include <s2/s2latlng.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace quarry::kql::functions::h3 {
namespace {

/// a + b w, where w is a third of a turn. Whole ones are the places of a hexagonal grid.
struct Complex {
  std::int64_t a = 0;
  std::int64_t b = 0;
  friend Complex operator+(Complex x, Complex y) { return {x.a + y.a, x.b + y.b}; }
  friend Complex operator-(Complex x, Complex y) { return {x.a - y.a, x.b - y.b}; }
  friend Complex operator*(Complex x, Complex y) {
    return {x.a * y.a - x.b * y.b, x.a * y.b + x.b * y.a - x.b * y.b};
  }
  friend Complex operator*(std::int64_t n, Complex x) { return {n * x.a, n * x.b}; }
  friend bool operator==(Complex x, Complex y) { return x.a == y.a && x.b == y.b; }
};

constexpr std::array<Complex, 7> kUnits{
    {{0, 0}, {-1, -1}, {0, 1}, {-1, 0}, {1, 0}, {0, -1}, {1, 1}}};  // of the digits
constexpr std::array<unsigned, 7> kTurned{0, 5, 3, 1,
                                          6, 4, 2};  // the digit a sixth of a turn to the left
constexpr Complex kSixthOfTurn{1, 1};
constexpr Complex kFiner[2]{
    {3, 1}, {2, -1}};  // of even and odd resolutions: 3 + w and 3 + w^2; their product is 7
constexpr unsigned kDeleted = 1;  // the sixth of a hexagon that a pentagon lacks

/// Where each base cell is: its face (a to t, kFaceCorners) and which of kPlaces it has there. Base
/// cells are numbered from north to south; those on an edge or corner belong to one of the faces
/// there.
constexpr std::string_view kBasePlaces =
    "b1a4b0a1d7b4b3a0d1a2b2b5c1c4f7e1d0k2d3a5l3a3d4k3g7k0c0f1e4c2d5e0m2d2l2f4l0g1h7k6l6e3c3c5e2k1f0"
    "n3m3i7m0h1g4e5h4l1f2g0j7g3f3"
    "o2n2k7n0o3i1m6q5n6m1h0l7h2g2o0j1q3p5p2q2i4j4m7n1i0o6i3s3h3q0s5p3q6o1p0j0n7j2s6r2i2r5s2j3s0q1o7"
    "p6p1t5t3r3s1r0t2t6r7r1t0r6t1";
constexpr std::array<Complex, 8> kPlaces{
    {{0, 0}, {1, 0}, {0, 1}, {-1, -1}, {1, 1}, {-1, 0}, {0, -1}, {2, 0}}};

const Corners& corners_of(int base) {
  return kFaceCorners[static_cast<std::size_t>(kBasePlaces[2 * static_cast<std::size_t>(base)] -
                                               'a')];
}
Complex place_of(int base) {
  return kPlaces[static_cast<std::size_t>(kBasePlaces[2 * static_cast<std::size_t>(base) + 1] -
                                          '0')];
}
bool is_pentagon(int base) { return place_of(base) == kPlaces[7]; }

int base_of(Cell cell) { return static_cast<int>(cell >> 45 & 0x7f); }
unsigned digit_shift(int resolution) {
  return static_cast<unsigned>(3 * (kMaxResolution - resolution));
}
unsigned digit_of(Cell cell, int resolution) {
  return static_cast<unsigned>(cell >> digit_shift(resolution) & 7);
}
Cell with_digit(Cell cell, int resolution, unsigned digit) {
  return (cell & ~(Cell{7} << digit_shift(resolution))) | Cell{digit} << digit_shift(resolution);
}
Cell with_resolution(Cell cell, int resolution) {
  return (cell & ~(Cell{15} << 52)) | static_cast<Cell>(resolution) << 52;
}
unsigned leading_digit(Cell cell) {
  for (int r = 1; r <= resolution_of(cell); ++r) {
    if (digit_of(cell, r) != 0) return digit_of(cell, r);
  }
  return 0;
}

std::int64_t power_of_7(int exponent) {
  std::int64_t power = 1;
  for (int i = 0; i < exponent; ++i) power *= 7;
  return power;
}

/// A cell's place in its own plane: that of the base cell's face, or, in a pentagon, of the one of
/// five faces where the leading digit points, each turned so that its middle lies to the left
/// (digit 3).
struct Flat {
  Corners corners;
  Complex origin;  // of the plane, in units of resolution 0
  Complex offset;  // from there, in units of the cell's resolution
  int resolution;

  /// The place of the cell's middle plus a third of `thirds`.
  Place place(Complex thirds) const {
    Complex sum = 3 * offset + thirds;
    if (resolution % 2 != 0)
      sum = sum * kFiner[0];  // to the next even resolution, whose axes are those of the face
    const std::int64_t unit = 3 * power_of_7((resolution + 1) / 2);
    sum = sum + unit * origin;
    return {corners,
            {2 * unit + 2 * sum.a - sum.b, 2 * unit + 2 * sum.b - sum.a, 2 * unit - sum.a - sum.b}};
  }
};

/// The plane of a pentagon's face, `turns` faces to the right of its own; the offset turns along.
void turn_right(Flat& flat, int turns) {
  for (int i = 0; i < turns; ++i) {
    flat.corners = {flat.corners[0],
                    corner_beyond(flat.corners[0], flat.corners[1], flat.corners[2]),
                    flat.corners[1]};
    flat.offset = flat.offset * kSixthOfTurn;
  }
}

Flat flatten(Cell cell) {
  const int base = base_of(cell);
  Flat flat{corners_of(base), place_of(base), {}, resolution_of(cell)};
  for (int r = 1; r <= flat.resolution; ++r)
    flat.offset = flat.offset * kFiner[r % 2] + kUnits[digit_of(cell, r)];
  constexpr std::array<int, 7> kTurns{0, 0, 1, 0, 3, 4, 2};  // from digit 3 to this digit
  if (is_pentagon(base)) turn_right(flat, kTurns[leading_digit(cell)]);
  return flat;
}

bool is_whole_pentagon(Cell cell) { return is_pentagon(base_of(cell)) && leading_digit(cell) == 0; }

/// The place of the grid that is nearest to x + y w: rounds the three coordinates, and takes the
/// one that moved most from the others.
Complex nearest(double x, double y) {
  const double z = x - y;  // the third: distance along the axis between
  double a = std::round(x);
  double b = std::round(y);
  const double c = std::round(z);
  const double off_a = std::fabs(a - x);
  const double off_b = std::fabs(b - y);
  const double off_c = std::fabs(c - z);
  if (off_a > off_b && off_a > off_c) {
    a = b + c;
  } else if (off_b > off_c) {
    b = a - c;
  }
  return {static_cast<std::int64_t>(a), static_cast<std::int64_t>(b)};
}

/// The place in the next coarser grid. A child is its parent's middle or one unit away, so the
/// nearest is the parent.
Complex coarser(Complex place, int resolution) {
  const Complex seven_times = place * kFiner[1 - resolution % 2];
  return nearest(static_cast<double>(seven_times.a) / 7, static_cast<double>(seven_times.b) / 7);
}

unsigned digit_of_unit(Complex unit) {
  const auto found = std::ranges::find(kUnits, unit);
  return found == kUnits.end() ? 0 : static_cast<unsigned>(found - kUnits.begin());
}

/// Writes the digits that lead to a place of the cell's resolution. Returns the place at resolution
/// 0 that they start from.
Complex write_digits(Cell& cell, Complex place) {
  for (int r = resolution_of(cell); r > 0; --r) {
    const Complex parent = coarser(place, r);
    cell = with_digit(cell, r, digit_of_unit(place - parent * kFiner[r % 2]));
    place = parent;
  }
  return place;
}

int nearest_base(const S2Point& point) {
  static const auto centers = [] {
    std::array<S2Point, kBaseCells> points;
    for (int i = 0; i < kBaseCells; ++i)
      points[static_cast<std::size_t>(i)] = center_of(base_cell(i));
    return points;
  }();
  const auto best = std::ranges::max_element(
      centers, {}, [&](const S2Point& center) { return center.DotProd(point); });
  return static_cast<int>(best - centers.begin());
}

Cell turned(Cell cell) {
  for (int r = 1; r <= resolution_of(cell); ++r)
    cell = with_digit(cell, r, kTurned[digit_of(cell, r)]);
  return cell;
}

}  // namespace

std::optional<Cell> parse(std::string_view token) {
  Cell cell = 0;
  const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), cell, 16);
  if (error != std::errc() || end != token.data() + token.size()) return std::nullopt;
  if (cell >> 56 != 8 || base_of(cell) >= kBaseCells)
    return std::nullopt;  // mode 1, nothing reserved
  for (int r = 1; r <= kMaxResolution; ++r) {
    if ((digit_of(cell, r) == 7) != (r > resolution_of(cell))) return std::nullopt;
  }
  if (is_pentagon(base_of(cell)) && leading_digit(cell) == kDeleted) return std::nullopt;
  return cell;
}

std::string to_token(Cell cell) {
  std::array<char, 16> text;
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), cell, 16);
  return {text.data(), end};
}

int resolution_of(Cell cell) { return static_cast<int>(cell >> 52 & 15); }

Cell base_cell(int number) {
  return Cell{8} << 56 | static_cast<Cell>(number) << 45 | ((Cell{1} << 45) - 1);
}

S2Point center_of(Cell cell) { return on_sphere(flatten(cell).place({})); }

/// The digits come out in the axes of the face that the point is on. The base cell's own axes are
/// turned by some sixths against them; the right turn is the one that brings the cell's middle to
/// where the grid of that face has it.
Cell cell_at(const S2Point& point, int resolution) {
  const Projected face = on_face(point);
  const auto scale = static_cast<double>(2 * power_of_7(resolution / 2));
  double x = scale * (face.weights[0] - face.weights[2]);
  double y = scale * (face.weights[1] - face.weights[2]);
  if (resolution % 2 != 0) {  // times 2 - w
    const double turned_x = 2 * x + y;
    y = 3 * y - x;
    x = turned_x;
  }
  Complex place = nearest(x, y);
  const S2Point middle = on_sphere(Flat{face.corners, {}, place, resolution}.place({}));
  Cell cell = with_resolution(base_cell(0), resolution);
  place = write_digits(cell, place);
  const int base = nearest_base(on_sphere(Flat{face.corners, place, {}, 0}.place({})));
  cell = (cell & ~(Cell{0x7f} << 45)) | static_cast<Cell>(base) << 45;
  Cell best = cell;
  double best_closeness = -2;
  for (int turn = 0; turn < 6; ++turn, cell = turned(cell)) {
    if (is_pentagon(base) && leading_digit(cell) == kDeleted) continue;
    const double closeness = -(center_of(cell) - middle).Norm2();
    if (closeness <= best_closeness) continue;
    best_closeness = closeness;
    best = cell;
  }
  return best;
}

/// The corners are a third of two neighbouring units away from the middle.
std::vector<S2Point> boundary_of(Cell cell) {
  constexpr std::array<unsigned, 6> kAround{4, 6, 2, 3, 1, 5};  // digits, counter-clockwise
  const Flat flat = flatten(cell);
  std::vector<std::pair<Place, Place>> edges;  // in the plane of the first
  if (is_whole_pentagon(cell)) {
    for (int turn = 4; turn >= 0; --turn) {
      Flat side = flat;
      turn_right(side, turn);
      edges.emplace_back(side.place(kUnits[2] + kUnits[3]), side.place(kUnits[3] + kUnits[1]));
    }
  } else {
    for (std::size_t i = 0; i < 6; ++i) {
      const Complex corner = kUnits[kAround[i]] + kUnits[kAround[(i + 1) % 6]];
      edges.emplace_back(flat.place(corner), flat.place(corner * kSixthOfTurn));
    }
  }
  std::vector<S2Point> boundary;
  for (auto& [from, to] : edges) {
    while (fold_once(from, &to)) {
    }
    boundary.push_back(on_sphere(from));
    const auto lowest = std::ranges::min_element(to.weights);
    const auto index = static_cast<std::size_t>(lowest - to.weights.begin());
    if (*lowest >= 0 || from.weights[index] <= 0) continue;
    // The weights where the corner's own is 0: what is beyond the edge of the face is bent there.
    Place crossing = from;
    for (std::size_t i = 0; i < 3; ++i) {
      crossing.weights[i] =
          to.weights[i] * from.weights[index] - from.weights[i] * to.weights[index];
    }
    boundary.push_back(on_sphere(crossing));
  }
  return boundary;
}

Cell parent_of(Cell cell, int resolution) {
  for (int r = resolution_of(cell); r > resolution; --r) cell = with_digit(cell, r, 7);
  return with_resolution(cell, resolution);
}

std::vector<Cell> children_of(Cell cell) {
  const int resolution = resolution_of(cell) + 1;
  std::vector<Cell> children;
  for (unsigned digit = 0; digit < 7; ++digit) {
    if (digit == kDeleted && is_whole_pentagon(cell)) continue;
    children.push_back(with_digit(with_resolution(cell, resolution), resolution, digit));
  }
  return children;
}

std::vector<Cell> neighbors_of(Cell cell) {
  const Flat flat = flatten(cell);
  const bool whole_pentagon = is_whole_pentagon(cell);
  std::vector<Cell> neighbors;
  for (int i = 0; i < (whole_pentagon ? 5 : 6); ++i) {
    Flat side = flat;
    if (whole_pentagon) turn_right(side, i);
    const Complex unit = whole_pentagon ? kUnits[3] : kUnits[static_cast<std::size_t>(i) + 1];
    // The fast way: most neighbours belong to the same base cell, where the plane is not folded.
    Cell neighbor = cell;
    if (!is_pentagon(base_of(cell)) && write_digits(neighbor, flat.offset + unit) == Complex{}) {
      neighbors.push_back(neighbor);
      continue;
    }
    neighbors.push_back(cell_at(on_sphere(side.place(3 * unit)), flat.resolution));
  }
  return neighbors;
}

}  // namespace quarry::kql::functions::h3
