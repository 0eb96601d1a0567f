// Reshaping that more than one function needs.
#pragma once

#include "common/kql/functions/geo/shapes.h"

#include <memory>

namespace quarry::kql::functions {

/// All points within a distance of the polygon (buffer.cpp); null where an argument is invalid.
std::unique_ptr<S2Polygon> buffered(const S2Polygon& polygon, double radius_metres,
                                    double tolerance_metres);

/// The polygon whose edges are straight on a map of longitude and latitude (densify.cpp). `wraps`:
/// they take the short way over the antimeridian. Null where it would have too many points.
std::unique_ptr<S2Polygon> densified(const S2Polygon& polygon, double tolerance_metres, bool wraps);

}  // namespace quarry::kql::functions
