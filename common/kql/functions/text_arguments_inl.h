// Row functions whose text parameters take any scalar: `tolower(5)`, `indexof(1234567, 5)`. KQL
// reads such an argument as its text.
//
//   .resolve = resolve_any_text<indexof_, indexof_from>      instead of      .overloads =
//   rowwise<indexof_, indexof_from>
#pragma once

#include "common/kql/functions/convert/cast.h"
#include "common/kql/functions/rowwise_inl.h"

#include <fmt/format.h>

namespace quarry::kql::functions {
namespace detail {

template <class P>
constexpr bool is_plain_text() {
  using U = typename Unwrap<std::remove_cvref_t<P>>::type;
  return std::same_as<U, std::string_view>;
}

template <auto kFunction, class Signature = decltype(kFunction)>
struct PlainTexts;
template <auto kFunction, class R, class... P>
struct PlainTexts<kFunction, R (*)(P...)> {
  static constexpr std::array<bool, sizeof...(P) + 1> value{is_plain_text<P>()..., false};
};
template <auto kFunction, class R, class... P>
struct PlainTexts<kFunction, R (*)(Row&, P...)> {
  static constexpr std::array<bool, sizeof...(P) + 1> value{is_plain_text<P>()..., false};
};

/// The row function's kernel, after making texts of what is none.
template <auto kFunction>
Column run_on_texts(KernelCall& call) {
  std::vector<Column> texts(call.args.begin(), call.args.end());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (PlainTexts<kFunction>::value[i]) texts[i] = cast_column(texts[i], Type::kString);
  }
  KernelCall inner{call.run, call.state, texts, call.rows};
  return RowwiseOf<kFunction>::run(inner);
}

inline bool converts_implicitly(Type from, Type to) {
  if (from == to || from == Type::kUnknown || from == Type::kDynamic) return true;
  return is_numeric(from) && is_numeric(to) && from < to;
}

template <auto kFunction>
bool try_overload(std::span<const Argument> arguments, ResolvedScalar& resolved) {
  constexpr Overload kOverload = rowwise_overload<kFunction>;
  if (arguments.size() != kOverload.count) return false;
  bool casts = false;
  resolved.argument_types.clear();
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Type given = arguments[i].type;
    const Type wanted = kOverload.params[i];
    if (converts_implicitly(given, wanted)) {
      resolved.argument_types.push_back(wanted);
    } else if (PlainTexts<kFunction>::value[i]) {
      resolved.argument_types.push_back(given);
      casts = true;
    } else {
      return false;
    }
  }
  resolved.kernel = kOverload.kernel;
  if (casts) resolved.kernel.run = &run_on_texts<kFunction>;
  return true;
}

inline std::string type_names(std::span<const Type> types) {
  std::string text;
  for (const Type type : types)
    text += fmt::format("{}{}", text.empty() ? "" : ", ", name_of(type));
  return "(" + text + ")";
}

template <auto... kFunctions>
Failure does_not_fit(std::span<const Argument> arguments) {
  std::vector<Type> given;
  for (const Argument& argument : arguments) given.push_back(argument.type);
  std::string wanted;
  for (const Overload& overload : rowwise<kFunctions...>) {
    wanted += fmt::format("{}{}", wanted.empty() ? "" : " or ",
                          type_names({overload.params.data(), overload.count}));
  }
  return fail(ErrorCode::kQuery, fmt::format("arguments of types {} do not fit; wanted {}",
                                             type_names(given), wanted));
}

}  // namespace detail

/// Chooses among row functions, the first that fits, with any scalar where they want a text.
template <auto... kFunctions>
Result<ResolvedScalar> resolve_any_text(std::span<const Argument> arguments) {
  ResolvedScalar resolved;
  if ((false || ... || detail::try_overload<kFunctions>(arguments, resolved))) return resolved;
  return detail::does_not_fit<kFunctions...>(arguments);
}

}  // namespace quarry::kql::functions
