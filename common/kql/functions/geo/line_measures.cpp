// geo_line_length(), geo_line_centroid(), geo_line_interpolate_point() and geo_line_locate_point().
// Null where the line is none.
#include "common/kql/functions/geo/shapes.h"

namespace quarry::kql::functions {
namespace {

std::optional<double> geo_line_length(DynamicView geojson) {
  const auto shape = read_lines(geojson);
  if (!shape) return std::nullopt;
  double metres = 0;
  for (const auto& line : shape->lines) metres += metres_of(line->GetLength());
  return metres;
}

/// Each piece counts by its length. Null where it has no centre: half a great circle and back.
DynamicText geo_line_centroid(DynamicView geojson) {
  const auto shape = read_lines(geojson);
  if (!shape) return {};
  S2Point sum;
  for (const auto& line : shape->lines) sum += line->GetCentroid();
  if (sum == S2Point()) return {};
  return {point_json(sum.Normalize())};
}

DynamicText geo_line_interpolate_point(DynamicView geojson, double fraction) {
  const auto shape = read_lines(geojson);
  if (!shape || shape->lines.size() != 1 || !(fraction >= 0 && fraction <= 1)) return {};
  return {point_json(shape->lines.front()->Interpolate(fraction))};
}

std::optional<double> locate(DynamicView geojson, double longitude, double latitude) {
  const auto shape = read_lines(geojson);
  const auto point = read_point(longitude, latitude);
  if (!shape || shape->lines.size() != 1 || !point) return std::nullopt;
  int next_vertex = 0;
  const S2Point nearest = shape->lines.front()->Project(*point, &next_vertex);
  return shape->lines.front()->UnInterpolate(nearest, next_vertex);
}
/// On the spheroid it would differ a little: null rather than a wrong number.
std::optional<double> locate_on(DynamicView geojson, double longitude, double latitude,
                                bool use_spheroid) {
  return use_spheroid ? std::nullopt : locate(geojson, longitude, latitude);
}
std::optional<double> locate_on_number(DynamicView geojson, double longitude, double latitude,
                                       std::int64_t use_spheroid) {
  return locate_on(geojson, longitude, latitude, use_spheroid != 0);
}

constexpr Param kLine[]{{"lineString", "A GeoJSON LineString or MultiLineString."}};
constexpr Param kInterpolateParams[]{{"lineString", "A GeoJSON LineString."},
                                     {"fraction", "0 (the start) to 1 (the end)."}};
constexpr Param kLocateParams[]{{"lineString", "A GeoJSON LineString."},
                                {"longitude", "-180 to 180 degrees."},
                                {"latitude", "-90 to 90 degrees."},
                                {"use_spheroid", "Only false is supported; null for true.", true}};

constexpr FunctionDef kLength{
    .name = "geo_line_length",
    .summary = "Returns the length of a line in metres.",
    .params = kLine,
    .example =
        {R"(print round(geo_line_length(dynamic({"type":"LineString","coordinates":[[0,0],[1,0]]}))))",
         "111195.0"},
    .overloads = rowwise<geo_line_length>};
constexpr FunctionDef kCentroid{
    .name = "geo_line_centroid",
    .summary =
        "Returns the middle of a line, its pieces counted by their length, as a GeoJSON point.",
    .params = kLine,
    .example =
        {R"(print round(toreal(geo_line_centroid(dynamic({"type":"LineString","coordinates":[[0,0],[2,0]]})).coordinates[0]), 6))",
         "1.0"},
    .overloads = rowwise<geo_line_centroid>};
constexpr FunctionDef kInterpolate{
    .name = "geo_line_interpolate_point",
    .summary = "Returns the point at a fraction of a line's length as a GeoJSON point.",
    .params = kInterpolateParams,
    .example =
        {R"(print round(toreal(geo_line_interpolate_point(dynamic({"type":"LineString","coordinates":[[0,0],[4,0]]}), 0.75).coordinates[0]), 6))",
         "3.0"},
    .overloads = rowwise<geo_line_interpolate_point>};
constexpr FunctionDef kLocate{
    .name = "geo_line_locate_point",
    .summary = "Returns at which fraction of a line's length it comes nearest to a point.",
    .params = kLocateParams,
    .example =
        {R"(print round(geo_line_locate_point(dynamic({"type":"LineString","coordinates":[[0,0],[4,0]]}), 1, 1), 4))",
         "0.25"},
    .overloads = rowwise<locate, locate_on, locate_on_number>};

constexpr const FunctionDef* kScalars[]{&kLength, &kCentroid, &kInterpolate, &kLocate};

}  // namespace

extern constinit const FunctionTable kGeoLineMeasures{"geo", kScalars};

}  // namespace quarry::kql::functions
