#include "common/kql/functions/geo/shapes.h"

#include "common/base/text.h"

#include <s2/s2boolean_operation.h>
#include <s2/s2builderutil_s2polygon_layer.h>
#include <s2/s2builderutil_snap_functions.h>
#include <s2/s2edge_crossings.h>

#include <array>
#include <queue>

namespace quarry::kql::functions {
namespace {

std::optional<S2Point> read_position(const DynamicView& position) {
  const auto longitude = position.element(0).as_real();
  const auto latitude = position.element(1).as_real();
  return longitude && latitude ? read_point(*longitude, *latitude) : std::nullopt;
}

/// Empty where one position is none.
std::vector<S2Point> read_positions(const DynamicView& array) {
  std::vector<S2Point> points;
  ArrayCursor cursor(array);
  for (DynamicView position; cursor.next(position);) {
    const auto point = read_position(position);
    if (!point) return {};
    points.push_back(*point);
  }
  return points;
}

/// The elements of an array that is a list of shapes, or the one shape itself.
std::vector<DynamicView> parts(const DynamicView& geojson, std::string_view one,
                               std::string_view several) {
  std::string scratch;
  const auto type = geojson.member("type").as_string(scratch);
  const DynamicView coordinates = geojson.member("coordinates");
  if (!type || coordinates.kind() != DynamicKind::kArray) return {};
  if (*type == one) return {coordinates};
  if (*type != several) return {};
  std::vector<DynamicView> elements;
  ArrayCursor cursor(coordinates);
  for (DynamicView element; cursor.next(element);) elements.push_back(element);
  return elements;
}

std::unique_ptr<LineShape> parse_lines(const DynamicView& geojson) {
  auto shape = std::make_unique<LineShape>();
  for (const DynamicView& part : parts(geojson, "LineString", "MultiLineString")) {
    const std::vector<S2Point> points = read_positions(part);
    if (points.size() < 2) return nullptr;
    auto line = std::make_unique<S2Polyline>(points, S2Debug::DISABLE);
    S2Error error;
    if (line->FindValidationError(&error)) return nullptr;
    shape->lines.push_back(std::move(line));
  }
  if (shape->lines.empty()) return nullptr;
  for (const auto& line : shape->lines)
    shape->index.Add(std::make_unique<S2Polyline::Shape>(line.get()));
  return shape;
}

std::unique_ptr<S2Loop> parse_ring(const DynamicView& array) {
  std::vector<S2Point> points = read_positions(array);
  if (points.size() < 4 || points.front() != points.back()) return nullptr;
  points.pop_back();
  auto loop = std::make_unique<S2Loop>(points, S2Debug::DISABLE);
  S2Error error;
  if (loop->FindValidationError(&error)) return nullptr;
  loop->Normalize();
  return loop;
}

std::unique_ptr<S2Polygon> parse_one_polygon(const DynamicView& rings) {
  std::vector<std::unique_ptr<S2Loop>> loops;
  ArrayCursor cursor(rings);
  for (DynamicView ring; cursor.next(ring);) {
    auto loop = parse_ring(ring);
    if (!loop) return nullptr;
    loops.push_back(std::move(loop));
  }
  if (loops.empty()) return nullptr;
  auto polygon = std::make_unique<S2Polygon>();
  polygon->set_s2debug_override(S2Debug::DISABLE);
  polygon->InitNested(std::move(loops));
  S2Error error;
  if (polygon->FindValidationError(&error)) return nullptr;
  return polygon;
}

/// The last two shapes of a kind that were read: functions of two shapes have two constants.
template <class T>
class Recent {
 public:
  template <class Parse>
  std::shared_ptr<const T> get(std::string_view json, Parse parse) {
    for (const Entry& entry : entries_) {
      if (entry.known && entry.json == json) return entry.shape;
    }
    Entry& entry = entries_[next_];
    next_ = 1 - next_;
    entry.json = json;
    entry.shape = parse();
    entry.known = true;
    return entry.shape;
  }

 private:
  struct Entry {
    std::string json;
    std::shared_ptr<const T> shape;  // null: no valid shape
    bool known = false;
  };
  std::array<Entry, 2> entries_;
  std::size_t next_ = 0;
};

}  // namespace

std::optional<S2Point> read_point(double longitude, double latitude) {
  if (!is_place(longitude, latitude)) return std::nullopt;
  return S2LatLng::FromDegrees(latitude, longitude).ToPoint();
}

std::shared_ptr<const LineShape> read_lines(const DynamicView& geojson) {
  thread_local Recent<LineShape> recent;
  return recent.get(geojson.json(), [&] { return parse_lines(geojson); });
}

std::shared_ptr<const S2Polygon> read_polygon(const DynamicView& geojson) {
  thread_local Recent<S2Polygon> recent;
  return recent.get(geojson.json(), [&] { return read_new_polygon(geojson); });
}

std::unique_ptr<S2Polygon> read_new_polygon(const DynamicView& geojson) {
  std::vector<std::unique_ptr<S2Polygon>> polygons;
  for (const DynamicView& part : parts(geojson, "Polygon", "MultiPolygon")) {
    auto polygon = parse_one_polygon(part);
    if (!polygon) return nullptr;
    polygons.push_back(std::move(polygon));
  }
  return unite(std::move(polygons));
}

/// Smallest first, as the cost of each step is that of its two polygons.
std::unique_ptr<S2Polygon> unite(std::vector<std::unique_ptr<S2Polygon>> polygons) {
  const auto is_bigger = [](const auto& a, const auto& b) {
    return a->num_vertices() > b->num_vertices();
  };
  std::ranges::make_heap(polygons, is_bigger);
  const auto take = [&] {
    std::ranges::pop_heap(polygons, is_bigger);
    auto polygon = std::move(polygons.back());
    polygons.pop_back();
    return polygon;
  };
  while (polygons.size() > 1) {
    const auto a = take();
    const auto b = take();
    auto both = std::make_unique<S2Polygon>();
    s2builderutil::S2PolygonLayer::Options layer;
    layer.set_validate(true);
    S2BooleanOperation operation(S2BooleanOperation::OpType::UNION,
                                 std::make_unique<s2builderutil::S2PolygonLayer>(both.get(), layer),
                                 S2BooleanOperation::Options(s2builderutil::IdentitySnapFunction(
                                     S2::kIntersectionMergeRadius)));
    S2Error error;
    if (!operation.Build(a->index(), b->index(), &error)) return nullptr;
    polygons.push_back(std::move(both));
    std::ranges::push_heap(polygons, is_bigger);
  }
  return polygons.empty() ? nullptr : std::move(polygons.front());
}

void append_position(std::string& json, double longitude, double latitude) {
  json += '[';
  text::append_real(json, longitude);
  json += ',';
  text::append_real(json, latitude);
  json += ']';
}

void append_position(std::string& json, const S2Point& point) {
  const S2LatLng place(point);
  append_position(json, place.lng().degrees(), place.lat().degrees());
}

void append_positions(std::string& json, const std::vector<S2Point>& points) {
  json += '[';
  for (const S2Point& point : points) {
    if (json.back() != '[') json += ',';
    append_position(json, point);
  }
  json += ']';
}

std::string point_json(const S2Point& point) {
  std::string json = R"({"type":"Point","coordinates":)";
  append_position(json, point);
  return json += '}';
}

std::string lines_json(const std::vector<std::vector<S2Point>>& lines) {
  if (lines.empty()) return {};
  const bool several = lines.size() > 1;
  std::string json = several ? R"({"type":"MultiLineString","coordinates":[)"
                             : R"({"type":"LineString","coordinates":)";
  for (const auto& line : lines) {
    if (&line != &lines.front()) json += ',';
    append_positions(json, line);
  }
  return json += several ? "]}" : "}";
}

std::string lines_json(const Lines& lines) {
  std::vector<std::vector<S2Point>> points;
  for (const auto& line : lines)
    points.emplace_back(line->vertices_span().begin(), line->vertices_span().end());
  return lines_json(points);
}

namespace {

/// A shell runs counter-clockwise, a hole clockwise.
void append_ring(std::string& json, const S2Loop& loop) {
  std::vector<S2Point> points;
  for (int i = 0; i < loop.num_vertices(); ++i) points.push_back(loop.oriented_vertex(i));
  points.push_back(points.front());
  append_positions(json, points);
}

}  // namespace

std::string polygon_json(const S2Polygon& polygon) {
  if (polygon.is_empty() || polygon.is_full()) return {};
  std::string shells;
  int count = 0;
  for (int i = 0; i < polygon.num_loops(); ++i) {  // each followed by the loops inside it
    if (polygon.loop(i)->is_hole()) continue;
    if (count++ > 0) shells += ',';
    shells += '[';
    append_ring(shells, *polygon.loop(i));
    for (int hole = i + 1; hole <= polygon.GetLastDescendant(i); ++hole) {
      if (polygon.loop(hole)->depth() != polygon.loop(i)->depth() + 1) continue;
      shells += ',';
      append_ring(shells, *polygon.loop(hole));
    }
    shells += ']';
  }
  return count > 1 ? R"({"type":"MultiPolygon","coordinates":[)" + shells + "]}"
                   : R"({"type":"Polygon","coordinates":)" + shells + "}";
}

}  // namespace quarry::kql::functions
