// Lines and polygons: GeoJSON (RFC 7946) into shapes on the unit sphere and back. Edges are
// geodesics.
//
// The S2 library does the geometry. Debian builds it with its assertions on, so it is never handed
// what it calls invalid: the readers here check every shape, and shapes it gives back are asked for
// their errors before they are used.
#pragma once

#include "common/kql/functions/geo/coordinates.h"
#include "common/kql/functions/rowwise_inl.h"

#include <s2/mutable_s2shape_index.h>
#include <s2/s2polygon.h>
#include <s2/s2polyline.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace quarry::kql::functions {

using Lines = std::vector<std::unique_ptr<S2Polyline>>;

/// A LineString or MultiLineString: at least one line, each of two or more points, none twice in a
/// row.
struct LineShape {
  Lines lines;
  MutableS2ShapeIndex index;  // of the lines, which it points to
};

inline S1Angle angle_of_metres(double metres) { return S1Angle::Radians(metres / kEarthRadius); }
inline double metres_of(S1Angle angle) { return angle.radians() * kEarthRadius; }

/// nullopt where it is no place on Earth.
std::optional<S2Point> read_point(double longitude, double latitude);

/// Null where the value is no line. The last lines read are kept per thread, so a constant line is
/// read once.
std::shared_ptr<const LineShape> read_lines(const DynamicView& geojson);
/// A Polygon or MultiPolygon (several polygons become their union); null where the value is none. A
/// ring is closed, encloses at most half of the sphere whichever way it runs, and crosses neither
/// itself nor another. The last ones read are kept per thread.
std::shared_ptr<const S2Polygon> read_polygon(const DynamicView& geojson);
/// The polygon for a caller that keeps or changes it.
std::unique_ptr<S2Polygon> read_new_polygon(const DynamicView& geojson);

/// The union; null where it fails or `polygons` is empty.
std::unique_ptr<S2Polygon> unite(std::vector<std::unique_ptr<S2Polygon>> polygons);

void append_position(std::string& json, double longitude, double latitude);
void append_position(std::string& json, const S2Point& point);
/// `[[…],[…]]`
void append_positions(std::string& json, const std::vector<S2Point>& points);
std::string point_json(const S2Point& point);
/// LineString, MultiLineString where there are several; empty (null) where there is none.
std::string lines_json(const std::vector<std::vector<S2Point>>& lines);
std::string lines_json(const Lines& lines);
/// Polygon, MultiPolygon where there are several shells; empty (null) where there is none, or where
/// it is the whole sphere.
std::string polygon_json(const S2Polygon& polygon);

}  // namespace quarry::kql::functions
