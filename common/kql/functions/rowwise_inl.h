// From a plain C++ function over single values to a batch kernel, its signature read off the C++
// types.
//
//   std::optional<std::int64_t> strlen_(std::string_view source);   ->   rowwise<strlen_> :
//   (string) -> long
//
// Parameter types: bool std::int32_t std::int64_t double Decimal std::string_view Datetime Timespan
// Guid DynamicView;
//   std::optional<T>: also called for null (otherwise null in, null out); const P& where P is a
//   prepared argument (see PreparedArgument): compiled once when constant. A first parameter Row&
//   gives the arena and the run.
// Results: the same types or std::optional of them; std::string (copied), std::string_view (must
// point into an argument or
//   row.arena()), DynamicText (copied JSON), DynamicView (as string_view). A string result never is
//   null: nullopt gives "".
#pragma once

#include "common/kql/functions/function.h"
#include "common/value/builder.h"
#include "common/value/dynamic.h"

#include <concepts>
#include <tuple>
#include <type_traits>
#include <utility>

namespace quarry::kql::functions {

/// What a row function may ask of its surroundings.
class Row {
 public:
  Row(const RunContext& run, Arena& arena) : run_(run), arena_(arena) {}
  const RunContext& run() const { return run_; }
  Arena& arena() { return arena_; }  ///< text put here may be returned as a view
  std::string& scratch() {           ///< empty; reused for every row
    scratch_.clear();
    return scratch_;
  }

 private:
  const RunContext& run_;
  Arena& arena_;
  std::string scratch_;
};

/// A parameter compiled from text (a regex, a format, a list): `static Result<P>
/// prepare(std::string_view)`. Constant arguments are compiled once per worker and their Error is
/// the user's; others once per distinct value, null on Error.
template <class P>
concept PreparedArgument = requires(std::string_view text) {
  { P::prepare(text) } -> std::same_as<Result<P>>;
};

namespace detail {

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {
  using Inner = T;
};
template <class T>
struct Unwrap {
  using type = T;
};
template <class T>
struct Unwrap<std::optional<T>> {
  using type = T;
};

template <class T>
consteval Type kql_type() {
  using U = typename Unwrap<std::remove_cvref_t<T>>::type;
  if constexpr (std::same_as<U, bool>)
    return Type::kBool;
  else if constexpr (std::same_as<U, std::int32_t>)
    return Type::kInt;
  else if constexpr (std::same_as<U, std::int64_t>)
    return Type::kLong;
  else if constexpr (std::same_as<U, double>)
    return Type::kReal;
  else if constexpr (std::same_as<U, Decimal>)
    return Type::kDecimal;
  else if constexpr (std::same_as<U, std::string_view> || std::same_as<U, std::string>)
    return Type::kString;
  else if constexpr (std::same_as<U, Datetime>)
    return Type::kDatetime;
  else if constexpr (std::same_as<U, Timespan>)
    return Type::kTimespan;
  else if constexpr (std::same_as<U, Guid>)
    return Type::kGuid;
  else if constexpr (std::same_as<U, DynamicView> || std::same_as<U, DynamicText>)
    return Type::kDynamic;
  else {
    static_assert(PreparedArgument<U>, "not a type of a row function");
    return Type::kString;
  }
}

template <class U>
U read_cell(const Cell<kql_type<U>()>& cell) {
  if constexpr (std::same_as<U, bool>)
    return cell != 0;
  else if constexpr (std::same_as<U, std::string_view>)
    return cell.view();
  else if constexpr (std::same_as<U, DynamicView>)
    return DynamicView(cell.json.view());
  else
    return cell;
}

/// Reads argument values row by row.
template <class P, bool kPrepared = PreparedArgument<typename Unwrap<std::remove_cvref_t<P>>::type>>
class ArgumentReader {
  using Bare = std::remove_cvref_t<P>;
  using U = typename Unwrap<Bare>::type;
  static constexpr bool kNullable = IsOptional<Bare>::value;

 public:
  ArgumentReader(const Column& column, void*) : cells_(column) {}
  bool blocks(std::size_t row) const { return !kNullable && cells_.is_null(row); }
  Bare get(std::size_t row) const {
    if constexpr (kNullable) {
      if (cells_.is_null(row)) return std::nullopt;
    }
    return read_cell<U>(cells_[row]);
  }

 private:
  Cells<kql_type<P>()> cells_;
};

/// A compiled argument: the constant's, or the last text seen.
template <class P>
struct PreparedSlot {
  std::optional<P> value;
  std::string text;
  bool constant = false;
  bool seen = false;
};

template <class P>
class ArgumentReader<P, true> {
  using U = std::remove_cvref_t<P>;

 public:
  ArgumentReader(const Column& column, void* slot)
      : cells_(column), slot_(static_cast<PreparedSlot<U>*>(slot)) {}
  bool blocks(std::size_t row) const {
    if (slot_->constant) return !slot_->value.has_value();
    const std::string_view text = cells_[row].view();
    if (!slot_->seen || slot_->text != text) {
      slot_->seen = true;
      slot_->text = text;
      slot_->value.reset();
      if (Result<U> made = U::prepare(text)) slot_->value = std::move(*made);
    }
    return !slot_->value.has_value();
  }
  const U& get(std::size_t) const { return *slot_->value; }

 private:
  Cells<Type::kString> cells_;
  PreparedSlot<U>* slot_;
};

template <class P, bool = PreparedArgument<typename Unwrap<std::remove_cvref_t<P>>::type>>
struct SlotOf {
  using type = char;
};
template <class P>
struct SlotOf<P, true> {
  using type = PreparedSlot<std::remove_cvref_t<P>>;
};

template <class... P>
struct RowwiseState final : KernelState {
  std::tuple<typename SlotOf<P>::type...> slots{};
};

/// Appends a row's result; strings are copied only when the function says so by its type.
template <class R, class Builder>
void append_result(Builder& out, R&& result) {
  using B = std::remove_cvref_t<R>;
  if constexpr (IsOptional<B>::value) {
    if (!result.has_value())
      out.append_null();
    else
      append_result(out, *std::forward<R>(result));
  } else if constexpr (std::same_as<B, bool>)
    out.append(result ? 1 : 0);
  else if constexpr (std::same_as<B, std::string>)
    out.append_copy(result);
  else if constexpr (std::same_as<B, std::string_view>)
    out.append_view(result);
  else if constexpr (std::same_as<B, DynamicText>) {
    if (result.json.empty() || result.json == "null")
      out.append_null();
    else
      out.append_copy(result.json);
  } else if constexpr (std::same_as<B, DynamicView>) {
    if (result.is_null())
      out.append_null();
    else
      out.append_view(result.json());
  } else
    out.append(result);
}

template <auto kFunction, bool kRow, class R, class... P>
struct Rowwise {
  static constexpr Type kResult = kql_type<R>();
  static constexpr bool kHasPrepared =
      (false || ... || PreparedArgument<typename Unwrap<std::remove_cvref_t<P>>::type>);

  template <std::size_t... I>
  static Column run_indexed(KernelCall& call, std::index_sequence<I...>) {
    ColumnBuilder<kResult> out(call.rows);
    Row row(call.run, out.arena());
    bool all_constant = call.rows > 0;
    for (const Column& arg : call.args) {
      all_constant = all_constant && arg.form() == Column::Form::kConstant;
      if constexpr (kResult == Type::kString || kResult == Type::kDynamic) out.keep(arg.keep());
    }
    auto readers =
        std::tuple<ArgumentReader<P>...>(ArgumentReader<P>(call.args[I], slot<I>(call))...);
    const std::size_t rows = all_constant ? 1 : call.rows;
    for (std::size_t i = 0; i < rows; ++i) {
      if ((false || ... || std::get<I>(readers).blocks(i))) {
        out.append_null();
      } else if constexpr (kRow) {
        append_result(out, kFunction(row, std::get<I>(readers).get(i)...));
      } else {
        append_result(out, kFunction(std::get<I>(readers).get(i)...));
      }
    }
    Column column = out.finish();
    return all_constant ? Column::constant(column, call.rows) : column;
  }

  static Column run(KernelCall& call) { return run_indexed(call, std::index_sequence_for<P...>{}); }

  template <std::size_t I>
  static void* slot(KernelCall& call) {
    if constexpr (kHasPrepared)
      return &std::get<I>(static_cast<RowwiseState<P...>*>(call.state)->slots);
    else
      return nullptr;
  }

  template <std::size_t I, class Q>
  static Result<void> prepare_one(RowwiseState<P...>& state,
                                  std::span<const Scalar* const> constants) {
    if constexpr (PreparedArgument<typename Unwrap<std::remove_cvref_t<Q>>::type>) {
      if (constants[I] == nullptr || constants[I]->is_null()) return {};
      auto& target = std::get<I>(state.slots);
      target.constant = true;
      auto made = std::remove_cvref_t<Q>::prepare(constants[I]->template get<std::string>());
      if (!made)
        return Failure(Error(made.error()).at(SourceSpan{static_cast<std::uint32_t>(I), 0}));
      target.value = std::move(*made);
    }
    return {};
  }

  template <std::size_t... I>
  static Result<void> prepare_all([[maybe_unused]] RowwiseState<P...>& state,
                                  [[maybe_unused]] std::span<const Scalar* const> constants,
                                  std::index_sequence<I...>) {
    Result<void> result;
    static_cast<void>((... && (result = prepare_one<I, P>(state, constants)).has_value()));
    return result;
  }

  static Result<std::unique_ptr<KernelState>> prepare(const RunContext&,
                                                      std::span<const Scalar* const> constants) {
    auto state = std::make_unique<RowwiseState<P...>>();
    QUARRY_CHECK(prepare_all(*state, constants, std::index_sequence_for<P...>{}));
    return std::unique_ptr<KernelState>(std::move(state));
  }

  static constexpr Overload make() {
    static_assert(sizeof...(P) <= kMaxOverloadParams);
    Overload result;
    std::size_t i = 0;
    ((result.params[i++] = kql_type<P>()), ...);
    result.count = sizeof...(P);
    result.kernel = ScalarKernel{kResult, &run, kHasPrepared ? &prepare : nullptr, true};
    return result;
  }
};

template <auto kFunction, class Signature = decltype(kFunction)>
struct RowwiseOf;
template <auto kFunction, class R, class... P>
struct RowwiseOf<kFunction, R (*)(P...)> : Rowwise<kFunction, false, R, P...> {};
template <auto kFunction, class R, class... P>
struct RowwiseOf<kFunction, R (*)(Row&, P...)> : Rowwise<kFunction, true, R, P...> {};

}  // namespace detail

/// The overload of one row function.
template <auto kFunction>
inline constexpr Overload rowwise_overload = detail::RowwiseOf<kFunction>::make();

/// The overloads of several row functions, in order of preference: `.overloads = rowwise<abs_long,
/// abs_real>`.
template <auto... kFunctions>
inline constexpr Overload rowwise[]{detail::RowwiseOf<kFunctions>::make()...};

}  // namespace quarry::kql::functions
