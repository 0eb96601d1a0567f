// From a point to a line or polygon: distance, nearest point, containment. Null where point or
// shape is none. Inside a polygon the distance is 0 and the nearest point is the point itself.
#include "common/kql/functions/geo/shapes.h"

namespace quarry::kql::functions {
namespace {

std::optional<S2Point> nearest_on_line(double longitude, double latitude,
                                       const DynamicView& geojson) {
  const auto point = read_point(longitude, latitude);
  const auto shape = point ? read_lines(geojson) : nullptr;
  if (!shape) return std::nullopt;
  std::optional<S2Point> nearest;
  for (const auto& line : shape->lines) {
    int next_vertex = 0;
    const S2Point candidate = line->Project(*point, &next_vertex);
    if (!nearest || S1Angle(*point, candidate) < S1Angle(*point, *nearest)) nearest = candidate;
  }
  return nearest;
}
std::optional<S2Point> nearest_on_polygon(double longitude, double latitude,
                                          const DynamicView& geojson) {
  const auto point = read_point(longitude, latitude);
  const auto polygon = point ? read_polygon(geojson) : nullptr;
  if (!polygon) return std::nullopt;
  return polygon->Project(*point);
}

std::optional<double> distance_to(double longitude, double latitude,
                                  const std::optional<S2Point>& found) {
  if (!found) return std::nullopt;
  return metres_of(S1Angle(*read_point(longitude, latitude), *found));
}
std::optional<double> geo_distance_point_to_line(double longitude, double latitude,
                                                 DynamicView geojson) {
  return distance_to(longitude, latitude, nearest_on_line(longitude, latitude, geojson));
}
std::optional<double> geo_distance_point_to_polygon(double longitude, double latitude,
                                                    DynamicView geojson) {
  return distance_to(longitude, latitude, nearest_on_polygon(longitude, latitude, geojson));
}

DynamicText geo_closest_point_on_line(double longitude, double latitude, DynamicView geojson) {
  const auto found = nearest_on_line(longitude, latitude, geojson);
  return found ? DynamicText{point_json(*found)} : DynamicText{};
}
DynamicText geo_closest_point_on_polygon(double longitude, double latitude, DynamicView geojson) {
  const auto found = nearest_on_polygon(longitude, latitude, geojson);
  return found ? DynamicText{point_json(*found)} : DynamicText{};
}

/// Where polygons share a border, a point on it is in exactly one of them.
std::optional<bool> geo_point_in_polygon(double longitude, double latitude, DynamicView geojson) {
  const auto point = read_point(longitude, latitude);
  const auto polygon = point ? read_polygon(geojson) : nullptr;
  if (!polygon) return std::nullopt;
  return polygon->Contains(*point);
}

constexpr Param kLine[]{{"longitude", "-180 to 180 degrees."},
                        {"latitude", "-90 to 90 degrees."},
                        {"lineString", "A GeoJSON LineString or MultiLineString."}};
constexpr Param kPolygon[]{{"longitude", "-180 to 180 degrees."},
                           {"latitude", "-90 to 90 degrees."},
                           {"polygon", "A GeoJSON Polygon or MultiPolygon."}};

constexpr FunctionDef kToLine{
    .name = "geo_distance_point_to_line",
    .summary = "Returns the shortest distance from a point to a line in metres.",
    .params = kLine,
    .example =
        {R"(print round(geo_distance_point_to_line(1, 1, dynamic({"type":"LineString","coordinates":[[0,0],[2,0]]}))))",
         "111195.0"},
    .overloads = rowwise<geo_distance_point_to_line>};
constexpr FunctionDef kToPolygon{
    .name = "geo_distance_point_to_polygon",
    .summary = "Returns the shortest distance from a point to a polygon in metres; 0 inside it.",
    .params = kPolygon,
    .example =
        {R"(print geo_distance_point_to_polygon(1, 1, dynamic({"type":"Polygon","coordinates":[[[0,0],[3,0],[3,3],[0,3],[0,0]]]})))",
         "0.0"},
    .overloads = rowwise<geo_distance_point_to_polygon>};
constexpr FunctionDef kOnLine{
    .name = "geo_closest_point_on_line",
    .summary = "Returns the point of a line that is nearest to a point, as a GeoJSON point.",
    .params = kLine,
    .example =
        {R"(print geo_closest_point_on_line(3, 0, dynamic({"type":"LineString","coordinates":[[0,0],[2,0]]})))",
         R"({"type":"Point","coordinates":[2.0,0.0]})"},
    .overloads = rowwise<geo_closest_point_on_line>};
constexpr FunctionDef kOnPolygon{
    .name = "geo_closest_point_on_polygon",
    .summary = "Returns the point of a polygon that is nearest to a point, as a GeoJSON point.",
    .params = kPolygon,
    .example =
        {R"(print geo_closest_point_on_polygon(-1, 0, dynamic({"type":"Polygon","coordinates":[[[0,0],[3,0],[3,3],[0,3],[0,0]]]})))",
         R"({"type":"Point","coordinates":[0.0,0.0]})"},
    .overloads = rowwise<geo_closest_point_on_polygon>};
constexpr FunctionDef kInPolygon{
    .name = "geo_point_in_polygon",
    .summary = "Tells whether a point is inside a polygon.",
    .params = kPolygon,
    .example =
        {R"(print geo_point_in_polygon(1, 1, dynamic({"type":"Polygon","coordinates":[[[0,0],[3,0],[3,3],[0,3],[0,0]]]})))",
         "true"},
    .overloads = rowwise<geo_point_in_polygon>};

constexpr const FunctionDef* kScalars[]{&kToLine, &kToPolygon, &kOnLine, &kOnPolygon, &kInPolygon};

}  // namespace

extern constinit const FunctionTable kGeoNearest{"geo", kScalars};

}  // namespace quarry::kql::functions
