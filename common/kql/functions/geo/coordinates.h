// Which coordinates are places on Earth.
#pragma once

namespace quarry::kql::functions {

/// False for NaN too.
inline bool is_place(double longitude, double latitude) {
  return longitude >= -180 && longitude <= 180 && latitude >= -90 && latitude <= 90;
}

}  // namespace quarry::kql::functions
