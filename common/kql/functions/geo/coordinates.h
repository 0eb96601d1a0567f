// Which coordinates are places on Earth, and how big it is.
#pragma once

namespace quarry::kql::functions {

inline constexpr double kEarthRadius =
    6'371'010;  // metres; Kusto reckons on a sphere of this mean radius

/// False for NaN too.
inline bool is_place(double longitude, double latitude) {
  return longitude >= -180 && longitude <= 180 && latitude >= -90 && latitude <= 90;
}

}  // namespace quarry::kql::functions
