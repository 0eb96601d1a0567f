// Shared by make_list(), make_set() and make_bag(): the limit argument, cells as element bytes and
// back, states behind a pointer.
#pragma once

#include "common/kql/functions/aggregate/elements.h"
#include "common/kql/functions/dynamic/json_cell.h"
#include "common/kql/functions/function.h"
#include "common/value/builder.h"

#include <algorithm>
#include <cstring>

namespace quarry::kql::functions {

/// The `maxSize` argument.
struct GatherLimit final : KernelState {
  std::size_t elements = kMaxElements;
};

inline Result<std::unique_ptr<KernelState>> prepare_gather_limit(
    const RunContext&, std::span<const Scalar* const> constants) {
  auto state = std::make_unique<GatherLimit>();
  if (constants.size() > 1 && constants[1] != nullptr && !constants[1]->is_null()) {
    state->elements = static_cast<std::size_t>(
        std::clamp<std::int64_t>(constants[1]->get<std::int64_t>(), 0, kMaxElements));
  }
  return std::unique_ptr<KernelState>(std::move(state));
}

inline std::size_t gather_limit(const KernelState* state) {
  return static_cast<const GatherLimit*>(state)->elements;
}

/// (expr, maxSize?) -> dynamic. `type` is what expr is converted to.
inline ResolvedAggregate resolve_gather(std::span<const Argument> arguments, Type type,
                                        AggregateKernel kernel) {
  ResolvedAggregate result{{type}, kernel};
  if (arguments.size() > 1) result.argument_types.push_back(Type::kLong);
  result.kernel.result = Type::kDynamic;
  result.kernel.prepare = &prepare_gather_limit;
  return result;
}

/// The bytes that identify a cell. `scratch` keeps them where the cell itself does not.
template <Type T>
std::string_view element_bytes(const Cell<T>& cell, Cell<T>& scratch) {
  if constexpr (T == Type::kString) {
    return cell.view();
  } else if constexpr (T == Type::kDynamic) {
    return cell.json.view();
  } else {
    scratch = cell;
    if constexpr (T == Type::kReal) scratch += 0.0;  // -0.0 is 0.0
    return {reinterpret_cast<const char*>(&scratch), sizeof scratch};
  }
}

/// Writes an element that element_bytes() made.
template <Type T>
void append_element(std::string& json, std::string_view bytes) {
  Cell<T> cell;
  if constexpr (T == Type::kString)
    cell = StringCell(bytes);
  else if constexpr (T == Type::kDynamic)
    cell.json = StringCell(bytes);
  else
    std::memcpy(&cell, bytes.data(), sizeof cell);
  append_json_cell<T>(json, cell);
}

/// States that are a pointer, null until the first element.
template <class Elements>
struct Gathered {
  static Elements*& at(std::byte* state) { return *reinterpret_cast<Elements**>(state); }
  static void init(std::byte* state) { new (state) Elements*(nullptr); }
  static void destroy(std::byte* state) { delete at(state); }

  static AggregateKernel kernel() {
    AggregateKernel result;
    result.state_size = sizeof(Elements*);
    result.init = &init;
    result.destroy = &destroy;
    result.save = &save_pointed<Elements>;
    result.load = &load_pointed<Elements>;
    return result;
  }

  /// write(json, elements) fills in what stands between the brackets.
  template <class Write>
  static Column finish(std::span<std::byte* const> states, char open, char close,
                       const Write& write) {
    ColumnBuilder<Type::kDynamic> out(states.size());
    std::string json;
    for (std::byte* state : states) {
      json.assign(1, open);
      if (at(state) != nullptr) write(json, *at(state));
      json += close;
      out.append_copy(json);
    }
    return out.finish();
  }
};

}  // namespace quarry::kql::functions
