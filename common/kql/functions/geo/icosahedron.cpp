#include "common/kql/functions/geo/icosahedron.h"

#include <s2/s2latlng.h>

#include <algorithm>

namespace quarry::kql::functions::h3 {

/// Corners are numbered from north to south, so the opposite of c is 11 - c. The first of a face is
/// the one that its i axis points to. Found from the cells that H3 gives for known places.
const std::array<Corners, kFaces> kFaceCorners{
    {{0, 1, 3},  {0, 2, 1},  {0, 3, 5},  {0, 4, 2},   {0, 5, 4},  {1, 6, 7},  {2, 8, 6},
     {3, 7, 9},  {4, 10, 8}, {5, 9, 10}, {6, 1, 2},   {7, 3, 1},  {8, 2, 4},  {9, 5, 3},
     {10, 4, 5}, {11, 6, 8}, {11, 7, 6}, {11, 8, 10}, {11, 9, 7}, {11, 10, 9}}};

namespace {

constexpr std::size_t kCornerCount = 12;

const std::array<S2Point, kCornerCount>& corner_points() {
  static const auto points = [] {
    constexpr double kNorthern[6][2]{
        {64.70000012793487, 10.53619907546767},
        {50.10320148224133, -143.47849001502516},
        {39.10000003397592, 122.30000040778702},
        {23.71792527122296, -67.13232636643566},
        {10.447345187511033, 58.157705839572586},
        {2.300882111626747, -5.245390296777328}};  // latitude, longitude
    std::array<S2Point, kCornerCount> result;
    for (std::size_t i = 0; i < 6; ++i) {
      result[i] = S2LatLng::FromDegrees(kNorthern[i][0], kNorthern[i][1]).ToPoint();
      result[kCornerCount - 1 - i] = -result[i];
    }
    return result;
  }();
  return points;
}

bool has(const Corners& face, std::uint8_t corner) {
  return std::ranges::find(face, corner) != face.end();
}

}  // namespace

std::uint8_t corner_beyond(std::uint8_t a, std::uint8_t b, std::uint8_t not_this) {
  for (const Corners& face : kFaceCorners) {
    if (!has(face, a) || !has(face, b) || has(face, not_this)) continue;
    return *std::ranges::find_if(face,
                                 [&](std::uint8_t corner) { return corner != a && corner != b; });
  }
  return not_this;  // not reached: each edge has two faces
}

/// Unfolded, the corner beyond the edge between a and b is a + b - c. So the sum of weighted
/// corners, with that put in for c, is (wa + wc) a + (wb + wc) b - wc (a + b - c).
bool fold_once(Place& place, Place* companion) {
  const auto lowest = std::ranges::min_element(place.weights);
  if (*lowest >= 0) return false;
  const auto c = static_cast<std::size_t>(lowest - place.weights.begin());
  const std::size_t a = (c + 1) % 3;
  const std::size_t b = (c + 2) % 3;
  place.corners[c] = corner_beyond(place.corners[a], place.corners[b], place.corners[c]);
  for (Place* folded : {&place, companion}) {
    if (folded == nullptr) continue;
    folded->corners = place.corners;
    folded->weights[a] += folded->weights[c];
    folded->weights[b] += folded->weights[c];
    folded->weights[c] = -folded->weights[c];
  }
  return true;
}

S2Point on_sphere(Place place) {
  constexpr int kMostFolds = 8;  // a cell of the grid reaches over two edges at most
  for (int i = 0; i < kMostFolds && fold_once(place); ++i) {
  }
  S2Point sum;
  for (std::size_t i = 0; i < 3; ++i)
    sum += static_cast<double>(place.weights[i]) * corner_points()[place.corners[i]];
  return sum.Normalize();
}

Projected on_face(const S2Point& point) {
  Projected best{kFaceCorners[0], {}};
  double best_lowest = -2;
  for (const Corners& corners : kFaceCorners) {
    const auto& points = corner_points();
    std::array<double, 3> weights;
    for (std::size_t i = 0; i < 3; ++i) {
      weights[i] =
          points[corners[(i + 1) % 3]].CrossProd(points[corners[(i + 2) % 3]]).DotProd(point);
    }
    const double lowest = *std::ranges::min_element(weights);
    if (lowest <= best_lowest) continue;
    best_lowest = lowest;
    best = {corners, weights};
  }
  const double sum = best.weights[0] + best.weights[1] + best.weights[2];
  for (double& weight : best.weights) weight /= sum;
  return best;
}

}  // namespace quarry::kql::functions::h3
