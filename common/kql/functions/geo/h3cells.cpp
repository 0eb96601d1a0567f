// geo_point_to_h3cell() and geo_h3cell_*(): cells of the H3 grid by their tokens. Null, or "" where
// the result is text, for what is no cell, place or resolution.
#include "common/kql/functions/geo/h3_grid.h"
#include "common/kql/functions/geo/shapes.h"

#include <algorithm>

namespace quarry::kql::functions {
namespace {

constexpr std::int64_t kDefaultResolution = 6;
constexpr std::int64_t kMaxDescent = 5;
constexpr std::int64_t kMaxRings = 142;

bool is_resolution(std::int64_t value) { return value >= 0 && value <= h3::kMaxResolution; }

void append_tokens(std::string& json, const std::vector<h3::Cell>& cells) {
  json += '[';
  for (const h3::Cell cell : cells) {
    if (json.back() != '[') json += ',';
    json += '"';
    json += h3::to_token(cell);
    json += '"';
  }
  json += ']';
}
DynamicText tokens_json(const std::vector<h3::Cell>& cells) {
  std::string json;
  append_tokens(json, cells);
  return {std::move(json)};
}

/// KQL: a resolution that is null gives "", not the default.
std::string geo_point_to_h3cell(double longitude, double latitude,
                                std::optional<std::int64_t> resolution) {
  const auto point = read_point(longitude, latitude);
  if (!point || !resolution || !is_resolution(*resolution)) return {};
  return h3::to_token(h3::cell_at(*point, static_cast<int>(*resolution)));
}
std::string with_default_resolution(double longitude, double latitude) {
  return geo_point_to_h3cell(longitude, latitude, kDefaultResolution);
}

std::optional<std::int32_t> geo_h3cell_level(std::string_view token) {
  const auto cell = h3::parse(token);
  return cell ? std::optional(h3::resolution_of(*cell)) : std::nullopt;
}

std::string parent_at(std::string_view token, std::optional<std::int64_t> resolution) {
  const auto cell = h3::parse(token);
  if (!cell || !resolution || *resolution < 0 || *resolution > h3::resolution_of(*cell)) return {};
  return h3::to_token(h3::parent_of(*cell, static_cast<int>(*resolution)));
}
std::string geo_h3cell_parent(std::string_view token) {
  const auto level = geo_h3cell_level(token);
  return level ? parent_at(token, *level - 1) : std::string();
}

DynamicText children_at(std::string_view token, std::int64_t resolution) {
  const auto cell = h3::parse(token);
  if (!cell || !is_resolution(resolution)) return {};
  const std::int64_t steps = resolution - h3::resolution_of(*cell);
  if (steps < 0 || steps > kMaxDescent) return {};
  std::vector<h3::Cell> cells{*cell};
  for (std::int64_t step = 0; step < steps; ++step) {
    std::vector<h3::Cell> finer;
    for (const h3::Cell parent : cells)
      std::ranges::copy(h3::children_of(parent), std::back_inserter(finer));
    cells = std::move(finer);
  }
  return tokens_json(cells);
}
DynamicText geo_h3cell_children(std::string_view token) {
  const auto level = geo_h3cell_level(token);
  return level ? children_at(token, *level + 1) : DynamicText{};
}

DynamicText geo_h3cell_neighbors(std::string_view token) {
  const auto cell = h3::parse(token);
  return cell ? tokens_json(h3::neighbors_of(*cell)) : DynamicText{};
}

/// Each ring is what is next to the one before and in neither that nor the one before it.
DynamicText geo_h3cell_rings(std::string_view token, std::int64_t distance) {
  const auto cell = h3::parse(token);
  if (!cell || distance < 0 || distance > kMaxRings) return {};
  std::string json = "[";
  std::vector<h3::Cell> before;
  std::vector<h3::Cell> ring{*cell};  // sorted, as the others are
  for (std::int64_t i = 0; i <= distance && !ring.empty(); ++i) {
    if (i > 0) json += ',';
    append_tokens(json, ring);
    if (i == distance) break;
    std::vector<h3::Cell> next;
    for (const h3::Cell member : ring)
      std::ranges::copy(h3::neighbors_of(member), std::back_inserter(next));
    std::ranges::sort(next);
    next.erase(std::ranges::unique(next).begin(), next.end());
    std::erase_if(next, [&](h3::Cell member) {
      return std::ranges::binary_search(ring, member) || std::ranges::binary_search(before, member);
    });
    before = std::move(ring);
    ring = std::move(next);
  }
  return {json += ']'};
}

DynamicText geo_h3cell_to_central_point(std::string_view token) {
  const auto cell = h3::parse(token);
  return cell ? DynamicText{point_json(h3::center_of(*cell))} : DynamicText{};
}

DynamicText geo_h3cell_to_polygon(std::string_view token) {
  const auto cell = h3::parse(token);
  if (!cell) return {};
  std::vector<S2Point> ring = h3::boundary_of(*cell);
  ring.push_back(ring.front());
  std::string json = R"({"type":"Polygon","coordinates":[)";
  append_positions(json, ring);
  return {json += "]}"};
}

constexpr Param kPointParams[]{{"longitude", "-180 to 180 degrees."},
                               {"latitude", "-90 to 90 degrees."},
                               {"resolution", "0 to 15; 6 if left out.", true}};
constexpr Param kCell[]{{"h3cell", "A token of an H3 cell."}};
constexpr Param kParentParams[]{
    {"h3cell", "A token of an H3 cell."},
    {"resolution", "0 to the cell's; one less than that if left out.", true}};
constexpr Param kChildrenParams[]{
    {"h3cell", "A token of an H3 cell."},
    {"resolution", "The cell's to five more; one more if left out.", true}};
constexpr Param kRingsParams[]{{"h3cell", "A token of an H3 cell."},
                               {"distance", "How many rings around the cell, 0 to 142."}};

constexpr FunctionDef kFromPoint{
    .name = "geo_point_to_h3cell",
    .summary = "Returns the token of the H3 cell that a point is in; \"\" where the point is none.",
    .params = kPointParams,
    .example = {"print geo_point_to_h3cell(-80.195829, 25.802215, 8)", "8844a110dbfffff"},
    .overloads = rowwise<with_default_resolution, geo_point_to_h3cell>};
constexpr FunctionDef kLevel{.name = "geo_h3cell_level",
                             .summary = "Returns the resolution of an H3 cell.",
                             .params = kCell,
                             .example = {R"(print geo_h3cell_level("862a1072fffffff"))", "6"},
                             .overloads = rowwise<geo_h3cell_level>};
constexpr FunctionDef kParent{
    .name = "geo_h3cell_parent",
    .summary = "Returns the H3 cell of a coarser resolution that a cell belongs to.",
    .params = kParentParams,
    .example = {R"(print geo_h3cell_parent("862a1072fffffff"))", "852a1073fffffff"},
    .overloads = rowwise<geo_h3cell_parent, parent_at>};
constexpr FunctionDef kChildren{
    .name = "geo_h3cell_children",
    .summary = "Returns the H3 cells of a finer resolution that belong to a cell.",
    .params = kChildrenParams,
    .example = {R"(print geo_h3cell_children("862a1072fffffff")[0])", "872a10728ffffff"},
    .overloads = rowwise<geo_h3cell_children, children_at>};
constexpr FunctionDef kNeighbors{
    .name = "geo_h3cell_neighbors",
    .summary = "Returns the H3 cells that share an edge with a cell.",
    .params = kCell,
    .example = {R"(print array_length(geo_h3cell_neighbors("862a1072fffffff")))", "6"},
    .overloads = rowwise<geo_h3cell_neighbors>};
constexpr FunctionDef kRings{
    .name = "geo_h3cell_rings",
    .summary =
        "Returns the rings of H3 cells around a cell, an array each; the first is the cell alone.",
    .params = kRingsParams,
    .example = {R"(print array_length(geo_h3cell_rings("861f8894fffffff", 2)[2]))", "12"},
    .overloads = rowwise<geo_h3cell_rings>};
constexpr FunctionDef kCenter{
    .name = "geo_h3cell_to_central_point",
    .summary = "Returns the middle of an H3 cell as a GeoJSON point.",
    .params = kCell,
    .example =
        {R"(print round(toreal(geo_h3cell_to_central_point("862a1072fffffff").coordinates[0]), 6))",
         "-74.016008"},
    .overloads = rowwise<geo_h3cell_to_central_point>};
constexpr FunctionDef kPolygon{
    .name = "geo_h3cell_to_polygon",
    .summary = "Returns an H3 cell as a GeoJSON polygon.",
    .params = kCell,
    .example = {R"(print array_length(geo_h3cell_to_polygon("862a1072fffffff").coordinates[0]))",
                "7"},
    .overloads = rowwise<geo_h3cell_to_polygon>};

constexpr const FunctionDef* kScalars[]{&kFromPoint, &kLevel, &kParent, &kChildren,
                                        &kNeighbors, &kRings, &kCenter, &kPolygon};

}  // namespace

extern constinit const FunctionTable kGeoH3Cells{"geo", kScalars};

}  // namespace quarry::kql::functions
