// What a scalar function is to those who run it: a batch function over columns, chosen once by the
// binder, plus a state that each worker makes once (compiled constants, scratch memory).
#pragma once

#include "common/base/result.h"
#include "common/kql/kernel/context.h"
#include "common/value/column.h"
#include "common/value/scalar.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::kql {

/// A worker's own state for one call site: compiled constants, caches, scratch.
class KernelState {
 public:
  virtual ~KernelState() = default;
};

/// One evaluation: `args` have `rows` rows each (constants as constant columns) and the types the
/// kernel was resolved for.
struct KernelCall {
  const RunContext& run;
  KernelState* state;  // null when the kernel has no prepare
  std::span<const Column> args;
  std::size_t rows;
};

/// Returns a column of `rows` rows of the kernel's result type. Never fails: what cannot be
/// computed is null.
using ScalarFn = Column (*)(KernelCall& call);
/// Makes a worker's state. `constants[i]` is null where argument i is not a constant. An Error here
/// (a bad regex) is reported at argument `Error::where` start = argument index.
using PrepareFn = Result<std::unique_ptr<KernelState>> (*)(
    const RunContext& run, std::span<const Scalar* const> constants);

/// Which rows a function looks at. Window functions are lifted out of expressions by the binder and
/// run where rows come in order.
enum class Reads : std::uint8_t {
  kRow,         // its own
  kRowsBefore,  // also earlier ones: the state goes from batch to batch (row_number, prev)
  kRowsAfter,   // next(value, offset, default): there is no `run`, the operator looks ahead
};

struct ScalarKernel {
  Type result = Type::kUnknown;
  ScalarFn run = nullptr;
  PrepareFn prepare = nullptr;
  bool constant_foldable = true;  // false: rand(), new_guid()
  Reads reads = Reads::kRow;
};

}  // namespace quarry::kql
