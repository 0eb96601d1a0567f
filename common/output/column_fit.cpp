#include "common/output/column_fit.h"

#include <algorithm>

namespace quarry::output {
namespace {

std::size_t full_width(const ColumnNeed& need) {
  return std::max<std::size_t>({need.name, need.cells, 1});
}

/// A name may be cut in its middle, so it keeps no column wider than kLeastWidth.
std::size_t least_width(const ColumnNeed& need) {
  const bool stays = need.whole || need.cells <= kShortText;
  return std::max<std::size_t>(
      {stays ? need.cells : kLeastWidth, std::min(need.name, kLeastWidth), 1});
}

template <class Width>
std::size_t total(const std::vector<FittedColumn>& columns, Width width) {
  std::size_t sum = columns.empty() ? 0 : kColumnGap * (columns.size() - 1);
  for (const FittedColumn& column : columns) sum += width(column);
  return sum;
}

std::size_t total(const std::vector<FittedColumn>& columns) {
  return total(columns, [](const FittedColumn& column) { return column.width; });
}

void leave_out_empty(std::span<const ColumnNeed> needs, ColumnFit& fit) {
  const auto is_empty = [&](const FittedColumn& column) { return needs[column.index].is_empty; };
  if (std::all_of(fit.shown.begin(), fit.shown.end(), is_empty))
    return;  // then empty is what the rows say
  for (const FittedColumn& column : fit.shown) {
    if (is_empty(column)) fit.empty.push_back(column.index);
  }
  std::erase_if(fit.shown, is_empty);
}

void leave_out_last(std::span<const ColumnNeed> needs, std::size_t width, ColumnFit& fit) {
  const auto least = [&](const FittedColumn& column) { return least_width(needs[column.index]); };
  for (std::size_t sum = total(fit.shown, least); sum > width && fit.shown.size() > 1;
       ++fit.beyond) {
    sum -= least(fit.shown.back()) + kColumnGap;
    fit.shown.pop_back();
  }
}

/// Takes width from the widest columns that can give some, as much as is needed.
void shrink(std::span<const ColumnNeed> needs, std::size_t width, ColumnFit& fit) {
  // A single text may be a megabyte long: no column need be wider than all of them together.
  for (FittedColumn& column : fit.shown)
    column.width = std::min(column.width, std::max(width, least_width(needs[column.index])));
  const auto can_give = [&](const FittedColumn& column) {
    return column.width > least_width(needs[column.index]);
  };
  for (std::size_t sum = total(fit.shown); sum > width; --sum) {
    FittedColumn* widest = nullptr;
    for (FittedColumn& column : fit.shown) {
      if (can_give(column) && (widest == nullptr || column.width > widest->width)) widest = &column;
    }
    if (widest == nullptr) return;
    --widest->width;
  }
}

}  // namespace

ColumnFit fit_columns(std::span<const ColumnNeed> needs, std::size_t width) {
  ColumnFit fit;
  for (std::size_t i = 0; i < needs.size(); ++i) fit.shown.push_back({i, full_width(needs[i])});
  if (width == 0 || total(fit.shown) <= width) return fit;
  leave_out_empty(needs, fit);
  if (total(fit.shown) <= width) return fit;
  leave_out_last(needs, width, fit);
  shrink(needs, width, fit);
  // The only column left is a long text on a very narrow terminal.
  if (fit.shown.size() == 1 && !needs[fit.shown.front().index].whole)
    fit.shown.front().width = std::min(fit.shown.front().width, width);
  return fit;
}

}  // namespace quarry::output
