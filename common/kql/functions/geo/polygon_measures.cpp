// geo_polygon_area(), geo_polygon_perimeter() and geo_polygon_centroid(). Null where the polygon is
// none.
#include "common/kql/functions/geo/shapes.h"

namespace quarry::kql::functions {
namespace {

std::optional<double> geo_polygon_area(DynamicView geojson) {
  const auto polygon = read_polygon(geojson);
  if (!polygon) return std::nullopt;
  return polygon->GetArea() * kEarthRadius * kEarthRadius;
}

std::optional<double> geo_polygon_perimeter(DynamicView geojson) {
  const auto polygon = read_polygon(geojson);
  if (!polygon) return std::nullopt;
  double metres = 0;
  for (int i = 0; i < polygon->num_loops(); ++i) {
    const S2Loop& loop = *polygon->loop(i);
    for (int vertex = 0; vertex < loop.num_vertices(); ++vertex)
      metres += metres_of(S1Angle(loop.vertex(vertex), loop.vertex(vertex + 1)));
  }
  return metres;
}

DynamicText geo_polygon_centroid(DynamicView geojson) {
  const auto polygon = read_polygon(geojson);
  if (!polygon) return {};
  const S2Point sum = polygon->GetCentroid();
  if (sum == S2Point()) return {};
  return {point_json(sum.Normalize())};
}

constexpr Param kPolygon[]{{"polygon", "A GeoJSON Polygon or MultiPolygon."}};
constexpr FunctionDef kArea{
    .name = "geo_polygon_area",
    .summary = "Returns the area of a polygon in square metres.",
    .params = kPolygon,
    .example =
        {R"(print round(geo_polygon_area(dynamic({"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]})) / 1e6))",
         "6182.0"},
    .overloads = rowwise<geo_polygon_area>};
constexpr FunctionDef kPerimeter{
    .name = "geo_polygon_perimeter",
    .summary = "Returns the length of a polygon's border, holes included, in metres.",
    .params = kPolygon,
    .example =
        {R"(print round(geo_polygon_perimeter(dynamic({"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]})) / 1000))",
         "380.0"},
    .overloads = rowwise<geo_polygon_perimeter>};
constexpr FunctionDef kCentroid{
    .name = "geo_polygon_centroid",
    .summary = "Returns the centre of mass of a polygon as a GeoJSON point.",
    .params = kPolygon,
    .example =
        {R"(print round(toreal(geo_polygon_centroid(dynamic({"type":"Polygon","coordinates":[[[0,-1],[2,-1],[2,1],[0,1],[0,-1]]]})).coordinates[0]), 6))",
         "1.0"},
    .overloads = rowwise<geo_polygon_centroid>};

constexpr const FunctionDef* kScalars[]{&kArea, &kPerimeter, &kCentroid};

}  // namespace

extern constinit const FunctionTable kGeoPolygonMeasures{"geo", kScalars};

}  // namespace quarry::kql::functions
