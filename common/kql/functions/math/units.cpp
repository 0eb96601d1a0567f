// Factors are the legal definitions (international foot and pound of 1959, BIPM's SI brochure) and
// the values of IAU and CODATA. Where Kusto documents a result that another value gives (the
// acre-foot), the value is Kusto's.
#include "common/kql/functions/math/units.h"

#include <algorithm>
#include <numbers>

namespace quarry::kql::functions {
namespace {

constexpr double kPerRadian = 180 / std::numbers::pi;
constexpr double kFoot = 0.3048;
constexpr double kSurveyFoot = 1200.0 / 3937.0;
constexpr double kInch = 0.0254;
constexpr double kYard = 0.9144;
constexpr double kMile = 1609.344;
constexpr double kPound = 0.45359237;
constexpr double kGravity = 9.80665;
constexpr double kBtu = 1055.05585262;
constexpr double kElectronVolt = 1.602176634e-19;
constexpr double kCubicFoot = kFoot * kFoot * kFoot;
constexpr double kUsGallon = 0.003785411784;
constexpr double kImperialGallon = 0.00454609;
constexpr double kParsec = 3.0856775814913673e16;
constexpr double kLightYear = 9.4607304725808e15;
constexpr double kPrinterPoint = kInch / 72.27;
constexpr double kHour = 3600;
constexpr double kMinute = 60;

constexpr Unit kAngles[]{{"Arcminute", 1.0 / 60},
                         {"Arcsecond", 1.0 / 3600},
                         {"Centiradian", kPerRadian * 1e-2},
                         {"Deciradian", kPerRadian * 1e-1},
                         {"Degree"},
                         {"Gradian", 0.9},
                         {"Microdegree", 1e-6},
                         {"Microradian", kPerRadian * 1e-6},
                         {"Millidegree", 1e-3},
                         {"Milliradian", kPerRadian * 1e-3},
                         {"Nanodegree", 1e-9},
                         {"Nanoradian", kPerRadian * 1e-9},
                         {"NatoMil", 360.0 / 6400},
                         {"Radian", kPerRadian},
                         {"Revolution", 360}};

constexpr Unit kEnergies[]{{"BritishThermalUnit", kBtu},
                           {"Calorie", 4.184},
                           {"DecathermEc", 1.05505585262e9},
                           {"DecathermImperial", 1.05505585257348e9},
                           {"DecathermUs", 1.054804e9},
                           {"ElectronVolt", kElectronVolt},
                           {"Erg", 1e-7},
                           {"FootPound", kFoot* kPound* kGravity},
                           {"GigabritishThermalUnit", kBtu * 1e9},
                           {"GigaelectronVolt", kElectronVolt * 1e9},
                           {"Gigajoule", 1e9},
                           {"GigawattDay", 86400e9},
                           {"GigawattHour", 3600e9},
                           {"HorsepowerHour", 550 * kFoot* kPound* kGravity* kHour},
                           {"Joule"},
                           {"KilobritishThermalUnit", kBtu * 1e3},
                           {"Kilocalorie", 4184},
                           {"KiloelectronVolt", kElectronVolt * 1e3},
                           {"Kilojoule", 1e3},
                           {"KilowattDay", 86400e3},
                           {"KilowattHour", 3600e3},
                           {"MegabritishThermalUnit", kBtu * 1e6},
                           {"Megacalorie", 4.184e6},
                           {"MegaelectronVolt", kElectronVolt * 1e6},
                           {"Megajoule", 1e6},
                           {"MegawattDay", 86400e6},
                           {"MegawattHour", 3600e6},
                           {"Millijoule", 1e-3},
                           {"TeraelectronVolt", kElectronVolt * 1e12},
                           {"TerawattDay", 86400e12},
                           {"TerawattHour", 3600e12},
                           {"ThermEc", 1.05505585262e8},
                           {"ThermImperial", 1.05505585257348e8},
                           {"ThermUs", 1.054804e8},
                           {"WattDay", 86400},
                           {"WattHour", 3600}};

constexpr Unit kForces[]{{"Decanewton", 10},
                         {"Dyn", 1e-5},
                         {"KilogramForce", kGravity},
                         {"KiloPond", kGravity},
                         {"Kilonewton", 1e3},
                         {"KilopoundForce", kPound* kGravity * 1e3},
                         {"Meganewton", 1e6},
                         {"Micronewton", 1e-6},
                         {"Millinewton", 1e-3},
                         {"Newton"},
                         {"OunceForce", kPound* kGravity / 16},
                         {"PoundForce", kPound* kGravity},
                         {"Poundal", kPound* kFoot},
                         {"ShortTonForce", kPound* kGravity * 2000},
                         {"TonneForce", kGravity * 1e3}};

constexpr Unit kLengths[]{{"Angstrom", 1e-10},
                          {"AstronomicalUnit", 1.495978707e11},
                          {"Centimeter", 1e-2},
                          {"Chain", 66 * kFoot},
                          {"DataMile", 6000 * kFoot},
                          {"Decameter", 10},
                          {"Decimeter", 1e-1},
                          {"DtpPica", kInch / 6},
                          {"DtpPoint", kInch / 72},
                          {"Fathom", 6 * kFoot},
                          {"Foot", kFoot},
                          {"Hand", 4 * kInch},
                          {"Hectometer", 100},
                          {"Inch", kInch},
                          {"KilolightYear", kLightYear * 1e3},
                          {"Kilometer", 1e3},
                          {"Kiloparsec", kParsec * 1e3},
                          {"LightYear", kLightYear},
                          {"MegalightYear", kLightYear * 1e6},
                          {"Megaparsec", kParsec * 1e6},
                          {"Meter"},
                          {"Microinch", kInch * 1e-6},
                          {"Micrometer", 1e-6},
                          {"Mil", kInch * 1e-3},
                          {"Mile", kMile},
                          {"Millimeter", 1e-3},
                          {"Nanometer", 1e-9},
                          {"NauticalMile", 1852},
                          {"Parsec", kParsec},
                          {"PrinterPica", 12 * kPrinterPoint},
                          {"PrinterPoint", kPrinterPoint},
                          {"Shackle", 90 * kFoot},
                          {"SolarRadius", 6.957e8},
                          {"Twip", kInch / 1440},
                          {"UsSurveyFoot", kSurveyFoot},
                          {"Yard", kYard}};

constexpr Unit kMasses[]{{"Centigram", 1e-5},
                         {"Decagram", 1e-2},
                         {"Decigram", 1e-4},
                         {"EarthMass", 5.9722e24},
                         {"Grain", kPound / 7000},
                         {"Gram", 1e-3},
                         {"Hectogram", 1e-1},
                         {"Kilogram"},
                         {"Kilopound", kPound * 1e3},
                         {"Kilotonne", 1e6},
                         {"LongHundredweight", 112 * kPound},
                         {"LongTon", 2240 * kPound},
                         {"Megapound", kPound * 1e6},
                         {"Megatonne", 1e9},
                         {"Microgram", 1e-9},
                         {"Milligram", 1e-6},
                         {"Nanogram", 1e-12},
                         {"Ounce", kPound / 16},
                         {"Pound", kPound},
                         {"ShortHundredweight", 100 * kPound},
                         {"ShortTon", 2000 * kPound},
                         {"Slug", kPound* kGravity / kFoot},
                         {"SolarMass", 1.98847e30},
                         {"Stone", 14 * kPound},
                         {"Tonne", 1e3}};

constexpr Unit kSpeeds[]{{"CentimeterPerHour", 1e-2 / kHour},
                         {"CentimeterPerMinute", 1e-2 / kMinute},
                         {"CentimeterPerSecond", 1e-2},
                         {"DecimeterPerMinute", 1e-1 / kMinute},
                         {"DecimeterPerSecond", 1e-1},
                         {"FootPerHour", kFoot / kHour},
                         {"FootPerMinute", kFoot / kMinute},
                         {"FootPerSecond", kFoot},
                         {"InchPerHour", kInch / kHour},
                         {"InchPerMinute", kInch / kMinute},
                         {"InchPerSecond", kInch},
                         {"KilometerPerHour", 1e3 / kHour},
                         {"KilometerPerMinute", 1e3 / kMinute},
                         {"KilometerPerSecond", 1e3},
                         {"Knot", 1852 / kHour},
                         {"MeterPerHour", 1 / kHour},
                         {"MeterPerMinute", 1 / kMinute},
                         {"MeterPerSecond"},
                         {"MicrometerPerMinute", 1e-6 / kMinute},
                         {"MicrometerPerSecond", 1e-6},
                         {"MilePerHour", kMile / kHour},
                         {"MillimeterPerHour", 1e-3 / kHour},
                         {"MillimeterPerMinute", 1e-3 / kMinute},
                         {"MillimeterPerSecond", 1e-3},
                         {"NanometerPerMinute", 1e-9 / kMinute},
                         {"NanometerPerSecond", 1e-9},
                         {"UsSurveyFootPerHour", kSurveyFoot / kHour},
                         {"UsSurveyFootPerMinute", kSurveyFoot / kMinute},
                         {"UsSurveyFootPerSecond", kSurveyFoot},
                         {"YardPerHour", kYard / kHour},
                         {"YardPerMinute", kYard / kMinute},
                         {"YardPerSecond", kYard}};

constexpr Unit kTemperatures[]{{"DegreeCelsius", 1, 273.15},
                               {"DegreeDelisle", -2.0 / 3, 373.15},
                               {"DegreeFahrenheit", 5.0 / 9, 459.67 * 5 / 9},
                               {"DegreeNewton", 100.0 / 33, 273.15},
                               {"DegreeRankine", 5.0 / 9},
                               {"DegreeReaumur", 1.25, 273.15},
                               {"DegreeRoemer", 40.0 / 21, 273.15 - 7.5 * 40 / 21},
                               {"Kelvin"},
                               {"MillidegreeCelsius", 1e-3, 273.15},
                               {"SolarTemperature", 5778}};

constexpr Unit kVolumes[]{{"AcreFoot", 1 / 0.000810714},
                          {"AuTablespoon", 2e-5},
                          {"BoardFoot", kCubicFoot / 12},
                          {"Centiliter", 1e-5},
                          {"CubicCentimeter", 1e-6},
                          {"CubicDecimeter", 1e-3},
                          {"CubicFoot", kCubicFoot},
                          {"CubicHectometer", 1e6},
                          {"CubicInch", kInch* kInch* kInch},
                          {"CubicKilometer", 1e9},
                          {"CubicMeter"},
                          {"CubicMicrometer", 1e-18},
                          {"CubicMile", kMile* kMile* kMile},
                          {"CubicMillimeter", 1e-9},
                          {"CubicYard", kYard* kYard* kYard},
                          {"Decaliter", 1e-2},
                          {"DecausGallon", kUsGallon * 10},
                          {"Deciliter", 1e-4},
                          {"DeciusGallon", kUsGallon / 10},
                          {"HectocubicFoot", kCubicFoot * 100},
                          {"HectocubicMeter", 100},
                          {"Hectoliter", 1e-1},
                          {"HectousGallon", kUsGallon * 100},
                          {"ImperialBeerBarrel", kImperialGallon * 36},
                          {"ImperialGallon", kImperialGallon},
                          {"ImperialOunce", kImperialGallon / 160},
                          {"ImperialPint", kImperialGallon / 8},
                          {"KilocubicFoot", kCubicFoot * 1e3},
                          {"KilocubicMeter", 1e3},
                          {"KiloimperialGallon", kImperialGallon * 1e3},
                          {"Kiloliter", 1},
                          {"KilousGallon", kUsGallon * 1e3},
                          {"Liter", 1e-3},
                          {"MegacubicFoot", kCubicFoot * 1e6},
                          {"MegaimperialGallon", kImperialGallon * 1e6},
                          {"Megaliter", 1e3},
                          {"MegausGallon", kUsGallon * 1e6},
                          {"MetricCup", 2.5e-4},
                          {"MetricTeaspoon", 5e-6},
                          {"Microliter", 1e-9},
                          {"Milliliter", 1e-6},
                          {"OilBarrel", kUsGallon * 42},
                          {"UkTablespoon", 1.5e-5},
                          {"UsBeerBarrel", kUsGallon * 31},
                          {"UsCustomaryCup", kUsGallon / 16},
                          {"UsGallon", kUsGallon},
                          {"UsLegalCup", 2.4e-4},
                          {"UsOunce", kUsGallon / 128},
                          {"UsPint", kUsGallon / 8},
                          {"UsQuart", kUsGallon / 4},
                          {"UsTablespoon", kUsGallon / 256},
                          {"UsTeaspoon", kUsGallon / 768}};

}  // namespace

const Units kAngleUnits = kAngles;
const Units kEnergyUnits = kEnergies;
const Units kForceUnits = kForces;
const Units kLengthUnits = kLengths;
const Units kMassUnits = kMasses;
const Units kSpeedUnits = kSpeeds;
const Units kTemperatureUnits = kTemperatures;
const Units kVolumeUnits = kVolumes;

std::optional<Unit> find_unit(Units units, std::string_view name) {
  const auto found =
      std::find_if(units.begin(), units.end(), [&](const Unit& unit) { return unit.name == name; });
  return found == units.end() ? std::nullopt : std::optional(*found);
}

}  // namespace quarry::kql::functions
