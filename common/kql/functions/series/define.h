// Tables of functions that differ in one line only: the definitions stand in an array, their
// addresses are what a table lists.
#pragma once

#include "common/kql/functions/function.h"

#include <array>
#include <cstddef>

namespace quarry::kql::functions {

template <std::size_t N>
constexpr std::array<const FunctionDef*, N> addresses_of(const FunctionDef (&definitions)[N]) {
  std::array<const FunctionDef*, N> result{};
  for (std::size_t i = 0; i < N; ++i) result[i] = &definitions[i];
  return result;
}

}  // namespace quarry::kql::functions
