// geo_union_lines_array() and geo_union_polygons_array(). Null where one element is no valid shape,
// or there is none.
#include "common/kql/functions/geo/shapes.h"

#include <s2/s2builder.h>
#include <s2/s2builderutil_s2polyline_vector_layer.h>

namespace quarry::kql::functions {
namespace {

/// Lines are cut where they cross; stretches that they share come once; ends that meet are joined.
DynamicText geo_union_lines_array(DynamicView array) {
  S2Builder::Options options;
  options.set_split_crossing_edges(true);
  S2Builder builder(options);
  Lines united;
  s2builderutil::S2PolylineVectorLayer::Options layer;
  layer.set_edge_type(S2Builder::EdgeType::UNDIRECTED);
  layer.set_duplicate_edges(S2Builder::GraphOptions::DuplicateEdges::MERGE);
  layer.set_s2debug_override(S2Debug::DISABLE);
  builder.StartLayer(std::make_unique<s2builderutil::S2PolylineVectorLayer>(&united, layer));
  ArrayCursor cursor(array);
  for (DynamicView element; cursor.next(element);) {
    const auto shape = read_lines(element);
    if (!shape) return {};
    for (const auto& line : shape->lines) builder.AddPolyline(*line);
  }
  S2Error error;
  if (!builder.Build(&error)) return {};
  return {lines_json(united)};
}

DynamicText geo_union_polygons_array(DynamicView array) {
  std::vector<std::unique_ptr<S2Polygon>> polygons;
  ArrayCursor cursor(array);
  for (DynamicView element; cursor.next(element);) {
    auto polygon = read_new_polygon(element);
    if (!polygon) return {};
    polygons.push_back(std::move(polygon));
  }
  const auto united = unite(std::move(polygons));
  return united ? DynamicText{polygon_json(*united)} : DynamicText{};
}

constexpr Param kLinesParams[]{
    {"lineStrings", "An array of GeoJSON LineStrings or MultiLineStrings."}};
constexpr Param kPolygonsParams[]{{"polygons", "An array of GeoJSON Polygons or MultiPolygons."}};
constexpr FunctionDef kLines{
    .name = "geo_union_lines_array",
    .summary = "Returns the union of lines as a GeoJSON LineString or MultiLineString.",
    .params = kLinesParams,
    .example =
        {R"(print geo_union_lines_array(dynamic([{"type":"LineString","coordinates":[[0,0],[0,1]]},{"type":"LineString","coordinates":[[5,5],[6,6]]}])).type)",
         "MultiLineString"},
    .overloads = rowwise<geo_union_lines_array>};
constexpr FunctionDef kPolygons{
    .name = "geo_union_polygons_array",
    .summary = "Returns the union of polygons as a GeoJSON Polygon or MultiPolygon.",
    .params = kPolygonsParams,
    .example =
        {R"(print geo_union_polygons_array(dynamic([{"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[0,0]]]},{"type":"Polygon","coordinates":[[[1,0],[3,0],[3,2],[1,0]]]}])).type)",
         "Polygon"},
    .overloads = rowwise<geo_union_polygons_array>};

constexpr const FunctionDef* kScalars[]{&kLines, &kPolygons};

}  // namespace

extern constinit const FunctionTable kGeoUnion{"geo", kScalars};

}  // namespace quarry::kql::functions
