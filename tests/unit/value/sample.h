// Columns for tests, from plain values.
#pragma once

#include "common/value/builder.h"
#include "common/value/column.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace quarry::sample {

inline Column longs(const std::vector<std::optional<std::int64_t>>& values) {
  ColumnBuilder<Type::kLong> builder;
  for (const auto& value : values) value ? builder.append(*value) : builder.append_null();
  return builder.finish();
}

inline Column strings(const std::vector<std::string>& values) {
  ColumnBuilder<Type::kString> builder;
  for (const auto& value : values) builder.append_copy(value);
  return builder.finish();
}

inline Column dynamics(const std::vector<std::optional<std::string>>& values) {
  ColumnBuilder<Type::kDynamic> builder;
  for (const auto& value : values) value ? builder.append_copy(*value) : builder.append_null();
  return builder.finish();
}

inline Column reals(const std::vector<double>& values) {
  ColumnBuilder<Type::kReal> builder;
  for (const double value : values) builder.append(value);
  return builder.finish();
}

inline IndexBuffer rows(std::vector<std::uint32_t> numbers) {
  return std::make_shared<const std::vector<std::uint32_t>>(std::move(numbers));
}

inline std::vector<std::optional<std::int64_t>> long_values(const Column& column) {
  std::vector<std::optional<std::int64_t>> values;
  const Cells<Type::kLong> cells(column);
  for (std::size_t i = 0; i < column.rows(); ++i) {
    values.push_back(cells.is_null(i) ? std::nullopt : std::optional<std::int64_t>(cells[i]));
  }
  return values;
}

inline std::vector<std::string> string_values(const Column& column) {
  std::vector<std::string> values;
  const Cells<Type::kString> cells(column);
  for (std::size_t i = 0; i < column.rows(); ++i) values.emplace_back(cells[i].view());
  return values;
}

}  // namespace quarry::sample
