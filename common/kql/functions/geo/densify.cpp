// geo_line_densify() and geo_polygon_densify(): adds points to edges that are meant as straight
// lines on a map of longitude and latitude, so that the geodesics between them stray from those by
// at most the tolerance. Null where an argument is invalid.
#include "common/kql/functions/geo/reshape.h"

#include <s2/s2edge_tessellator.h>
#include <s2/s2projections.h>

#include <cmath>

namespace quarry::kql::functions {
namespace {

constexpr double kDefaultTolerance = 10;  // metres
constexpr double kMinTolerance = 0.1;
constexpr double kMaxTolerance = 10'000;
constexpr std::size_t kMaxPoints = 10'485'760;

/// Longitude and latitude in degrees as a flat map. Longitudes beyond 180 degrees are let be: a
/// line may run around the Earth.
class FlatMap final : public S2::Projection {
 public:
  /// A map that wraps takes the short way over the antimeridian, one that does not stays on the
  /// map.
  explicit FlatMap(bool wraps) : wraps_(wraps) {}

  R2Point Project(const S2Point& point) const override { return FromLatLng(S2LatLng(point)); }
  S2Point Unproject(const R2Point& point) const override { return ToLatLng(point).ToPoint(); }
  R2Point FromLatLng(const S2LatLng& place) const override {
    return {place.lng().degrees(), place.lat().degrees()};
  }
  S2LatLng ToLatLng(const R2Point& point) const override {
    return S2LatLng::FromDegrees(std::fmax(-90, std::fmin(point.y(), 90)),
                                 std::remainder(point.x(), 360));
  }
  R2Point wrap_distance() const override { return {wraps_ ? 360.0 : 0.0, 0.0}; }

 private:
  bool wraps_;
};

bool is_tolerance(double metres) { return metres >= kMinTolerance && metres <= kMaxTolerance; }

/// KQL: here, and only here, a longitude may go around the Earth once more; the line then is cut at
/// the antimeridian.
std::optional<R2Point> read_map_point(const DynamicView& position) {
  const auto longitude = position.element(0).as_real();
  const auto latitude = position.element(1).as_real();
  if (!longitude || !latitude || !(std::fabs(*longitude) <= 360 && std::fabs(*latitude) <= 90))
    return std::nullopt;
  return R2Point(*longitude, *latitude);
}

/// Empty where the array is no line.
std::vector<S2Point> densified_line(const DynamicView& array,
                                    const S2EdgeTessellator& tessellator) {
  std::vector<S2Point> points;
  std::optional<R2Point> last;
  ArrayCursor cursor(array);
  for (DynamicView position; cursor.next(position);) {
    const auto next = read_map_point(position);
    if (!next || (last && *last == *next)) return {};
    if (last) tessellator.AppendUnprojected(*last, *next, &points);
    if (points.size() > kMaxPoints) return {};
    last = next;
  }
  return points;
}

/// Where the geodesic from `a` to `b` crosses the antimeridian.
double crossing_latitude(const S2Point& a, const S2Point& b) {
  const S2Point normal = a.CrossProd(b);
  const S2Point crossing = normal.CrossProd(S2Point(0, 1, 0));
  const double latitude = S2LatLng(crossing).lat().degrees();
  return crossing.x() <= 0 ? latitude : -latitude;
}

/// Appends a line, cut where it crosses the antimeridian. Returns how many pieces it became.
std::size_t append_cut(std::string& json, const std::vector<S2Point>& points) {
  constexpr double kNearly180 = 179.999999999999;  // as Kusto writes the ends of the pieces
  std::size_t pieces = 1;
  json += '[';
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double longitude = S2LatLng(points[i]).lng().degrees();
    const double previous = i == 0 ? longitude : S2LatLng(points[i - 1]).lng().degrees();
    if (std::fabs(longitude - previous) > 180 && std::fabs(longitude) < 180 &&
        std::fabs(previous) < 180) {
      const double latitude = crossing_latitude(points[i - 1], points[i]);
      json += ',';
      append_position(json, std::copysign(kNearly180, previous), latitude);
      json += "],[";
      append_position(json, std::copysign(kNearly180, longitude), latitude);
      ++pieces;
    }
    if (json.back() != '[') json += ',';
    append_position(json, points[i]);
  }
  json += ']';
  return pieces;
}

DynamicText line_densify(DynamicView geojson, double tolerance, bool preserve_crossing) {
  std::string scratch;
  const std::string_view type = geojson.member("type").as_string(scratch).value_or("");
  const bool several = type == "MultiLineString";
  if (!is_tolerance(tolerance) || (type != "LineString" && !several)) return {};
  const FlatMap map(preserve_crossing);
  const S2EdgeTessellator tessellator(&map, angle_of_metres(tolerance));
  std::string pieces;
  std::size_t count = 0;
  const auto append = [&](const DynamicView& coordinates) {
    const std::vector<S2Point> points = densified_line(coordinates, tessellator);
    if (points.size() < 2) return false;
    if (count > 0) pieces += ',';
    if (preserve_crossing) append_positions(pieces, points);
    count += preserve_crossing ? 1 : append_cut(pieces, points);
    return true;
  };
  const DynamicView coordinates = geojson.member("coordinates");
  if (!several && !append(coordinates)) return {};
  ArrayCursor cursor(coordinates);
  for (DynamicView line; several && cursor.next(line);) {
    if (!append(line)) return {};
  }
  if (count == 0) return {};
  return {count > 1 ? R"({"type":"MultiLineString","coordinates":[)" + pieces + "]}"
                    : R"({"type":"LineString","coordinates":)" + pieces + "}"};
}

std::unique_ptr<S2Loop> densified_loop(const S2Loop& loop, const FlatMap& map,
                                       const S2EdgeTessellator& tessellator) {
  std::vector<S2Point> points;
  for (int i = 0; i < loop.num_vertices(); ++i) {
    tessellator.AppendUnprojected(map.Project(loop.vertex(i)), map.Project(loop.vertex(i + 1)),
                                  &points);
    if (points.size() > kMaxPoints) return nullptr;
  }
  points.pop_back();
  return std::make_unique<S2Loop>(points, S2Debug::DISABLE);
}

/// KQL: the result may have become an invalid polygon, as new points can make edges cross; it is
/// given back all the same.
DynamicText polygon_densify(DynamicView geojson, double tolerance, bool preserve_crossing) {
  const auto polygon = is_tolerance(tolerance) ? read_polygon(geojson) : nullptr;
  const auto result = polygon ? densified(*polygon, tolerance, preserve_crossing) : nullptr;
  return result ? DynamicText{polygon_json(*result)} : DynamicText{};
}

DynamicText line_by_number(DynamicView geojson, double tolerance, std::int64_t preserve) {
  return line_densify(geojson, tolerance, preserve != 0);
}
DynamicText polygon_by_number(DynamicView geojson, double tolerance, std::int64_t preserve) {
  return polygon_densify(geojson, tolerance, preserve != 0);
}
DynamicText line_by_default(DynamicView geojson) {
  return line_densify(geojson, kDefaultTolerance, false);
}
DynamicText line_by_tolerance(DynamicView geojson, double tolerance) {
  return line_densify(geojson, tolerance, false);
}
DynamicText polygon_by_default(DynamicView geojson) {
  return polygon_densify(geojson, kDefaultTolerance, false);
}
DynamicText polygon_by_tolerance(DynamicView geojson, double tolerance) {
  return polygon_densify(geojson, tolerance, false);
}

constexpr Param kLineParams[]{
    {"lineString", "A GeoJSON LineString or MultiLineString."},
    {"tolerance", "Metres, 0.1 to 10000; 10 if left out.", true},
    {"preserve_crossing",
     "Whether edges may take the short way over the antimeridian; false if left out.", true}};
constexpr Param kPolygonParams[]{
    {"polygon", "A GeoJSON Polygon or MultiPolygon."},
    {"tolerance", "Metres, 0.1 to 10000; 10 if left out.", true},
    {"preserve_crossing",
     "Whether edges may take the short way over the antimeridian; false if left out.", true}};
constexpr FunctionDef kLine{
    .name = "geo_line_densify",
    .summary = "Adds points to a line that is straight on a map, so that its geodesics follow it.",
    .params = kLineParams,
    .example =
        {R"(print array_length(geo_line_densify(dynamic({"type":"LineString","coordinates":[[50,50],[51,51]]})).coordinates))",
         "9"},
    .overloads = rowwise<line_by_default, line_by_tolerance, line_densify, line_by_number>};
constexpr FunctionDef kPolygon{
    .name = "geo_polygon_densify",
    .summary =
        "Adds points to a polygon whose edges are straight on a map, so that its geodesics follow "
        "them.",
    .params = kPolygonParams,
    .example =
        {R"(print array_length(geo_polygon_densify(dynamic({"type":"Polygon","coordinates":[[[10,10],[11,10],[11,11],[10,11],[10,10]]]})).coordinates[0]))",
         "11"},
    .overloads =
        rowwise<polygon_by_default, polygon_by_tolerance, polygon_densify, polygon_by_number>};

constexpr const FunctionDef* kScalars[]{&kLine, &kPolygon};

}  // namespace

std::unique_ptr<S2Polygon> densified(const S2Polygon& polygon, double tolerance_metres,
                                     bool wraps) {
  const FlatMap map(wraps);
  const S2EdgeTessellator tessellator(&map, angle_of_metres(tolerance_metres));
  std::vector<std::unique_ptr<S2Loop>> loops;
  for (int i = 0; i < polygon.num_loops(); ++i) {
    auto loop = densified_loop(*polygon.loop(i), map, tessellator);
    if (!loop) return nullptr;
    loops.push_back(std::move(loop));
  }
  auto result = std::make_unique<S2Polygon>();
  result->set_s2debug_override(S2Debug::DISABLE);
  result->InitNested(std::move(loops));
  return result;
}

extern constinit const FunctionTable kGeoDensify{"geo", kScalars};

}  // namespace quarry::kql::functions
