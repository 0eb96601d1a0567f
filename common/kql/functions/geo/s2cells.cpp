// geo_point_to_s2cell(), geo_s2cell_to_central_point(), geo_s2cell_to_polygon(),
// geo_s2cell_neighbors(): cells of the S2 grid, written as tokens (hexadecimal without the zeros at
// the end). Null, or "" where the result is text, for what is no cell or place.
#include "common/kql/functions/geo/shapes.h"

#include <s2/s2cell.h>
#include <s2/s2cell_id.h>

namespace quarry::kql::functions {
namespace {

constexpr std::int64_t kDefaultLevel = 11;

std::string point_to_cell(double longitude, double latitude, std::int64_t level) {
  const auto point = read_point(longitude, latitude);
  if (!point || level < 0 || level > S2CellId::kMaxLevel) return {};
  return S2CellId(*point).parent(static_cast<int>(level)).ToToken();
}
/// KQL: a level that is null gives "", not the default.
std::string geo_point_to_s2cell(double longitude, double latitude,
                                std::optional<std::int64_t> level) {
  return point_to_cell(longitude, latitude, level.value_or(-1));
}
std::string with_default_level(double longitude, double latitude) {
  return point_to_cell(longitude, latitude, kDefaultLevel);
}

std::optional<S2CellId> read_cell(std::string_view token) {
  if (token.empty() || token.size() > 16) return std::nullopt;
  const S2CellId cell = S2CellId::FromToken(std::string(token));
  return cell.is_valid() ? std::optional(cell) : std::nullopt;
}

DynamicText geo_s2cell_to_central_point(std::string_view token) {
  const auto cell = read_cell(token);
  return cell ? DynamicText{point_json(cell->ToPoint())} : DynamicText{};
}

DynamicText geo_s2cell_to_polygon(std::string_view token) {
  const auto id = read_cell(token);
  if (!id) return {};
  const S2Cell cell(*id);
  std::string json = R"({"type":"Polygon","coordinates":[)";
  append_positions(json, {cell.GetVertex(0), cell.GetVertex(1), cell.GetVertex(2),
                          cell.GetVertex(3), cell.GetVertex(0)});
  return {json += "]}"};
}

/// The cells of the same level that share an edge or a corner: eight, seven at a corner of the
/// cube. A face of the cube has four.
DynamicText geo_s2cell_neighbors(std::string_view token) {
  const auto cell = read_cell(token);
  if (!cell) return {};
  std::vector<S2CellId> neighbors;
  if (cell->is_face()) {
    S2CellId edges[4];
    cell->GetEdgeNeighbors(edges);
    neighbors.assign(std::begin(edges), std::end(edges));
  } else {
    cell->AppendAllNeighbors(cell->level(), &neighbors);
  }
  std::string json = "[";
  for (const S2CellId& neighbor : neighbors) {
    if (json.back() != '[') json += ',';
    json += '"';
    json += neighbor.ToToken();
    json += '"';
  }
  return {json += ']'};
}

constexpr Param kPointParams[]{{"longitude", "-180 to 180 degrees."},
                               {"latitude", "-90 to 90 degrees."},
                               {"level", "0 to 30; 11 if left out.", true}};
constexpr Param kCellParams[]{{"s2cell", "A token of an S2 cell."}};
constexpr FunctionDef kFromPoint{
    .name = "geo_point_to_s2cell",
    .summary = "Returns the token of the S2 cell that a point is in; \"\" where the point is none.",
    .params = kPointParams,
    .example = {"print geo_point_to_s2cell(-80.195829, 25.802215, 8)", "88d9b"},
    .overloads = rowwise<with_default_level, geo_point_to_s2cell>};
constexpr FunctionDef kCenter{.name = "geo_s2cell_to_central_point",
                              .summary = "Returns the middle of an S2 cell as a GeoJSON point.",
                              .params = kCellParams,
                              .example = {R"(print geo_s2cell_to_central_point("1"))",
                                          R"({"type":"Point","coordinates":[0.0,0.0]})"},
                              .overloads = rowwise<geo_s2cell_to_central_point>};
constexpr FunctionDef kPolygon{
    .name = "geo_s2cell_to_polygon",
    .summary = "Returns an S2 cell as a GeoJSON polygon.",
    .params = kCellParams,
    .example = {R"(print array_length(geo_s2cell_to_polygon("89c259").coordinates[0]))", "5"},
    .overloads = rowwise<geo_s2cell_to_polygon>};
constexpr FunctionDef kNeighbors{
    .name = "geo_s2cell_neighbors",
    .summary = "Returns the tokens of the S2 cells around one, of the same level.",
    .params = kCellParams,
    .example = {R"(print array_length(geo_s2cell_neighbors("89c259")))", "8"},
    .overloads = rowwise<geo_s2cell_neighbors>};

constexpr const FunctionDef* kScalars[]{&kFromPoint, &kCenter, &kPolygon, &kNeighbors};

}  // namespace

extern constinit const FunctionTable kGeoS2Cells{"geo", kScalars};

}  // namespace quarry::kql::functions
