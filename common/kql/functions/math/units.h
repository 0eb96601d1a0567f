// Units of measure by KQL's names, as factors to a base unit of their kind.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace quarry::kql::functions {

/// A value in this unit is `value * factor + offset` in the base unit.
struct Unit {
  std::string_view name;
  double factor = 1;
  double offset = 0;
};

using Units = std::span<const Unit>;

extern const Units kAngleUnits;        // base: degree
extern const Units kEnergyUnits;       // joule
extern const Units kForceUnits;        // newton
extern const Units kLengthUnits;       // metre
extern const Units kMassUnits;         // kilogram
extern const Units kSpeedUnits;        // metre per second
extern const Units kTemperatureUnits;  // kelvin
extern const Units kVolumeUnits;       // cubic metre

/// nullopt where the list has no such unit. Names are case-sensitive.
std::optional<Unit> find_unit(Units units, std::string_view name);

}  // namespace quarry::kql::functions
