// The icosahedron under the H3 grid. Its faces are flat; the sphere is projected on them from the
// middle (gnomonic). A place on a face is the weights of the face's three corners (barycentric
// coordinates), so projecting is a sum and a division, without angles.
#pragma once

#include <s2/s2point.h>

#include <array>
#include <cstdint>

namespace quarry::kql::functions::h3 {

/// Three corners counter-clockwise: a face and how its grid lies. The grid's axes point from the
/// middle to the corners.
using Corners = std::array<std::uint8_t, 3>;

inline constexpr int kFaces = 20;
extern const std::array<Corners, kFaces> kFaceCorners;

/// A place on a face, or on the plane that the faces make when they are unfolded: a negative weight
/// is beyond the edge opposite to its corner. Only the weights' ratio counts.
struct Place {
  Corners corners;
  std::array<std::int64_t, 3> weights;
};

/// The corner of the face that lies on the other side of an edge.
std::uint8_t corner_beyond(std::uint8_t a, std::uint8_t b, std::uint8_t not_this);

/// The face next to the one that a place is beyond: all three weights change in a linear way, so
/// another place of the same plane can be taken along. Returns false where the place is on its
/// face.
bool fold_once(Place& place, Place* companion = nullptr);

/// The point on the sphere, after folding as often as it takes.
S2Point on_sphere(Place place);

/// The face that a point of the sphere is on, and the point's weights there (they sum to 1).
struct Projected {
  Corners corners;
  std::array<double, 3> weights;
};
Projected on_face(const S2Point& point);

}  // namespace quarry::kql::functions::h3
