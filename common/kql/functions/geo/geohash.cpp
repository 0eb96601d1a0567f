// geo_point_to_geohash(), geo_geohash_to_central_point(), geo_geohash_to_polygon() and
// geo_geohash_neighbors(): base-32 geohashes of 1 to 18 characters. Bits alternate between
// longitude and latitude, each halving its range.
#include "common/base/text.h"
#include "common/kql/functions/geo/coordinates.h"
#include "common/kql/functions/rowwise_inl.h"

namespace quarry::kql::functions {
namespace {

constexpr std::string_view kDigits = "0123456789bcdefghjkmnpqrstuvwxyz";
constexpr std::int64_t kDefaultLength = 5;
constexpr std::int64_t kMaxLength = 18;

struct Range {
  double low;
  double high;
  double middle() const { return low + (high - low) / 2; }
  /// Keeps the upper half where the bit is set, else the lower.
  void halve(bool upper) { (upper ? low : high) = middle(); }
};

struct Area {
  Range longitude{-180, 180};
  Range latitude{-90, 90};
};

std::string encode(double longitude, double latitude, std::int64_t length) {
  std::string hash;
  if (!is_place(longitude, latitude) || length < 1 || length > kMaxLength) return hash;
  Area area;
  std::size_t digit = 0;
  for (std::int64_t bit = 0; bit < 5 * length; ++bit) {
    Range& range = bit % 2 == 0 ? area.longitude : area.latitude;
    const bool upper = (bit % 2 == 0 ? longitude : latitude) >= range.middle();
    range.halve(upper);
    digit = digit << 1 | (upper ? 1U : 0U);
    if (bit % 5 == 4) {
      hash += kDigits[digit];
      digit = 0;
    }
  }
  return hash;
}
std::string geo_point_to_geohash(double longitude, double latitude,
                                 std::optional<std::int64_t> length) {
  return encode(longitude, latitude, length.value_or(0));
}
std::string with_default_length(double longitude, double latitude) {
  return encode(longitude, latitude, kDefaultLength);
}

std::optional<Area> decode(std::string_view hash) {
  if (hash.empty() || hash.size() > static_cast<std::size_t>(kMaxLength)) return std::nullopt;
  Area area;
  bool is_longitude = true;
  for (const char c : hash) {
    const std::size_t digit = kDigits.find(text::ascii_lower(c));
    if (digit == std::string_view::npos) return std::nullopt;
    for (int bit = 4; bit >= 0; --bit) {
      (is_longitude ? area.longitude : area.latitude).halve((digit >> bit & 1) != 0);
      is_longitude = !is_longitude;
    }
  }
  return area;
}

void append_point(std::string& json, double longitude, double latitude) {
  json += '[';
  text::append_real(json, longitude);
  json += ',';
  text::append_real(json, latitude);
  json += ']';
}

DynamicText geo_geohash_to_central_point(std::string_view hash) {
  const auto area = decode(hash);
  if (!area) return {};
  std::string json = R"({"type":"Point","coordinates":)";
  append_point(json, area->longitude.middle(), area->latitude.middle());
  json += '}';
  return {std::move(json)};
}

/// Counter-clockwise from the south-west corner, which comes again at the end.
DynamicText geo_geohash_to_polygon(std::string_view hash) {
  const auto area = decode(hash);
  if (!area) return {};
  std::string json = R"({"type":"Polygon","coordinates":[[)";
  append_point(json, area->longitude.low, area->latitude.low);
  json += ',';
  append_point(json, area->longitude.high, area->latitude.low);
  json += ',';
  append_point(json, area->longitude.high, area->latitude.high);
  json += ',';
  append_point(json, area->longitude.low, area->latitude.high);
  json += ',';
  append_point(json, area->longitude.low, area->latitude.low);
  json += "]]}";
  return {std::move(json)};
}

/// The areas of the same size around one: eight, five at a pole. Longitude goes around.
DynamicText geo_geohash_neighbors(std::string_view hash) {
  const auto area = decode(hash);
  if (!area) return {};
  const double width = area->longitude.high - area->longitude.low;
  const double height = area->latitude.high - area->latitude.low;
  std::string json = "[";
  for (const int up : {1, 0, -1}) {
    for (const int right : {-1, 0, 1}) {
      const double latitude = area->latitude.middle() + up * height;
      double longitude = area->longitude.middle() + right * width;
      if (longitude > 180) longitude -= 360;
      if (longitude < -180) longitude += 360;
      if ((up == 0 && right == 0) || !is_place(longitude, latitude)) continue;
      if (json.back() != '[') json += ',';
      json += '"';
      json += encode(longitude, latitude, static_cast<std::int64_t>(hash.size()));
      json += '"';
    }
  }
  return {json += ']'};
}

constexpr Param kPoint[]{{"longitude", "-180 to 180 degrees."},
                         {"latitude", "-90 to 90 degrees."},
                         {"accuracy", "Characters, 1 to 18; 5 if left out.", true}};
constexpr Param kHash[]{{"geohash", "A geohash of 1 to 18 characters."}};
constexpr FunctionDef kEncode{
    .name = "geo_point_to_geohash",
    .summary = "Returns the geohash of the area that a point is in; \"\" where the point is none.",
    .params = kPoint,
    .example = {"print geo_point_to_geohash(-80.195829, 25.802215, 8)", "dhwfz15h"},
    .overloads = rowwise<with_default_length, geo_point_to_geohash>};
constexpr FunctionDef kCenter{
    .name = "geo_geohash_to_central_point",
    .summary = "Returns the middle of a geohash's area as a GeoJSON point.",
    .params = kHash,
    .example = {R"(print geo_geohash_to_central_point("s"))",
                R"({"type":"Point","coordinates":[22.5,22.5]})"},
    .overloads = rowwise<geo_geohash_to_central_point>};
constexpr FunctionDef kPolygon{
    .name = "geo_geohash_to_polygon",
    .summary = "Returns a geohash's area as a GeoJSON polygon.",
    .params = kHash,
    .example = {R"(print array_length(geo_geohash_to_polygon("dr5ru").coordinates[0]))", "5"},
    .overloads = rowwise<geo_geohash_to_polygon>};
constexpr FunctionDef kNeighbors{
    .name = "geo_geohash_neighbors",
    .summary = "Returns the geohashes of the areas around one.",
    .params = kHash,
    .example = {R"(print geo_geohash_neighbors("sunny"))",
                R"(["sunpj","sunpn","sunpp","sunnv","sunnz","sunnt","sunnw","sunnx"])"},
    .overloads = rowwise<geo_geohash_neighbors>};

constexpr const FunctionDef* kScalars[]{&kEncode, &kCenter, &kPolygon, &kNeighbors};

}  // namespace

extern constinit const FunctionTable kGeohash{"geo", kScalars};

}  // namespace quarry::kql::functions
