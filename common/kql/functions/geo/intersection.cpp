// geo_intersects_*() and geo_intersection_*(): what two lines or polygons have in common. Shapes
// contain their borders: polygons that touch at a corner intersect in a point. Null where one of
// the two is no valid shape.
#include "common/kql/functions/geo/shapes.h"

#include <s2/s2boolean_operation.h>
#include <s2/s2builderutil_closed_set_normalizer.h>
#include <s2/s2builderutil_s2point_vector_layer.h>
#include <s2/s2builderutil_s2polygon_layer.h>
#include <s2/s2builderutil_s2polyline_vector_layer.h>
#include <s2/s2builderutil_snap_functions.h>

namespace quarry::kql::functions {
namespace {

S2BooleanOperation::Options closed_sets() {
  S2BooleanOperation::Options options{s2builderutil::IdentitySnapFunction(S1Angle::Zero())};
  options.set_polygon_model(S2BooleanOperation::PolygonModel::CLOSED);
  options.set_polyline_model(S2BooleanOperation::PolylineModel::CLOSED);
  return options;
}

/// Points, lines and a polygon as one GeoJSON value: itself where there is only one kind, else a
/// GeometryCollection.
std::string geometry_json(const std::vector<S2Point>& points, const Lines& lines,
                          const S2Polygon& polygon) {
  std::vector<std::string> geometries;
  if (points.size() == 1) geometries.push_back(point_json(points.front()));
  if (points.size() > 1) {
    std::string json = R"({"type":"MultiPoint","coordinates":)";
    append_positions(json, points);
    geometries.push_back(json += '}');
  }
  if (!lines.empty()) geometries.push_back(lines_json(lines));
  if (std::string json = polygon_json(polygon); !json.empty())
    geometries.push_back(std::move(json));
  if (geometries.size() == 1) return geometries.front();
  std::string json = R"({"type":"GeometryCollection","geometries":[)";
  for (const std::string& geometry : geometries) {
    if (json.back() != '[') json += ',';
    json += geometry;
  }
  return json += "]}";
}

std::string intersection_json(const S2ShapeIndex& a, const S2ShapeIndex& b) {
  std::vector<S2Point> points;
  Lines lines;
  S2Polygon polygon;
  s2builderutil::S2PolylineVectorLayer::Options line_options;
  line_options.set_s2debug_override(S2Debug::DISABLE);
  line_options.set_duplicate_edges(
      S2Builder::GraphOptions::DuplicateEdges::MERGE);  // a stretch of both lines is one
  s2builderutil::S2PolygonLayer::Options polygon_options;
  polygon_options.set_validate(true);
  s2builderutil::LayerVector layers;
  layers.push_back(std::make_unique<s2builderutil::S2PointVectorLayer>(&points));
  layers.push_back(std::make_unique<s2builderutil::S2PolylineVectorLayer>(&lines, line_options));
  layers.push_back(std::make_unique<s2builderutil::S2PolygonLayer>(&polygon, polygon_options));
  S2BooleanOperation operation(S2BooleanOperation::OpType::INTERSECTION,
                               s2builderutil::NormalizeClosedSet(std::move(layers)), closed_sets());
  S2Error error;
  if (!operation.Build(a, b, &error)) return {};
  return geometry_json(points, lines, polygon);
}

const S2ShapeIndex& index_of(const LineShape& shape) { return shape.index; }
const S2ShapeIndex& index_of(const S2Polygon& polygon) { return polygon.index(); }

template <auto kReadA, auto kReadB>
std::optional<bool> intersects(DynamicView first, DynamicView second) {
  const auto a = kReadA(first);
  const auto b = a ? kReadB(second) : nullptr;
  if (!b) return std::nullopt;
  return S2BooleanOperation::Intersects(index_of(*a), index_of(*b), closed_sets());
}

template <auto kReadA, auto kReadB>
DynamicText intersection(DynamicView first, DynamicView second) {
  const auto a = kReadA(first);
  const auto b = a ? kReadB(second) : nullptr;
  if (!b) return {};
  return {intersection_json(index_of(*a), index_of(*b))};
}

constexpr Param kTwoLines[]{{"lineString1", "A GeoJSON LineString or MultiLineString."},
                            {"lineString2", "Another."}};
constexpr Param kTwoPolygons[]{{"polygon1", "A GeoJSON Polygon or MultiPolygon."},
                               {"polygon2", "Another."}};
constexpr Param kLineAndPolygon[]{{"lineString", "A GeoJSON LineString or MultiLineString."},
                                  {"polygon", "A GeoJSON Polygon or MultiPolygon."}};

constexpr FunctionDef kIntersectsLines{
    .name = "geo_intersects_2lines",
    .summary = "Tells whether two lines meet.",
    .params = kTwoLines,
    .example =
        {R"(print geo_intersects_2lines(dynamic({"type":"LineString","coordinates":[[0,0],[2,2]]}), dynamic({"type":"LineString","coordinates":[[0,2],[2,0]]})))",
         "true"},
    .overloads = rowwise<intersects<read_lines, read_lines>>};
constexpr FunctionDef kIntersectsPolygons{
    .name = "geo_intersects_2polygons",
    .summary = "Tells whether two polygons have a point in common.",
    .params = kTwoPolygons,
    .example =
        {R"(print geo_intersects_2polygons(dynamic({"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[0,0]]]}), dynamic({"type":"Polygon","coordinates":[[[1,0],[3,0],[3,2],[1,0]]]})))",
         "true"},
    .overloads = rowwise<intersects<read_polygon, read_polygon>>};
constexpr FunctionDef kIntersectsLineWithPolygon{
    .name = "geo_intersects_line_with_polygon",
    .summary = "Tells whether a line and a polygon have a point in common.",
    .params = kLineAndPolygon,
    .example =
        {R"(print geo_intersects_line_with_polygon(dynamic({"type":"LineString","coordinates":[[5,5],[6,6]]}), dynamic({"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[0,0]]]})))",
         "false"},
    .overloads = rowwise<intersects<read_lines, read_polygon>>};
constexpr FunctionDef kOfLines{
    .name = "geo_intersection_2lines",
    .summary =
        "Returns where two lines meet as GeoJSON: a point, points, a line or a GeometryCollection "
        "(empty where they do not).",
    .params = kTwoLines,
    .example =
        {R"(print geo_intersection_2lines(dynamic({"type":"LineString","coordinates":[[0,0],[1,1]]}), dynamic({"type":"LineString","coordinates":[[5,5],[6,6]]})))",
         R"({"type":"GeometryCollection","geometries":[]})"},
    .overloads = rowwise<intersection<read_lines, read_lines>>};
constexpr FunctionDef kOfPolygons{
    .name = "geo_intersection_2polygons",
    .summary =
        "Returns what two polygons have in common as GeoJSON: a polygon, line, point or a "
        "GeometryCollection (empty where they are apart).",
    .params = kTwoPolygons,
    .example =
        {R"(print geo_intersection_2polygons(dynamic({"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[0,0]]]}), dynamic({"type":"Polygon","coordinates":[[[1,0],[3,0],[3,2],[1,0]]]})).type)",
         "Polygon"},
    .overloads = rowwise<intersection<read_polygon, read_polygon>>};
constexpr FunctionDef kOfLineWithPolygon{
    .name = "geo_intersection_line_with_polygon",
    .summary =
        "Returns the part of a line that is in a polygon as GeoJSON: a line, point or a "
        "GeometryCollection (empty where they are apart).",
    .params = kLineAndPolygon,
    .example =
        {R"(print geo_intersection_line_with_polygon(dynamic({"type":"LineString","coordinates":[[-1,1],[5,1]]}), dynamic({"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[0,2],[0,0]]]})).type)",
         "LineString"},
    .overloads = rowwise<intersection<read_lines, read_polygon>>};

constexpr const FunctionDef* kScalars[]{
    &kIntersectsLines, &kIntersectsPolygons, &kIntersectsLineWithPolygon,
    &kOfLines,         &kOfPolygons,         &kOfLineWithPolygon};

}  // namespace

extern constinit const FunctionTable kGeoIntersection{"geo", kScalars};

}  // namespace quarry::kql::functions
