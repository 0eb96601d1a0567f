// The discrete Fourier transform of any length, in n log n steps.
#pragma once

#include <complex>
#include <cstdint>
#include <vector>

namespace quarry::kql::functions {

enum class Direction : std::uint8_t { kForward, kInverse };

/// Replaces the values by their transform. The inverse divides by the length, so that it undoes the
/// forward one.
void fourier_transform(std::vector<std::complex<double>>& values, Direction direction);

}  // namespace quarry::kql::functions
