// Window functions: kernels whose state goes from row to row, over all batches in order.
#pragma once

#include "common/kql/functions/function.h"

#include <memory>
#include <utility>

namespace quarry::kql::functions {

template <class S>
Result<std::unique_ptr<KernelState>> make_window_state(const RunContext&,
                                                       std::span<const Scalar* const>) {
  return std::unique_ptr<KernelState>(std::make_unique<S>());
}

/// The kernel of a function whose state begins as S().
template <class S>
constexpr ScalarKernel window_kernel(Type result, ScalarFn run) {
  return {.result = result,
          .run = run,
          .prepare = &make_window_state<S>,
          .constant_foldable = false,
          .reads = Reads::kRowsBefore};
}

/// An optional last argument: true where counting begins anew.
class Restart {
 public:
  Restart(const KernelCall& call, std::size_t argument) {
    if (argument < call.args.size()) cells_.emplace(call.args[argument]);
  }
  bool at(std::size_t row) const { return cells_ && !cells_->is_null(row) && (*cells_)[row] != 0; }

 private:
  std::optional<Cells<Type::kBool>> cells_;
};

inline constexpr Param kRestartParam{
    .name = "restart", .help = "True in rows where it begins anew.", .optional = true};

}  // namespace quarry::kql::functions
