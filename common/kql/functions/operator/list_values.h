// The right side of in, has_any and their kin: scalars and dynamic arrays, as one flat list.
#pragma once

#include "common/value/dynamic.h"
#include "common/value/scalar.h"

#include <span>
#include <string>
#include <vector>

namespace quarry::kql::functions {

/// An element of a dynamic array as a scalar of its own type (bags and arrays stay dynamic).
Scalar element_scalar(const DynamicView& element);

/// All values of the constants, arrays taken apart, nulls left out. Null pointers (not constant)
/// are skipped.
std::vector<Scalar> flatten_constants(std::span<const Scalar* const> constants);

/// The texts of flatten_constants().
std::vector<std::string> flatten_texts(std::span<const Scalar* const> constants);

/// Calls f(text) for the texts of one cell: of a dynamic array its elements, else of the cell
/// itself; until f gives true.
template <class F>
bool any_text_of(const Column& column, std::size_t row, F&& f);

}  // namespace quarry::kql::functions

#include "common/kql/functions/operator/list_values_inl.h"
