// series_fft() and series_ifft(): to frequencies and back, real and imaginary parts in a column
// each.
#include "common/kql/functions/series/fourier.h"
#include "common/kql/functions/series/result_writer.h"
#include "common/kql/functions/series/series.h"

namespace quarry::kql::functions {
namespace {

/// Null for series with gaps or of unequal length. A missing imaginary part is 0.
template <Direction kDirection>
void series_fft(JsonRow& row) {
  auto real = read_finite(row[0]);
  if (!real) return;
  std::vector<double> imaginary(real->size());
  if (row.size() > 1 && !row[1].is_null()) {
    const auto given = read_finite(row[1]);
    if (!given || given->size() != real->size()) return;
    imaginary = *given;
  }
  std::vector<std::complex<double>> values;
  for (std::size_t i = 0; i < real->size(); ++i) values.emplace_back((*real)[i], imaginary[i]);
  fourier_transform(values, kDirection);
  for (std::size_t i = 0; i < values.size(); ++i) {
    (*real)[i] = values[i].real();
    imaginary[i] = values[i].imag();
  }
  ResultWriter writer(row.out(), ResultWriter::As::kColumns);
  writer.add("real", *real);
  writer.add("imag", imaginary);
  writer.finish();
}

constexpr Param kParams[]{{"series", "An array of numbers: the real parts."},
                          {"series_imaginary", "The imaginary parts; 0 if left out.", true}};
constexpr ResultColumn kColumns[]{{"real", Type::kDynamic}, {"imag", Type::kDynamic}};
constexpr FunctionDef kFft{
    .name = "series_fft",
    .summary = "Fast Fourier transform: from time to frequencies.",
    .params = kParams,
    .example = {"print (re, im) = series_fft(dynamic([1, 1, 1, 1])) | project re",
                "[4.0,0.0,0.0,0.0]"},
    .resolve = resolve_json<series_fft<Direction::kForward>, "dd">,
    .shape = ResultShape::kColumns,
    .columns = kColumns};
constexpr FunctionDef kIfft{
    .name = "series_ifft",
    .summary = "Inverse of the fast Fourier transform: from frequencies to time.",
    .params = kParams,
    .example = {"print (re, im) = series_ifft(dynamic([4, 0, 0, 0])) | project re",
                "[1.0,1.0,1.0,1.0]"},
    .resolve = resolve_json<series_fft<Direction::kInverse>, "dd">,
    .shape = ResultShape::kColumns,
    .columns = kColumns};

constexpr const FunctionDef* kScalars[]{&kFft, &kIfft};

}  // namespace

extern constinit const FunctionTable kSeriesFft{"series", kScalars};

}  // namespace quarry::kql::functions
