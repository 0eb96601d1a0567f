// From a plain C++ struct to an aggregate kernel.
//
//   struct Sum { std::int64_t total = 0; bool any = false;
//                void add(std::int64_t value);             // or add(RowOrder, value…); null rows
//                are left out unless the parameter is std::optional void merge(Sum& later); //
//                `later` may hold rows before or after this one's std::optional<std::int64_t>
//                result() const; };
//   constexpr AggregateOverload kSumLong = aggregate<Sum>;
//
// Parameter and result types are those of rowwise_inl.h. add() gives the signature. A struct may
// declare `static constexpr bool kNeedsOrder = true;` when rows must come in input order. Strings
// passed to add() die with the batch: copy. A struct that is not trivially copyable has
// save(StateWriter&) const and load(StateReader&), too.
#pragma once

#include "common/kql/functions/rowwise_inl.h"

#include <new>

namespace quarry::kql::functions {
namespace detail {

template <class State, bool kOrder, class... P>
struct AggregateParts {
  using R = decltype(std::declval<const State&>().result());
  static constexpr Type kResult = kql_type<R>();

  static void init(std::byte* state) { new (state) State(); }
  static void destroy(std::byte* state) { reinterpret_cast<State*>(state)->~State(); }
  static void merge(std::byte* into, std::byte* from) {
    reinterpret_cast<State*>(into)->merge(*reinterpret_cast<State*>(from));
  }

  static void save(const std::byte* state, StateWriter& out) {
    reinterpret_cast<const State*>(state)->save(out);
  }
  static void load(std::byte* state, StateReader& in) { reinterpret_cast<State*>(state)->load(in); }

  template <std::size_t... I>
  static void update_indexed(AggregateCall& call, std::index_sequence<I...>) {
    auto readers = std::tuple<ArgumentReader<P>...>(ArgumentReader<P>(call.args[I], nullptr)...);
    for (std::size_t i = 0; i < call.states.size(); ++i) {
      if ((false || ... || std::get<I>(readers).blocks(i))) continue;
      State& state = *reinterpret_cast<State*>(call.states[i]);
      if constexpr (kOrder)
        state.add(call.first + i, std::get<I>(readers).get(i)...);
      else
        state.add(std::get<I>(readers).get(i)...);
    }
  }
  static void update(AggregateCall& call) { update_indexed(call, std::index_sequence_for<P...>{}); }

  static void finish(FinishCall& call) {
    ColumnBuilder<kResult> out(call.states.size());
    for (std::byte* state : call.states) {
      auto value = reinterpret_cast<const State*>(state)->result();
      using V = typename Unwrap<std::remove_cvref_t<decltype(value)>>::type;
      static_assert(!std::same_as<V, std::string_view> && !std::same_as<V, DynamicView>,
                    "return std::string or DynamicText: states die");
      append_result(out, std::move(value));
    }
    call.out.push_back(out.finish());
  }

  static constexpr AggregateOverload make() {
    AggregateOverload result;
    std::size_t i = 0;
    ((result.params[i++] = kql_type<P>()), ...);
    result.count = sizeof...(P);
    result.kernel.result = kResult;
    result.kernel.state_size = sizeof(State);
    if constexpr (requires { State::kNeedsOrder; }) result.kernel.needs_order = State::kNeedsOrder;
    result.kernel.init = &init;
    result.kernel.update = &update;
    result.kernel.merge = &merge;
    result.kernel.finish = &finish;
    if constexpr (!std::is_trivially_destructible_v<State>) result.kernel.destroy = &destroy;
    if constexpr (std::is_trivially_copyable_v<State>) {
      result.kernel.save = &save_flat<State>;
      result.kernel.load = &load_flat<State>;
    } else {
      result.kernel.save = &save;
      result.kernel.load = &load;
    }
    static_assert(alignof(State) <= 8, "states are aligned to 8 bytes");
    return result;
  }
};

template <class State, class Add>
struct AggregateOf;
template <class State, class... P>
struct AggregateOf<State, void (State::*)(P...)> : AggregateParts<State, false, P...> {};
template <class State, class... P>
struct AggregateOf<State, void (State::*)(RowOrder, P...)> : AggregateParts<State, true, P...> {};

}  // namespace detail

/// The overload of one state struct.
template <class State>
inline constexpr AggregateOverload aggregate =
    detail::AggregateOf<State, decltype(&State::add)>::make();

/// Several, in order of preference: `.overloads = aggregates<SumLong, SumReal>`.
template <class... States>
inline constexpr AggregateOverload aggregates[]{
    detail::AggregateOf<States, decltype(&States::add)>::make()...};

}  // namespace quarry::kql::functions
