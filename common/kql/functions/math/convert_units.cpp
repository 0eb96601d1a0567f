// convert_angle(), convert_length() …: values from one unit to another of the same kind. KQL: a
// unit that does not exist gives null.
#include "common/kql/functions/math/units.h"
#include "common/kql/functions/rowwise_inl.h"

#include <cmath>
#include <numbers>

namespace quarry::kql::functions {
namespace {

/// kUnits is a reference, so that each list makes a function of its own.
template <const Units& kUnits>
class UnitOf {
 public:
  /// Never fails: a query over columns must not stop at an unknown unit.
  static Result<UnitOf> prepare(std::string_view name) { return UnitOf(find_unit(kUnits, name)); }
  const std::optional<Unit>& unit() const { return unit_; }

 private:
  explicit UnitOf(std::optional<Unit> unit) : unit_(unit) {}
  std::optional<Unit> unit_;
};

template <const Units& kUnits>
std::optional<double> convert(double value, const UnitOf<kUnits>& from, const UnitOf<kUnits>& to) {
  if (!from.unit() || !to.unit()) return std::nullopt;
  if (from.unit()->offset == to.unit()->offset)
    return value * from.unit()->factor / to.unit()->factor;
  return (value * from.unit()->factor + from.unit()->offset - to.unit()->offset) /
             to.unit()->factor +
         0.0;  // no -0.0
}

/// A tilt is the sine of the angle: the one unit that no factor converts.
std::optional<double> convert_angle(double value, std::string_view from, std::string_view to) {
  constexpr std::string_view kTilt = "Tilt";
  constexpr double kPerRadian = 180 / std::numbers::pi;
  const auto source = from == kTilt ? std::optional(Unit{kTilt}) : find_unit(kAngleUnits, from);
  const auto target = to == kTilt ? std::optional(Unit{kTilt}) : find_unit(kAngleUnits, to);
  if (!source || !target) return std::nullopt;
  if (from == to) return value;
  const double degrees = from == kTilt ? std::asin(value) * kPerRadian : value * source->factor;
  return to == kTilt ? std::sin(degrees / kPerRadian) : degrees / target->factor;
}

constexpr Param kParams[]{{"value", "The number to convert."},
                          {"from", "Its unit: 'Meter', 'Foot' …"},
                          {"to", "The unit wanted."}};

template <auto kFunction>
constexpr FunctionDef of_kind(std::string_view name, std::string_view summary, Example example) {
  return {.name = name,
          .summary = summary,
          .params = kParams,
          .example = example,
          .overloads = rowwise<kFunction>};
}

constexpr FunctionDef kAngle =
    of_kind<convert_angle>("convert_angle", "Converts an angle from one unit to another.",
                           {"print convert_angle(1.2, 'Degree', 'Arcminute')", "72.0"});
constexpr FunctionDef kEnergy =
    of_kind<convert<kEnergyUnits>>("convert_energy", "Converts an energy from one unit to another.",
                                   {"print convert_energy(2, 'Kilojoule', 'Joule')", "2000.0"});
constexpr FunctionDef kForce =
    of_kind<convert<kForceUnits>>("convert_force", "Converts a force from one unit to another.",
                                  {"print convert_force(1.2, 'Newton', 'Decanewton')", "0.12"});
constexpr FunctionDef kLength = of_kind<convert<kLengthUnits>>(
    "convert_length", "Converts a length from one unit to another.",
    {"print round(convert_length(1.2, 'Meter', 'Foot'), 4)", "3.937"});
constexpr FunctionDef kMass = of_kind<convert<kMassUnits>>(
    "convert_mass", "Converts a mass from one unit to another.",
    {"print round(convert_mass(1.2, 'Kilogram', 'Pound'), 4)", "2.6455"});
constexpr FunctionDef kSpeed = of_kind<convert<kSpeedUnits>>(
    "convert_speed", "Converts a speed from one unit to another.",
    {"print round(convert_speed(1.2, 'MeterPerSecond', 'CentimeterPerHour'), 2)", "432000.0"});
constexpr FunctionDef kTemperature = of_kind<convert<kTemperatureUnits>>(
    "convert_temperature", "Converts a temperature from one unit to another.",
    {"print convert_temperature(1.2, 'Kelvin', 'DegreeCelsius')", "-271.95"});
constexpr FunctionDef kVolume = of_kind<convert<kVolumeUnits>>(
    "convert_volume", "Converts a volume from one unit to another.",
    {"print round(convert_volume(1.2, 'CubicMeter', 'AcreFoot'), 7)", "0.0009729"});

constexpr const FunctionDef* kScalars[]{&kAngle, &kEnergy, &kForce,       &kLength,
                                        &kMass,  &kSpeed,  &kTemperature, &kVolume};

}  // namespace

extern constinit const FunctionTable kConvertUnits{"math", kScalars};

}  // namespace quarry::kql::functions
