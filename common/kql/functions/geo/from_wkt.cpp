// geo_from_wkt(): geometries in Well-Known Text (OGC 06-103r4 §7) as GeoJSON (RFC 7946). Null where
// the text is none.
#include "common/base/text.h"
#include "common/kql/functions/rowwise_inl.h"

namespace quarry::kql::functions {
namespace {

/// How deep a kind's coordinates are nested: a point is one position, a polygon an array of rings
/// of positions.
struct Kind {
  std::string_view wkt;
  std::string_view json;
  int depth;
};
constexpr Kind kKinds[]{{"POINT", "Point", 0},
                        {"LINESTRING", "LineString", 1},
                        {"POLYGON", "Polygon", 2},
                        {"MULTIPOINT", "MultiPoint", 1},
                        {"MULTILINESTRING", "MultiLineString", 2},
                        {"MULTIPOLYGON", "MultiPolygon", 3}};
constexpr int kMaxCollections = 64;  // inside each other

class WktReader {
 public:
  explicit WktReader(std::string_view text) : text_(text) {}

  bool read(std::string& json) { return geometry(json, 0) && peek() == '\0'; }

 private:
  char peek() {
    while (at_ < text_.size() && text::is_ascii_space(text_[at_])) ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }

  bool number(std::string& json) {
    peek();
    const std::size_t begin = at_;
    while (at_ < text_.size() && (text::is_ascii_alnum(text_[at_]) || text_[at_] == '.' ||
                                  text_[at_] == '-' || text_[at_] == '+'))
      ++at_;
    const auto value = text::parse_double(text_.substr(begin, at_ - begin));
    if (!value || !(*value >= -1e300 && *value <= 1e300)) return false;
    text::append_real(json, *value);
    return true;
  }

  bool position(std::string& json) {
    json += '[';
    if (!number(json)) return false;
    json += ',';
    if (!number(json)) return false;
    json += ']';
    return true;
  }

  /// `(a, b, …)` of parts of the next depth. The positions of a MULTIPOINT may stand in brackets of
  /// their own.
  bool list(std::string& json, int depth) {
    if (depth == 0) {
      const bool bracketed = take('(');
      return position(json) && (!bracketed || take(')'));
    }
    if (!take('(')) return false;
    json += '[';
    do {
      if (json.back() != '[') json += ',';
      if (!list(json, depth - 1)) return false;
    } while (take(','));
    json += ']';
    return take(')');
  }

  bool collection(std::string& json, int level) {
    if (level == kMaxCollections || !take('(')) return false;
    json += R"({"type":"GeometryCollection","geometries":[)";
    bool first = true;
    do {
      if (!first) json += ',';
      first = false;
      if (!geometry(json, level + 1)) return false;
    } while (take(','));
    json += "]}";
    return take(')');
  }

  bool geometry(std::string& json, int level) {
    peek();
    const std::size_t begin = at_;
    while (at_ < text_.size() && text::is_ascii_alpha(text_[at_])) ++at_;
    const std::string_view word = text_.substr(begin, at_ - begin);
    if (text::iequals_ascii(word, "GEOMETRYCOLLECTION")) return collection(json, level);
    for (const Kind& kind : kKinds) {
      if (!text::iequals_ascii(word, kind.wkt)) continue;
      if (peek() != '(') return false;
      json += R"({"type":")";
      json += kind.json;
      json += R"(","coordinates":)";
      if (!list(json, kind.depth)) return false;
      json += '}';
      return true;
    }
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

DynamicText geo_from_wkt(std::string_view wkt) {
  std::string json;
  if (!WktReader(wkt).read(json)) return {};
  return {std::move(json)};
}

constexpr Param kParams[]{{"wkt", "Such as LINESTRING (1 2, 3 4)."}};
constexpr FunctionDef kFromWkt{.name = "geo_from_wkt",
                               .summary = "Reads a geometry in Well-Known Text as GeoJSON.",
                               .params = kParams,
                               .example = {"print geo_from_wkt(\"POINT (1.5 2)\")",
                                           R"({"type":"Point","coordinates":[1.5,2.0]})"},
                               .overloads = rowwise<geo_from_wkt>};

constexpr const FunctionDef* kScalars[]{&kFromWkt};

}  // namespace

extern constinit const FunctionTable kGeoFromWkt{"geo", kScalars};

}  // namespace quarry::kql::functions
