// geo_line_simplify(), geo_polygon_simplify() and geo_simplify_polygons_array(): shapes without
// vertices nearer to each other than the tolerance and with long edges in place of nearly straight
// chains. Null where an argument is invalid or nothing is left.
#include "common/kql/functions/geo/shapes.h"

#include <s2/s2builder.h>
#include <s2/s2builderutil_s2polygon_layer.h>
#include <s2/s2builderutil_s2polyline_vector_layer.h>
#include <s2/s2builderutil_snap_functions.h>

namespace quarry::kql::functions {
namespace {

constexpr double kDefaultTolerance = 10;  // metres

/// nullopt where the tolerance is none: KQL takes 0 to about 7,800,000 metres (70 degrees of arc).
std::optional<S2Builder::Options> options_for(double tolerance) {
  const S1Angle radius = angle_of_metres(tolerance);
  if (!(tolerance >= 0 && radius <= s2builderutil::IdentitySnapFunction::kMaxSnapRadius()))
    return std::nullopt;
  S2Builder::Options options{s2builderutil::IdentitySnapFunction(radius)};
  options.set_simplify_edge_chains(true);
  return options;
}

DynamicText line_simplify(DynamicView geojson, double tolerance) {
  const auto options = options_for(tolerance);
  const auto shape = options ? read_lines(geojson) : nullptr;
  if (!shape) return {};
  S2Builder builder(*options);
  Lines simplified;
  s2builderutil::S2PolylineVectorLayer::Options layer;
  layer.set_s2debug_override(S2Debug::DISABLE);
  for (const auto& line : shape->lines) {
    builder.StartLayer(std::make_unique<s2builderutil::S2PolylineVectorLayer>(&simplified, layer));
    builder.AddPolyline(*line);
  }
  S2Error error;
  if (!builder.Build(&error)) return {};
  std::erase_if(simplified, [](const auto& line) {
    return line->num_vertices() < 2 || line->vertex(0) == line->vertex(1);
  });
  return {lines_json(simplified)};
}

/// Polygons that share a border share the simplified one.
DynamicText simplify_together(const std::vector<std::unique_ptr<S2Polygon>>& polygons,
                              const S2Builder::Options& options) {
  S2Builder builder(options);
  std::vector<std::unique_ptr<S2Polygon>> simplified;
  s2builderutil::S2PolygonLayer::Options layer;
  layer.set_validate(true);
  for (const auto& polygon : polygons) {
    simplified.push_back(std::make_unique<S2Polygon>());
    builder.StartLayer(
        std::make_unique<s2builderutil::S2PolygonLayer>(simplified.back().get(), layer));
    builder.AddIsFullPolygonPredicate(S2Builder::IsFullPolygon(false));
    builder.AddPolygon(*polygon);
  }
  S2Error error;
  if (!builder.Build(&error)) return {};
  const auto united = unite(std::move(simplified));
  return united ? DynamicText{polygon_json(*united)} : DynamicText{};
}

DynamicText polygon_simplify(DynamicView geojson, double tolerance) {
  const auto options = options_for(tolerance);
  std::vector<std::unique_ptr<S2Polygon>> polygons;
  if (options) polygons.push_back(read_new_polygon(geojson));
  if (polygons.empty() || !polygons.front()) return {};
  return simplify_together(polygons, *options);
}

DynamicText simplify_array(DynamicView array, double tolerance) {
  const auto options = options_for(tolerance);
  if (!options) return {};
  std::vector<std::unique_ptr<S2Polygon>> polygons;
  ArrayCursor cursor(array);
  for (DynamicView element; cursor.next(element);) {
    auto polygon = read_new_polygon(element);
    if (!polygon) return {};
    polygons.push_back(std::move(polygon));
  }
  return simplify_together(polygons, *options);
}

DynamicText line_by_default(DynamicView geojson) {
  return line_simplify(geojson, kDefaultTolerance);
}
DynamicText polygon_by_default(DynamicView geojson) {
  return polygon_simplify(geojson, kDefaultTolerance);
}
DynamicText array_by_default(DynamicView array) { return simplify_array(array, kDefaultTolerance); }

constexpr Param kLineParams[]{{"lineString", "A GeoJSON LineString or MultiLineString."},
                              {"tolerance", "Metres, 0 to 7800000; 10 if left out.", true}};
constexpr Param kPolygonParams[]{{"polygon", "A GeoJSON Polygon or MultiPolygon."},
                                 {"tolerance", "Metres, 0 to 7800000; 10 if left out.", true}};
constexpr Param kArrayParams[]{{"polygons", "An array of GeoJSON Polygons or MultiPolygons."},
                               {"tolerance", "Metres, 0 to 7800000; 10 if left out.", true}};
constexpr FunctionDef kLine{
    .name = "geo_line_simplify",
    .summary = "Replaces nearly straight chains of a line's short edges by long ones.",
    .params = kLineParams,
    .example =
        {R"(print array_length(geo_line_simplify(dynamic({"type":"LineString","coordinates":[[0,0],[1,0.00001],[2,0]]})).coordinates))",
         "2"},
    .overloads = rowwise<line_by_default, line_simplify>};
constexpr FunctionDef kPolygon{
    .name = "geo_polygon_simplify",
    .summary = "Replaces nearly straight chains of a polygon's short edges by long ones.",
    .params = kPolygonParams,
    .example =
        {R"(print array_length(geo_polygon_simplify(dynamic({"type":"Polygon","coordinates":[[[0,0],[1,0.00001],[2,0],[2,2],[0,0]]]})).coordinates[0]))",
         "4"},
    .overloads = rowwise<polygon_by_default, polygon_simplify>};
constexpr FunctionDef kArray{
    .name = "geo_simplify_polygons_array",
    .summary =
        "Simplifies polygons together, so that shared borders stay shared, and returns their "
        "union.",
    .params = kArrayParams,
    .example =
        {R"(print geo_simplify_polygons_array(dynamic([{"type":"Polygon","coordinates":[[[0,0],[1,0.00001],[2,0],[2,2],[0,0]]]}])).type)",
         "Polygon"},
    .overloads = rowwise<array_by_default, simplify_array>};

constexpr const FunctionDef* kScalars[]{&kLine, &kPolygon, &kArray};

}  // namespace

extern constinit const FunctionTable kGeoSimplify{"geo", kScalars};

}  // namespace quarry::kql::functions
