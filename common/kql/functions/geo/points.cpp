// geo_distance_2points(), geo_point_in_circle() and geo_azimuth(): on a sphere with the Earth's
// mean radius, as Kusto reckons. Longitude comes first. Null where a coordinate is out of its
// range.
#include "common/kql/functions/geo/coordinates.h"
#include "common/kql/functions/rowwise_inl.h"

#include <cmath>
#include <numbers>

namespace quarry::kql::functions {
namespace {

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

/// Haversine formula: exact enough for small distances too.
double distance(double longitude1, double latitude1, double longitude2, double latitude2) {
  const double vertical = std::sin(radians(latitude2 - latitude1) / 2);
  const double horizontal = std::sin(radians(longitude2 - longitude1) / 2);
  const double chord = vertical * vertical + std::cos(radians(latitude1)) *
                                                 std::cos(radians(latitude2)) * horizontal *
                                                 horizontal;
  return 2 * kEarthRadius * std::asin(std::fmin(1.0, std::sqrt(chord)));
}

std::optional<double> geo_distance_2points(double longitude1, double latitude1, double longitude2,
                                           double latitude2) {
  if (!is_place(longitude1, latitude1) || !is_place(longitude2, latitude2)) return std::nullopt;
  return distance(longitude1, latitude1, longitude2, latitude2);
}

/// On the spheroid of WGS 84, by Vincenty's inverse formula (Survey Review 176, 1975). Null for
/// nearly opposite points, where it does not converge.
std::optional<double> distance_on_spheroid(double longitude1, double latitude1, double longitude2,
                                           double latitude2) {
  constexpr double kMajor = 6'378'137;
  constexpr double kFlattening = 1 / 298.257223563;
  constexpr double kMinor = kMajor * (1 - kFlattening);
  constexpr int kMostSteps = 200;
  const double turn = radians(longitude2 - longitude1);
  const double reduced1 = std::atan((1 - kFlattening) * std::tan(radians(latitude1)));
  const double reduced2 = std::atan((1 - kFlattening) * std::tan(radians(latitude2)));
  const double sines = std::sin(reduced1) * std::sin(reduced2);
  const double cosines = std::cos(reduced1) * std::cos(reduced2);
  double lambda = turn;
  for (int step = 0; step < kMostSteps; ++step) {
    const double across = std::cos(reduced2) * std::sin(lambda);
    const double along = std::cos(reduced1) * std::sin(reduced2) -
                         std::sin(reduced1) * std::cos(reduced2) * std::cos(lambda);
    const double sin_sigma = std::hypot(across, along);
    if (sin_sigma == 0) return 0;
    const double cos_sigma = sines + cosines * std::cos(lambda);
    const double sigma = std::atan2(sin_sigma, cos_sigma);
    const double sin_alpha = cosines * std::sin(lambda) / sin_sigma;
    const double cos2_alpha = 1 - sin_alpha * sin_alpha;
    const double cos_middle =
        cos2_alpha == 0 ? 0 : cos_sigma - 2 * sines / cos2_alpha;  // 0 along the equator
    const double middle = 2 * cos_middle * cos_middle - 1;
    const double c = kFlattening / 16 * cos2_alpha * (4 + kFlattening * (4 - 3 * cos2_alpha));
    const double previous = lambda;
    lambda = turn + (1 - c) * kFlattening * sin_alpha *
                        (sigma + c * sin_sigma * (cos_middle + c * cos_sigma * middle));
    if (std::fabs(lambda - previous) > 1e-12) continue;
    const double u2 = cos2_alpha * (kMajor * kMajor - kMinor * kMinor) / (kMinor * kMinor);
    const double a = 1 + u2 / 16384 * (4096 + u2 * (-768 + u2 * (320 - 175 * u2)));
    const double b = u2 / 1024 * (256 + u2 * (-128 + u2 * (74 - 47 * u2)));
    const double last =
        b / 6 * cos_middle * (4 * sin_sigma * sin_sigma - 3) * (4 * cos_middle * cos_middle - 3);
    return kMinor * a *
           (sigma - b * sin_sigma * (cos_middle + b / 4 * (cos_sigma * middle - last)));
  }
  return std::nullopt;
}

std::optional<double> distance_on(double longitude1, double latitude1, double longitude2,
                                  double latitude2, bool use_spheroid) {
  if (!use_spheroid) return geo_distance_2points(longitude1, latitude1, longitude2, latitude2);
  if (!is_place(longitude1, latitude1) || !is_place(longitude2, latitude2)) return std::nullopt;
  return distance_on_spheroid(longitude1, latitude1, longitude2, latitude2);
}
std::optional<double> distance_on_number(double longitude1, double latitude1, double longitude2,
                                         double latitude2, std::int64_t use_spheroid) {
  return distance_on(longitude1, latitude1, longitude2, latitude2, use_spheroid != 0);
}

std::optional<bool> geo_point_in_circle(double longitude, double latitude, double center_longitude,
                                        double center_latitude, double radius) {
  if (!is_place(longitude, latitude) || !is_place(center_longitude, center_latitude) ||
      !(radius >= 0) || !std::isfinite(radius)) {
    return std::nullopt;
  }
  return distance(longitude, latitude, center_longitude, center_latitude) <= radius;
}

/// Clockwise from north, 0 to 2 pi. Null for one and the same point.
std::optional<double> geo_azimuth(double longitude1, double latitude1, double longitude2,
                                  double latitude2) {
  if (!is_place(longitude1, latitude1) || !is_place(longitude2, latitude2)) return std::nullopt;
  const double turn = radians(longitude2 - longitude1);
  const double y = std::sin(turn) * std::cos(radians(latitude2));
  const double x = std::cos(radians(latitude1)) * std::sin(radians(latitude2)) -
                   std::sin(radians(latitude1)) * std::cos(radians(latitude2)) * std::cos(turn);
  if (x == 0 && y == 0) return std::nullopt;
  const double angle = std::atan2(y, x);
  return angle < 0 ? angle + 2 * std::numbers::pi : angle;
}

/// Clockwise from the line BA to the line BC, 0 to 2 pi. Null where two of the points are one.
std::optional<double> geo_angle(double longitude1, double latitude1, double longitude2,
                                double latitude2, double longitude3, double latitude3) {
  const auto to_first = geo_azimuth(longitude2, latitude2, longitude1, latitude1);
  const auto to_third = geo_azimuth(longitude2, latitude2, longitude3, latitude3);
  if (!to_first || !to_third) return std::nullopt;
  const double angle = *to_third - *to_first;
  return angle < 0 ? angle + 2 * std::numbers::pi : angle;
}

constexpr Param kTwoPoints[]{{"p1_longitude", "-180 to 180 degrees."},
                             {"p1_latitude", "-90 to 90 degrees."},
                             {"p2_longitude", "-180 to 180 degrees."},
                             {"p2_latitude", "-90 to 90 degrees."}};
constexpr Param kDistanceParams[]{
    {"p1_longitude", "-180 to 180 degrees."},
    {"p1_latitude", "-90 to 90 degrees."},
    {"p2_longitude", "-180 to 180 degrees."},
    {"p2_latitude", "-90 to 90 degrees."},
    {"use_spheroid",
     "Whether the Earth is a spheroid (WGS 84) rather than a sphere; false if left out.", true}};
constexpr Param kCircle[]{{"p_longitude", "-180 to 180 degrees."},
                          {"p_latitude", "-90 to 90 degrees."},
                          {"pc_longitude", "The centre's."},
                          {"pc_latitude", "The centre's."},
                          {"c_radius", "Metres."}};
constexpr FunctionDef kDistance{
    .name = "geo_distance_2points",
    .summary = "Returns the shortest distance between two points on Earth in metres.",
    .params = kDistanceParams,
    .example = {"print round(geo_distance_2points(-122.407628, 47.578557, -118.275287, 34.019056))",
                "1546754.0"},
    .overloads = rowwise<geo_distance_2points, distance_on, distance_on_number>};
constexpr FunctionDef kInCircle{
    .name = "geo_point_in_circle",
    .summary = "Tells whether a point is inside a circle on Earth.",
    .params = kCircle,
    .example = {"print geo_point_in_circle(-122.201741, 47.677084, -122.317404, 47.609119, 18000)",
                "true"},
    .overloads = rowwise<geo_point_in_circle>};
constexpr FunctionDef kAzimuth{
    .name = "geo_azimuth",
    .summary = "Returns the direction from one point to another, clockwise from north, in radians.",
    .params = kTwoPoints,
    .example = {"print round(geo_azimuth(5, 10, 10, -40), 3)", "3.055"},
    .overloads = rowwise<geo_azimuth>};

constexpr Param kThreePoints[]{
    {"p1_longitude", "-180 to 180 degrees."}, {"p1_latitude", "-90 to 90 degrees."},
    {"p2_longitude", "-180 to 180 degrees."}, {"p2_latitude", "-90 to 90 degrees."},
    {"p3_longitude", "-180 to 180 degrees."}, {"p3_latitude", "-90 to 90 degrees."}};
constexpr FunctionDef kAngle{
    .name = "geo_angle",
    .summary = "Returns the clockwise angle at the second of three points, in radians.",
    .params = kThreePoints,
    .example = {"print round(geo_angle(0, 10, 0, 5, 3, -10), 3)", "2.945"},
    .overloads = rowwise<geo_angle>};

constexpr const FunctionDef* kScalars[]{&kDistance, &kInCircle, &kAzimuth, &kAngle};

}  // namespace

extern constinit const FunctionTable kGeoPoints{"geo", kScalars};

}  // namespace quarry::kql::functions
