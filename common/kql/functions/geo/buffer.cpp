// geo_point_buffer(), geo_line_buffer() and geo_polygon_buffer(): the polygon of all points within
// a distance. Its arcs are chains of edges that stray from the true border by at most the
// tolerance. Null where an argument is invalid or the result is the whole Earth.
#include "common/kql/functions/geo/reshape.h"

#include <s2/s2buffer_operation.h>
#include <s2/s2builderutil_s2polygon_layer.h>

#include <cmath>

namespace quarry::kql::functions {
namespace {

constexpr double kDefaultTolerance = 10;  // metres
/// A quarter of the way around the Earth. The rim of a larger circle would be read back as that of
/// the smaller rest.
constexpr double kMaxRadius = kEarthRadius * 1.5707;

/// KQL: a tolerance below 0.0001 % of the radius or above the radius becomes that.
std::optional<S2BufferOperation::Options> options_for(double radius, double tolerance) {
  if (!(radius > 0 && radius <= kMaxRadius) || !(tolerance > 0)) return std::nullopt;
  S2BufferOperation::Options options{angle_of_metres(radius)};
  options.set_error_fraction(
      std::fmax(S2BufferOperation::Options::kMinErrorFraction, std::fmin(tolerance / radius, 1.0)));
  return options;
}

/// Null where an argument is invalid; `add` puts the shape in and says whether there is one.
template <class Add>
std::unique_ptr<S2Polygon> buffer(double radius, double tolerance, Add add) {
  const auto options = options_for(radius, tolerance);
  if (!options) return nullptr;
  auto polygon = std::make_unique<S2Polygon>();
  s2builderutil::S2PolygonLayer::Options layer;
  layer.set_validate(true);
  S2BufferOperation operation(std::make_unique<s2builderutil::S2PolygonLayer>(polygon.get(), layer),
                              *options);
  S2Error error;
  return add(operation) && operation.Build(&error) ? std::move(polygon) : nullptr;
}
template <class Add>
DynamicText buffer_json(double radius, double tolerance, Add add) {
  const auto polygon = buffer(radius, tolerance, add);
  return polygon ? DynamicText{polygon_json(*polygon)} : DynamicText{};
}

DynamicText point_buffer(double longitude, double latitude, double radius, double tolerance) {
  const auto point = read_point(longitude, latitude);
  if (!point) return {};
  return buffer_json(radius, tolerance, [&](S2BufferOperation& operation) {
    operation.AddPoint(*point);
    return true;
  });
}
DynamicText line_buffer(DynamicView geojson, double radius, double tolerance) {
  return buffer_json(radius, tolerance, [&](S2BufferOperation& operation) {
    const auto shape = read_lines(geojson);
    if (shape) operation.AddShapeIndex(shape->index);
    return shape != nullptr;
  });
}
DynamicText polygon_buffer(DynamicView geojson, double radius, double tolerance) {
  const auto polygon = read_polygon(geojson);
  const auto result = polygon ? buffered(*polygon, radius, tolerance) : nullptr;
  return result ? DynamicText{polygon_json(*result)} : DynamicText{};
}
DynamicText point_buffer_by_default(double longitude, double latitude, double radius) {
  return point_buffer(longitude, latitude, radius, kDefaultTolerance);
}
DynamicText line_buffer_by_default(DynamicView geojson, double radius) {
  return line_buffer(geojson, radius, kDefaultTolerance);
}
DynamicText polygon_buffer_by_default(DynamicView geojson, double radius) {
  return polygon_buffer(geojson, radius, kDefaultTolerance);
}

constexpr Param kPointParams[]{
    {"longitude", "-180 to 180 degrees."},
    {"latitude", "-90 to 90 degrees."},
    {"radius", "Metres."},
    {"tolerance", "How far the polygon may stray, in metres; 10 if left out.", true}};
constexpr Param kLineParams[]{
    {"lineString", "A GeoJSON LineString or MultiLineString."},
    {"radius", "Metres."},
    {"tolerance", "How far the polygon may stray, in metres; 10 if left out.", true}};
constexpr Param kPolygonParams[]{
    {"polygon", "A GeoJSON Polygon or MultiPolygon."},
    {"radius", "Metres."},
    {"tolerance", "How far the polygon may stray, in metres; 10 if left out.", true}};

constexpr FunctionDef kPoint{
    .name = "geo_point_buffer",
    .summary = "Returns a polygon around all points within a distance of a point.",
    .params = kPointParams,
    .example = {"print round(geo_polygon_area(geo_point_buffer(10, 50, 1000)) / 1e6, 1)", "3.1"},
    .overloads = rowwise<point_buffer_by_default, point_buffer>};
constexpr FunctionDef kLine{
    .name = "geo_line_buffer",
    .summary = "Returns a polygon around all points within a distance of a line.",
    .params = kLineParams,
    .example =
        {R"(print geo_point_in_polygon(1, 0.001, geo_line_buffer(dynamic({"type":"LineString","coordinates":[[0,0],[2,0]]}), 1000)))",
         "true"},
    .overloads = rowwise<line_buffer_by_default, line_buffer>};
constexpr FunctionDef kPolygon{
    .name = "geo_polygon_buffer",
    .summary = "Returns a polygon around all points within a distance of a polygon.",
    .params = kPolygonParams,
    .example =
        {R"(print geo_point_in_polygon(1, -0.001, geo_polygon_buffer(dynamic({"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[0,0]]]}), 1000)))",
         "true"},
    .overloads = rowwise<polygon_buffer_by_default, polygon_buffer>};

constexpr const FunctionDef* kScalars[]{&kPoint, &kLine, &kPolygon};

}  // namespace

std::unique_ptr<S2Polygon> buffered(const S2Polygon& polygon, double radius_metres,
                                    double tolerance_metres) {
  return buffer(radius_metres, tolerance_metres, [&](S2BufferOperation& operation) {
    operation.AddShapeIndex(polygon.index());
    return true;
  });
}

extern constinit const FunctionTable kGeoBuffer{"geo", kScalars};

}  // namespace quarry::kql::functions
