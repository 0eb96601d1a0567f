// Building blocks of hand-written batch kernels: flat result columns filled by one loop, and the
// validity of their rows.
#pragma once

#include "common/kql/kernel/scalar.h"
#include "common/value/column_copy.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace quarry::kql::functions {

/// True when every argument is constant, so that one row tells all.
inline bool all_constant(const KernelCall& call) {
  for (const Column& arg : call.args) {
    if (arg.form() != Column::Form::kConstant) return false;
  }
  return call.rows > 0;
}

/// One bit a row, 1 where the row has a value; made on the first null.
class ValidityBits {
 public:
  explicit ValidityBits(std::size_t rows) : rows_(rows) {}
  void set_null(std::size_t row) {
    if (bits_ == nullptr)
      bits_ = std::make_shared<std::vector<std::uint64_t>>((rows_ + 63) / 64, ~std::uint64_t{0});
    (*bits_)[row >> 6] &= ~(std::uint64_t{1} << (row & 63));
  }
  std::shared_ptr<const std::uint64_t[]> finish() const {
    if (bits_ == nullptr) return nullptr;
    return {bits_, bits_->data()};
  }

 private:
  std::size_t rows_;
  std::shared_ptr<std::vector<std::uint64_t>> bits_;
};

/// Null where one of the columns is.
inline std::shared_ptr<const std::uint64_t[]> null_in_null_out(std::span<const Column> columns,
                                                               std::size_t rows) {
  ValidityBits bits(rows);
  for (const Column& column : columns) {
    if (!column.may_have_nulls()) continue;
    const NullCheck nulls(column);
    for (std::size_t i = 0; i < rows; ++i) {
      if (nulls.is_null(i)) bits.set_null(i);
    }
  }
  return bits.finish();
}

/// A column whose cell i is f(i). For text, the caller names who keeps it alive.
template <Type R, class F>
Column fill(std::size_t rows, std::shared_ptr<const std::uint64_t[]> validity, F&& f,
            std::vector<KeepAlive> keep = {}) {
  auto cells = allocate_cells<R>(rows);
  Cell<R>* const out = cells.get();
  for (std::size_t i = 0; i < rows; ++i) out[i] = f(i);
  return Column(R, rows, std::shared_ptr<const void>(cells, out), std::move(validity),
                std::move(keep));
}

/// Runs `body(rows)` for all rows, or for one where all arguments are constant.
template <class Body>
Column once_if_constant(const KernelCall& call, Body&& body) {
  if (!all_constant(call)) return body(call.rows);
  return Column::constant(body(std::size_t{1}), call.rows);
}

/// Cell i is f(a[i], b[i]): the loops that matter are those over plain arrays, so they are written
/// out by form.
template <Type A, Type B, Type R, class F>
Column fill_binary(const Column& left, const Column& right, std::size_t rows,
                   std::shared_ptr<const std::uint64_t[]> validity, F&& f) {
  const Cells<A> a(left);
  const Cells<B> b(right);
  if (rows > 0 && a.is_flat() && right.form() == Column::Form::kConstant) {
    const Cell<A>* const data = a.data();
    const Cell<B>& constant = b[0];
    return fill<R>(rows, std::move(validity), [&](std::size_t i) { return f(data[i], constant); });
  }
  if (a.is_flat() && b.is_flat()) {
    const Cell<A>* const data_a = a.data();
    const Cell<B>* const data_b = b.data();
    return fill<R>(rows, std::move(validity),
                   [&](std::size_t i) { return f(data_a[i], data_b[i]); });
  }
  return fill<R>(rows, std::move(validity), [&](std::size_t i) { return f(a[i], b[i]); });
}

}  // namespace quarry::kql::functions
