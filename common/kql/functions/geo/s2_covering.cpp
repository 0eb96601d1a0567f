// geo_line_to_s2cells() and geo_polygon_to_s2cells(): the S2 cells of one level that cover a shape,
// optionally with all points within a radius. Null where an argument is invalid or there would be
// more than 65,536 cells. (The library's own coverer is not asked: it would first find all the
// cells, which takes for ever where they are small and the shape is large.)
#include "common/kql/functions/geo/shapes.h"

#include <s2/s2cell.h>
#include <s2/s2metrics.h>
#include <s2/s2shape_index_buffered_region.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace quarry::kql::functions {
namespace {

constexpr std::int64_t kDefaultLevel = 11;
constexpr std::size_t kMaxCells = 65'536;
constexpr double kMaxRadius = kEarthRadius * std::numbers::pi;

/// Adds the cells of the level that the region may touch, in the grid's order. False where there
/// are too many.
bool collect(const S2Cell& cell, int level, const S2Region& region, std::vector<S2CellId>& cells) {
  if (!region.MayIntersect(cell)) return true;
  if (cell.level() == level) {
    cells.push_back(cell.id());
    return cells.size() <= kMaxCells;
  }
  S2Cell children[4];
  if (!cell.Subdivide(children)) return true;  // a leaf; not reached
  for (const S2Cell& child : children) {
    if (!collect(child, level, region, cells)) return false;
  }
  return true;
}

/// In radians and steradians.
struct Size {
  double length = 0;
  double area = 0;
};

/// Spares the search where it is sure to find too many: by the area of the shape and of what is
/// within the radius, and by the length (a geodesic crosses at least one cell per largest diagonal;
/// kSlack is for a line that runs over itself).
bool is_too_many(const Size& size, int level, double radius) {
  constexpr double kSlack = 2;
  const double reach = radius / kEarthRadius;
  const double around = std::max(2 * std::numbers::pi * (1 - std::cos(reach)),
                                 size.length * std::fmin(reach, 1) / kSlack);
  const double cells = std::max(std::max(size.area, around) / S2::kMaxArea.GetValue(level),
                                size.length / S2::kMaxDiag.GetValue(level) / kSlack);
  return cells > static_cast<double>(kMaxCells);
}

DynamicText covering(const S2ShapeIndex& index, const Size& size, std::int64_t level,
                     double radius) {
  if (level < 0 || level > S2CellId::kMaxLevel || !(radius >= 0 && radius <= kMaxRadius)) return {};
  if (is_too_many(size, static_cast<int>(level), radius)) return {};
  const S2ShapeIndexBufferedRegion region(&index, angle_of_metres(radius));
  std::vector<S2CellId> cells;
  for (int face = 0; face < 6; ++face) {
    if (!collect(S2Cell::FromFace(face), static_cast<int>(level), region, cells)) return {};
  }
  std::string json = "[";
  for (const S2CellId& cell : cells) {
    if (json.back() != '[') json += ',';
    json += '"';
    json += cell.ToToken();
    json += '"';
  }
  return {json += ']'};
}

DynamicText line_to_cells(DynamicView geojson, std::int64_t level, double radius) {
  const auto shape = read_lines(geojson);
  if (!shape) return {};
  Size size;
  for (const auto& line : shape->lines) size.length += line->GetLength().radians();
  return covering(shape->index, size, level, radius);
}
DynamicText polygon_to_cells(DynamicView geojson, std::int64_t level, double radius) {
  const auto polygon = read_polygon(geojson);
  if (!polygon) return {};
  return covering(polygon->index(), Size{.length = 0, .area = polygon->GetArea()}, level, radius);
}
DynamicText line_by_default(DynamicView geojson) {
  return line_to_cells(geojson, kDefaultLevel, 0);
}
DynamicText line_by_level(DynamicView geojson, std::int64_t level) {
  return line_to_cells(geojson, level, 0);
}
DynamicText polygon_by_default(DynamicView geojson) {
  return polygon_to_cells(geojson, kDefaultLevel, 0);
}
DynamicText polygon_by_level(DynamicView geojson, std::int64_t level) {
  return polygon_to_cells(geojson, level, 0);
}

constexpr Param kLineParams[]{
    {"lineString", "A GeoJSON LineString or MultiLineString."},
    {"level", "0 to 30; 11 if left out.", true},
    {"radius", "Metres around the line that are covered too; 0 if left out.", true}};
constexpr Param kPolygonParams[]{
    {"polygon", "A GeoJSON Polygon or MultiPolygon."},
    {"level", "0 to 30; 11 if left out.", true},
    {"radius", "Metres around the polygon that are covered too; 0 if left out.", true}};
constexpr FunctionDef kLine{
    .name = "geo_line_to_s2cells",
    .summary = "Returns the tokens of the S2 cells of one level that cover a line.",
    .params = kLineParams,
    .example =
        {R"(print geo_line_to_s2cells(dynamic({"type":"LineString","coordinates":[[1,1],[2,2]]}), 3))",
         R"(["104"])"},
    .overloads = rowwise<line_by_default, line_by_level, line_to_cells>};
constexpr FunctionDef kPolygon{
    .name = "geo_polygon_to_s2cells",
    .summary = "Returns the tokens of the S2 cells of one level that cover a polygon.",
    .params = kPolygonParams,
    .example =
        {R"(print array_length(geo_polygon_to_s2cells(dynamic({"type":"Polygon","coordinates":[[[0,0],[0,50],[100,50],[0,0]]]}), 5)))",
         "286"},
    .overloads = rowwise<polygon_by_default, polygon_by_level, polygon_to_cells>};

constexpr const FunctionDef* kScalars[]{&kLine, &kPolygon};

}  // namespace

extern constinit const FunctionTable kGeoS2Covering{"geo", kScalars};

}  // namespace quarry::kql::functions
