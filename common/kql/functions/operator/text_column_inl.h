// A test of every text of a column, as a bool column.
#pragma once

#include "common/kql/functions/batch_inl.h"

namespace quarry::kql::functions {

/// Row i is test(text of row i). A dictionary that is shorter than the rows is tested entry by
/// entry instead.
template <class Test>
Column test_texts(const Column& texts, std::size_t rows, Test&& test) {
  const Cells<Type::kString> cells(texts);
  if (texts.form() == Column::Form::kIndexed && texts.value_count() < rows) {
    std::vector<std::uint8_t> entries(texts.value_count());
    for (std::size_t i = 0; i < entries.size(); ++i)
      entries[i] = test(cells.data()[i].view()) ? 1 : 0;
    return fill<Type::kBool>(rows, nullptr,
                             [&](std::size_t i) { return entries[cells.position(i)]; });
  }
  if (cells.is_flat()) {
    const StringCell* const data = cells.data();
    return fill<Type::kBool>(
        rows, nullptr, [&](std::size_t i) -> std::uint8_t { return test(data[i].view()) ? 1 : 0; });
  }
  return fill<Type::kBool>(
      rows, nullptr, [&](std::size_t i) -> std::uint8_t { return test(cells[i].view()) ? 1 : 0; });
}

}  // namespace quarry::kql::functions
