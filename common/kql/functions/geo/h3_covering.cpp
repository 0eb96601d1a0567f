// geo_polygon_to_h3cells(): the H3 cells of one resolution whose middles are inside a polygon. KQL:
// here edges are straight on a map of longitude and latitude. Null where an argument is invalid or
// there would be more than 61,680 cells.
#include "common/kql/functions/geo/h3_grid.h"
#include "common/kql/functions/geo/reshape.h"

#include <cmath>
#include <numbers>

namespace quarry::kql::functions {
namespace {

constexpr std::int64_t kDefaultResolution = 6;
constexpr std::size_t kMaxCells = 61'680;
constexpr double kEdgeTolerance = 1;     // metres
constexpr double kBufferTolerance = 10;  // metres

/// How far the middles of a cell's descendants can be from its own, in radians: a sum of steps,
/// each the square root of 7 shorter. At resolution 0 neighbours are at most 0.37 apart.
double reach(int resolution) { return 0.25 / std::pow(7, resolution / 2.0); }

/// By the area: cells differ in size by less than a factor of 3.
bool is_too_many(const S2Polygon& polygon, int resolution) {
  const double cells = 2 + 120 * std::pow(7, resolution);
  return polygon.GetArea() / (4 * std::numbers::pi) * cells / 3 > static_cast<double>(kMaxCells);
}

/// Descends where the polygon may hold a middle. False where there are too many.
bool collect(h3::Cell cell, int resolution, const S2Polygon& polygon,
             std::vector<h3::Cell>& cells) {
  const S2Point center = h3::center_of(cell);
  const int own = h3::resolution_of(cell);
  if (own == resolution) {
    if (polygon.Contains(center)) cells.push_back(cell);
    return cells.size() <= kMaxCells;
  }
  if (polygon.GetDistance(center).radians() > reach(own)) return true;
  for (const h3::Cell child : h3::children_of(cell)) {
    if (!collect(child, resolution, polygon, cells)) return false;
  }
  return true;
}

DynamicText polygon_to_cells(DynamicView geojson, std::int64_t resolution, double radius) {
  const auto given = read_polygon(geojson);
  if (!given || resolution < 0 || resolution > h3::kMaxResolution || !(radius >= 0)) return {};
  const auto enlarged = radius > 0 ? buffered(*given, radius, kBufferTolerance) : nullptr;
  if (radius > 0 && !enlarged) return {};
  const auto polygon = densified(enlarged ? *enlarged : *given, kEdgeTolerance, true);
  if (!polygon || is_too_many(*polygon, static_cast<int>(resolution))) return {};
  std::vector<h3::Cell> cells;
  for (int base = 0; base < h3::kBaseCells; ++base) {
    if (!collect(h3::base_cell(base), static_cast<int>(resolution), *polygon, cells)) return {};
  }
  std::string json = "[";
  for (const h3::Cell cell : cells) {
    if (json.back() != '[') json += ',';
    json += '"';
    json += h3::to_token(cell);
    json += '"';
  }
  return {json += ']'};
}
DynamicText by_default(DynamicView geojson) {
  return polygon_to_cells(geojson, kDefaultResolution, 0);
}
DynamicText by_resolution(DynamicView geojson, std::int64_t resolution) {
  return polygon_to_cells(geojson, resolution, 0);
}

constexpr Param kParams[]{
    {"polygon", "A GeoJSON Polygon or MultiPolygon."},
    {"resolution", "0 to 15; 6 if left out.", true},
    {"radius", "Metres that the polygon is enlarged by; 0 if left out.", true}};
constexpr FunctionDef kPolygon{
    .name = "geo_polygon_to_h3cells",
    .summary =
        "Returns the tokens of the H3 cells of one resolution whose middles are in a polygon.",
    .params = kParams,
    .example =
        {R"(print array_length(geo_polygon_to_h3cells(dynamic({"type":"Polygon","coordinates":[[[-3.659,40.553],[-3.913,40.409],[-3.729,40.273],[-3.524,40.440],[-3.659,40.553]]]}))))",
         "13"},
    .overloads = rowwise<by_default, by_resolution, polygon_to_cells>};

constexpr const FunctionDef* kScalars[]{&kPolygon};

}  // namespace

extern constinit const FunctionTable kGeoH3Covering{"geo", kScalars};

}  // namespace quarry::kql::functions
