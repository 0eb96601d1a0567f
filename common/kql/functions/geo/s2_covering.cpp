// geo_line_to_s2cells() and geo_polygon_to_s2cells(): the S2 cells of one level that cover a shape, optionally with all points within
// a radius. Null where an argument is invalid or there would be more than 65,536 cells; that is estimated first, as a small cell's
// level on a large shape would otherwise run for hours.
#include <s2/s2metrics.h>
#include <s2/s2region_coverer.h>
#include <s2/s2shape_index_buffered_region.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "common/kql/functions/geo/shapes.h"

namespace quarry::kql::functions {
namespace {

constexpr std::int64_t kDefaultLevel = 11;
constexpr std::size_t kMaxCells = 65'536;
constexpr double kMaxRadius = kEarthRadius * std::numbers::pi;

/// In radians and steradians.
struct Size {
  double length = 0;
  double area = 0;
};

/// Whether the shape is sure to take up too many cells of the level: by the area of it and of what is within the radius, and by its
/// length (a geodesic crosses at least one cell per largest diagonal; a line may fold back on itself, which kSlack allows for).
bool is_too_many(const Size& size, int level, double radius) {
  constexpr double kSlack = 8;
  const double reach = radius / kEarthRadius;
  const double around = std::max(2 * std::numbers::pi * (1 - std::cos(reach)), size.length * reach / kSlack);
  const double area = std::max(size.area, around);
  const double cells = std::max(area / S2::kMaxArea.GetValue(level), size.length / S2::kMaxDiag.GetValue(level) / kSlack);
  return cells > static_cast<double>(kMaxCells);
}

DynamicText covering(const S2ShapeIndex& index, const Size& size, std::int64_t level, double radius) {
  if (level < 0 || level > S2CellId::kMaxLevel || !(radius >= 0 && radius <= kMaxRadius)) return {};
  if (is_too_many(size, static_cast<int>(level), radius)) return {};
  S2RegionCoverer::Options options;
  options.set_fixed_level(static_cast<int>(level));
  S2RegionCoverer coverer(options);
  const S2ShapeIndexBufferedRegion region(&index, angle_of_metres(radius));
  std::vector<S2CellId> cells;
  coverer.GetCovering(region, &cells);
  if (cells.size() > kMaxCells) return {};
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
DynamicText line_by_default(DynamicView geojson) { return line_to_cells(geojson, kDefaultLevel, 0); }
DynamicText line_by_level(DynamicView geojson, std::int64_t level) { return line_to_cells(geojson, level, 0); }
DynamicText polygon_by_default(DynamicView geojson) { return polygon_to_cells(geojson, kDefaultLevel, 0); }
DynamicText polygon_by_level(DynamicView geojson, std::int64_t level) { return polygon_to_cells(geojson, level, 0); }

constexpr Param kLineParams[]{{"lineString", "A GeoJSON LineString or MultiLineString."},
                              {"level", "0 to 30; 11 if left out.", true},
                              {"radius", "Metres around the line that are covered too; 0 if left out.", true}};
constexpr Param kPolygonParams[]{{"polygon", "A GeoJSON Polygon or MultiPolygon."},
                                 {"level", "0 to 30; 11 if left out.", true},
                                 {"radius", "Metres around the polygon that are covered too; 0 if left out.", true}};
constexpr FunctionDef kLine{.name = "geo_line_to_s2cells",
                            .summary = "Returns the tokens of the S2 cells of one level that cover a line.",
                            .params = kLineParams,
                            .example = {R"(print geo_line_to_s2cells(dynamic({"type":"LineString","coordinates":[[1,1],[2,2]]}), 3))", R"(["104"])"},
                            .overloads = rowwise<line_by_default, line_by_level, line_to_cells>};
constexpr FunctionDef kPolygon{.name = "geo_polygon_to_s2cells",
                               .summary = "Returns the tokens of the S2 cells of one level that cover a polygon.",
                               .params = kPolygonParams,
                               .example = {R"(print array_length(geo_polygon_to_s2cells(dynamic({"type":"Polygon","coordinates":[[[0,0],[0,50],[100,50],[0,0]]]}), 5)))", "286"},
                               .overloads = rowwise<polygon_by_default, polygon_by_level, polygon_to_cells>};

constexpr const FunctionDef* kScalars[]{&kLine, &kPolygon};

}  // namespace

extern constinit const FunctionTable kGeoS2Covering{"geo", kScalars};

}  // namespace quarry::kql::functions
