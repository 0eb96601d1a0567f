// Functions of real numbers: powers, logarithms, angles, and questions about special values.
// Outside their domain they give NaN.
#include "common/kql/functions/rowwise_inl.h"

#include <cmath>
#include <numbers>

namespace quarry::kql::functions {
namespace {

double sqrt_(double x) { return std::sqrt(x); }
double exp_(double x) { return std::exp(x); }
double exp2_(double x) { return std::exp2(x); }
double exp10_(double x) { return std::pow(10.0, x); }
double log_(double x) { return std::log(x); }
double log2_(double x) { return std::log2(x); }
double log10_(double x) { return std::log10(x); }
double sin_(double x) { return std::sin(x); }
double cos_(double x) { return std::cos(x); }
double tan_(double x) { return std::tan(x); }
double cot_(double x) { return 1 / std::tan(x); }
double asin_(double x) { return std::asin(x); }
double acos_(double x) { return std::acos(x); }
double atan_(double x) { return std::atan(x); }
double atan2_(double y, double x) { return std::atan2(y, x); }
double pow_(double base, double exponent) { return std::pow(base, exponent); }
double degrees_(double radians) { return radians * (180 / std::numbers::pi); }
double radians_(double degrees) { return degrees * (std::numbers::pi / 180); }
double erf_(double x) { return std::erf(x); }
double erfc_(double x) { return std::erfc(x); }
double gamma_(double x) { return std::tgamma(x); }
double loggamma_(double x) {
  int sign = 0;
  return lgamma_r(x, &sign);  // std::lgamma writes a global
}
double pi_() { return std::numbers::pi; }
double sign_(double x) { return std::isnan(x) ? x : x > 0 ? 1 : x < 0 ? -1 : 0; }
double ceiling_(double x) { return std::ceil(x); }
bool isnan_(double x) { return std::isnan(x); }
bool isinf_(double x) { return std::isinf(x); }
bool isfinite_(double x) { return std::isfinite(x); }

constexpr Param kNumber[]{{"number", "A number."}};
constexpr Param kPowParams[]{{"base", "Number to raise."}, {"exponent", "Power to raise it to."}};
constexpr Param kAtan2Params[]{{"y", "The y coordinate."}, {"x", "The x coordinate."}};

template <auto kFunction>
constexpr FunctionDef of_number(std::string_view name, std::string_view summary, Example example) {
  return {.name = name,
          .summary = summary,
          .params = kNumber,
          .example = example,
          .overloads = rowwise<kFunction>};
}

constexpr FunctionDef kSqrt = of_number<sqrt_>("sqrt", "Square root.", {"print sqrt(16)", "4.0"});
constexpr FunctionDef kExp = of_number<exp_>("exp", "e to this power.", {"print exp(0)", "1.0"});
constexpr FunctionDef kExp2 =
    of_number<exp2_>("exp2", "2 to this power.", {"print exp2(3)", "8.0"});
constexpr FunctionDef kExp10 =
    of_number<exp10_>("exp10", "10 to this power.", {"print exp10(2)", "100.0"});
constexpr FunctionDef kLog = of_number<log_>("log", "Natural logarithm.", {"print log(1)", "0.0"});
constexpr FunctionDef kLog2 =
    of_number<log2_>("log2", "Logarithm to the base 2.", {"print log2(8)", "3.0"});
constexpr FunctionDef kLog10 =
    of_number<log10_>("log10", "Logarithm to the base 10.", {"print log10(1000)", "3.0"});
constexpr FunctionDef kSin =
    of_number<sin_>("sin", "Sine of an angle in radians.", {"print sin(0)", "0.0"});
constexpr FunctionDef kCos =
    of_number<cos_>("cos", "Cosine of an angle in radians.", {"print cos(0)", "1.0"});
constexpr FunctionDef kTan =
    of_number<tan_>("tan", "Tangent of an angle in radians.", {"print tan(0)", "0.0"});
constexpr FunctionDef kCot = of_number<cot_>("cot", "Cotangent of an angle in radians.",
                                             {"print round(cot(1), 4)", "0.6421"});
constexpr FunctionDef kAsin =
    of_number<asin_>("asin", "The angle whose sine this is, in radians.", {"print asin(0)", "0.0"});
constexpr FunctionDef kAcos = of_number<acos_>(
    "acos", "The angle whose cosine this is, in radians.", {"print acos(1)", "0.0"});
constexpr FunctionDef kAtan = of_number<atan_>(
    "atan", "The angle whose tangent this is, in radians.", {"print atan(0)", "0.0"});
constexpr FunctionDef kDegrees =
    of_number<degrees_>("degrees", "Radians as degrees.", {"print degrees(0)", "0.0"});
constexpr FunctionDef kRadians =
    of_number<radians_>("radians", "Degrees as radians.", {"print round(radians(180), 2)", "3.14"});
constexpr FunctionDef kErf = of_number<erf_>("erf", "Error function.", {"print erf(0)", "0.0"});
constexpr FunctionDef kErfc =
    of_number<erfc_>("erfc", "Complementary error function.", {"print erfc(0)", "1.0"});
constexpr FunctionDef kGamma =
    of_number<gamma_>("gamma", "Gamma function.", {"print gamma(5)", "24.0"});
constexpr FunctionDef kLogGamma =
    of_number<loggamma_>("loggamma", "Logarithm of the absolute value of the gamma function.",
                         {"print loggamma(1)", "0.0"});
constexpr FunctionDef kSign = of_number<sign_>("sign", "1, 0 or -1.", {"print sign(-4)", "-1.0"});
constexpr FunctionDef kCeiling = of_number<ceiling_>(
    "ceiling", "The least integer that is not smaller.", {"print ceiling(0.9)", "1.0"});
constexpr FunctionDef kIsNan =
    of_number<isnan_>("isnan", "True for NaN.", {"print isnan(0.0 / 0.0)", "true"});
constexpr FunctionDef kIsInf = of_number<isinf_>(
    "isinf", "True for positive and negative infinity.", {"print isinf(1.0 / 0.0)", "true"});
constexpr FunctionDef kIsFinite = of_number<isfinite_>("isfinite", "True unless infinite or NaN.",
                                                       {"print isfinite(1.5)", "true"});
constexpr FunctionDef kPi{.name = "pi",
                          .summary = "The number pi.",
                          .example = {"print round(pi(), 4)", "3.1416"},
                          .overloads = rowwise<pi_>};
constexpr FunctionDef kPow{.name = "pow",
                           .summary = "A number to a power.",
                           .params = kPowParams,
                           .example = {"print pow(2, 3)", "8.0"},
                           .overloads = rowwise<pow_>};
constexpr FunctionDef kAtan2{.name = "atan2",
                             .summary = "The angle of a point seen from the origin, in radians.",
                             .params = kAtan2Params,
                             .example = {"print atan2(0, 1)", "0.0"},
                             .overloads = rowwise<atan2_>};

constexpr const FunctionDef* kScalars[]{
    &kSqrt,    &kExp,     &kExp2,  &kExp10,    &kLog,   &kLog2,     &kLog10,
    &kSin,     &kCos,     &kTan,   &kCot,      &kAsin,  &kAcos,     &kAtan,
    &kDegrees, &kRadians, &kErf,   &kErfc,     &kGamma, &kLogGamma, &kSign,
    &kCeiling, &kIsNan,   &kIsInf, &kIsFinite, &kPi,    &kPow,      &kAtan2};

}  // namespace

extern constinit const FunctionTable kRealFunctions{"math", kScalars};

}  // namespace quarry::kql::functions
