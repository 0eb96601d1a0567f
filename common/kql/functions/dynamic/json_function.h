// From a function over dynamic values to a batch kernel, for the many functions that take arrays,
// bags and "any scalar".
//
//   void array_reverse(JsonRow& row);                      ->  .resolve =
//   resolve_json<array_reverse, "d"> std::optional<bool> set_has_element(JsonRow& row);     ->
//   .resolve = resolve_json<set_has_element, "dv">
//
// The pattern says what each argument must be: d dynamic, l integer, n any number or dynamic, b
// bool, t text, v any scalar (put into JSON as bag_pack does); `*` repeats what stands before it.
// Every argument arrives as a DynamicView. A function that returns void writes JSON to row.out();
// what it leaves empty is null.
#pragma once

#include "common/kql/functions/convert/cast.h"
#include "common/kql/functions/rowwise_inl.h"

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace quarry::kql::functions {

/// One row's arguments, and room for its result.
class JsonRow {
 public:
  std::size_t size() const { return arguments_.size(); }
  const DynamicView& operator[](std::size_t i) const { return arguments_[i]; }
  bool is_array(std::size_t i) const { return arguments_[i].kind() == DynamicKind::kArray; }
  bool is_bag(std::size_t i) const { return arguments_[i].kind() == DynamicKind::kBag; }
  /// An integer argument; `otherwise` where it is missing or null.
  std::int64_t integer(std::size_t i, std::int64_t otherwise = 0) const {
    return i < size() ? arguments_[i].as_long().value_or(otherwise) : otherwise;
  }
  /// The decoded text of a string argument; "" where it is none. Valid until the next call.
  std::string_view text(std::size_t i) {
    return arguments_[i].as_string(scratch_).value_or(std::string_view{});
  }
  std::string& out() { return out_; }
  /// Writes an array of raw JSON values.
  void write_array(std::span<const DynamicView> elements);

 private:
  template <auto, class>
  friend struct JsonFunction;
  std::vector<DynamicView> arguments_;
  std::string scratch_;
  std::string out_;
};

/// The elements of an array; none where it is no array.
std::vector<DynamicView> elements_of(const DynamicView& array);
/// Appends a value, null as "null".
inline void append_value(std::string& json, const DynamicView& value) {
  json += value.json().empty() ? std::string_view("null") : value.json();
}
/// Appends `,` unless the value is the first after an opening bracket.
inline void append_separator(std::string& json) {
  if (const char last = json.back(); last != '[' && last != '{' && last != ',') json += ',';
}

/// Types that the pattern's arguments are converted to; an Error where one cannot be.
Result<std::vector<Type>> json_argument_types(std::string_view pattern,
                                              std::span<const Argument> arguments);

template <std::size_t N>
struct JsonPattern {
  char text[N];
  constexpr JsonPattern(
      const char (&literal)[N]) {  // NOLINT: implicit, so that the pattern is written as a literal
    for (std::size_t i = 0; i < N; ++i) text[i] = literal[i];
  }
  constexpr std::string_view view() const { return {text, N - 1}; }
};

template <auto kFunction, class R>
struct JsonFunction {
  static constexpr bool kWritesJson = std::is_void_v<R>;
  static constexpr Type result_type() {
    if constexpr (kWritesJson)
      return Type::kDynamic;
    else
      return detail::kql_type<R>();
  }

  static Column run(KernelCall& call) {
    std::vector<Column> columns;
    bool all_constant = call.rows > 0;
    for (const Column& argument : call.args) {
      columns.push_back(argument.type() == Type::kDynamic ? argument
                                                          : cast_column(argument, Type::kDynamic));
      all_constant = all_constant && argument.form() == Column::Form::kConstant;
    }
    std::vector<Cells<Type::kDynamic>> cells(columns.begin(), columns.end());
    ColumnBuilder<result_type()> out(call.rows);
    JsonRow row;
    row.arguments_.resize(columns.size());
    for (std::size_t i = 0; i < (all_constant ? 1 : call.rows); ++i) {
      for (std::size_t a = 0; a < cells.size(); ++a) {
        row.arguments_[a] =
            cells[a].is_null(i) ? DynamicView() : DynamicView(cells[a][i].json.view());
      }
      row.out_.clear();
      if constexpr (kWritesJson) {
        kFunction(row);
        if (row.out_.empty() || row.out_ == "null")
          out.append_null();
        else
          out.append_copy(row.out_);
      } else {
        detail::append_result(out, kFunction(row));
      }
    }
    const Column column = out.finish();
    return all_constant ? Column::constant(column, call.rows) : column;
  }
};

/// The resolver of one function; see the top of the file.
template <auto kFunction, JsonPattern kPattern>
Result<ResolvedScalar> resolve_json(std::span<const Argument> arguments) {
  using R = decltype(kFunction(std::declval<JsonRow&>()));
  QUARRY_TRY(std::vector<Type> types, json_argument_types(kPattern.view(), arguments));
  return ResolvedScalar{std::move(types), ScalarKernel{JsonFunction<kFunction, R>::result_type(),
                                                       &JsonFunction<kFunction, R>::run}};
}

}  // namespace quarry::kql::functions
