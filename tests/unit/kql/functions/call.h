// Calls a function by name on constants or columns, as the binder and the executor would.
#pragma once

#include "common/kql/functions/registry.h"

#include <string>
#include <string_view>
#include <vector>

namespace quarry::kql::test {

/// The function's column; `constant[i]` says which arguments the kernel is told beforehand.
Column call_columns(std::string_view name, const std::vector<Column>& arguments,
                    const std::vector<bool>& constant);

/// One row of constants.
Scalar call(std::string_view name, const std::vector<Scalar>& arguments);
/// The same as text: "null" for null.
std::string call_text(std::string_view name, const std::vector<Scalar>& arguments);
/// The error of resolving or preparing; empty where there is none.
std::string refusal(std::string_view name, const std::vector<Scalar>& arguments);

Scalar text(std::string_view value);
Scalar number(std::int64_t value);

/// A flat column of texts.
Column text_column(const std::vector<std::string>& values);

}  // namespace quarry::kql::test
