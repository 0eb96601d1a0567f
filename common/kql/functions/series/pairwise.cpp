// Two series, element by element: series_add(), series_divide(), series_less() … A number in place
// of a series counts for every place. KQL: where one side has no number, or is shorter, the element
// is null.
#include "common/kql/functions/series/define.h"
#include "common/kql/functions/series/series.h"

#include <algorithm>
#include <cmath>

namespace quarry::kql::functions {
namespace {

/// A series, or one number for all places.
struct Side {
  Series series;
  bool everywhere = false;

  std::size_t at(std::size_t i) const { return everywhere ? 0 : i; }
  bool has(std::size_t i) const { return at(i) < series.size() && !series.missing[at(i)]; }
};

std::optional<Side> read_side(const DynamicView& value) {
  if (auto series = read_series(value)) return Side{std::move(*series), false};
  const auto number = number_of(value);
  if (!number) return std::nullopt;
  Side side{{{*number}, {}, {false}, false}, true};
  if (const auto whole = value.as_long()) side.series.integers.push_back(*whole);
  return side;
}

/// Writes make(i, j) for all places where both sides have a number; nothing where neither is a
/// series.
template <class Make>
void write_pairs(JsonRow& row, const Side& a, const Side& b, Make&& make) {
  const std::size_t size =
      std::max(a.everywhere ? 0 : a.series.size(), b.everywhere ? 0 : b.series.size());
  std::string& out = row.out();
  out += '[';
  for (std::size_t i = 0; i < size; ++i) {
    append_separator(out);
    if (a.has(i) && b.has(i))
      make(a.at(i), b.at(i));
    else
      out += "null";
  }
  out += ']';
}

struct Sides {
  Side a, b;
};
std::optional<Sides> read_sides(const JsonRow& row) {
  auto a = read_side(row[0]);
  auto b = read_side(row[1]);
  if (!a || !b || (a->everywhere && b->everywhere)) return std::nullopt;
  return Sides{std::move(*a), std::move(*b)};
}

/// Integers stay integers, and wrap around as `+` does.
template <class Operation>
void arithmetic(JsonRow& row) {
  const auto sides = read_sides(row);
  if (!sides) return;
  const Series& a = sides->a.series;
  const Series& b = sides->b.series;
  if (a.is_integer() && b.is_integer()) {
    write_pairs(row, sides->a, sides->b, [&](std::size_t i, std::size_t j) {
      append_number(row.out(), static_cast<std::int64_t>(
                                   Operation()(static_cast<std::uint64_t>(a.integers[i]),
                                               static_cast<std::uint64_t>(b.integers[j]))));
    });
  } else {
    write_pairs(row, sides->a, sides->b, [&](std::size_t i, std::size_t j) {
      append_number(row.out(), static_cast<double>(Operation()(a.reals[i], b.reals[j])));
    });
  }
}

template <double (*kFunction)(double, double)>
void real_arithmetic(JsonRow& row) {
  if (const auto sides = read_sides(row)) {
    write_pairs(row, sides->a, sides->b, [&](std::size_t i, std::size_t j) {
      append_number(row.out(), kFunction(sides->a.series.reals[i], sides->b.series.reals[j]));
    });
  }
}

template <class Comparison>
void comparison(JsonRow& row) {
  const auto sides = read_sides(row);
  if (!sides) return;
  const Series& a = sides->a.series;
  const Series& b = sides->b.series;
  const bool exact = a.is_integer() && b.is_integer();
  write_pairs(row, sides->a, sides->b, [&](std::size_t i, std::size_t j) {
    row.out() +=
        (exact ? Comparison()(a.integers[i], b.integers[j]) : Comparison()(a.reals[i], b.reals[j]))
            ? "true"
            : "false";
  });
}

double divide(double a, double b) { return a / b; }
double power(double base, double exponent) { return std::pow(base, exponent); }

template <void (*kFunction)(JsonRow&)>
Result<ResolvedScalar> resolve_pair(std::span<const Argument> arguments) {
  if (is_numeric(arguments[0].type) && is_numeric(arguments[1].type)) {
    return Failure(Error(ErrorCode::kQuery, "one of the two must be an array of numbers",
                         "for two numbers there are the operators + - * / < ==")
                       .at(SourceSpan{1, 0}));
  }
  return resolve_json<kFunction, "nn">(arguments);
}

constexpr Param kParams[]{{"series1", "An array of numbers, or one number."},
                          {"series2", "An array of numbers, or one number."}};

constexpr FunctionDef of_pair(std::string_view name, std::string_view summary, Example example,
                              ResolveScalar resolve) {
  return {
      .name = name, .summary = summary, .params = kParams, .example = example, .resolve = resolve};
}

constexpr FunctionDef kDefinitions[]{
    of_pair("series_add", "Adds element by element.",
            {"print series_add(dynamic([1, 2, 4]), dynamic([4, 2, 1]))", "[5,4,5]"},
            resolve_pair<arithmetic<std::plus<>>>),
    of_pair("series_subtract", "Subtracts element by element.",
            {"print series_subtract(dynamic([1, 2, 4]), dynamic([4, 2, 1]))", "[-3,0,3]"},
            resolve_pair<arithmetic<std::minus<>>>),
    of_pair("series_multiply", "Multiplies element by element.",
            {"print series_multiply(dynamic([1, 2, 4]), 10)", "[10,20,40]"},
            resolve_pair<arithmetic<std::multiplies<>>>),
    of_pair("series_divide", "Divides element by element, giving reals.",
            {"print series_divide(dynamic([1, 2, 4]), dynamic([4, 2, 1]))", "[0.25,1.0,4.0]"},
            resolve_pair<real_arithmetic<divide>>),
    of_pair(
        "series_pow", "Raises element by element to a power.",
        {"print series_pow(dynamic([1, 2, 3, 4]), dynamic([1, 2, 3, 0.5]))", "[1.0,4.0,27.0,2.0]"},
        resolve_pair<real_arithmetic<power>>),
    of_pair("series_equals", "Compares element by element: equal?",
            {"print series_equals(dynamic([1, 2, 4]), dynamic([4, 2, 1]))", "[false,true,false]"},
            resolve_pair<comparison<std::equal_to<>>>),
    of_pair(
        "series_not_equals", "Compares element by element: unequal?",
        {"print series_not_equals(dynamic([1, 2, 4]), dynamic([4, 2, 1]))", "[true,false,true]"},
        resolve_pair<comparison<std::not_equal_to<>>>),
    of_pair("series_less", "Compares element by element: less?",
            {"print series_less(dynamic([1, 2, 4]), dynamic([4, 2, 1]))", "[true,false,false]"},
            resolve_pair<comparison<std::less<>>>),
    of_pair(
        "series_less_equals", "Compares element by element: less or equal?",
        {"print series_less_equals(dynamic([1, 2, 4]), dynamic([4, 2, 1]))", "[true,true,false]"},
        resolve_pair<comparison<std::less_equal<>>>),
    of_pair("series_greater", "Compares element by element: greater?",
            {"print series_greater(dynamic([1, 2, 4]), dynamic([4, 2, 1]))", "[false,false,true]"},
            resolve_pair<comparison<std::greater<>>>),
    of_pair("series_greater_equals", "Compares element by element: greater or equal?",
            {"print series_greater_equals(dynamic([1, 2, 4]), dynamic([4, 2, 1]))",
             "[false,true,true]"},
            resolve_pair<comparison<std::greater_equal<>>>),
};
constexpr auto kScalars = addresses_of(kDefinitions);

}  // namespace

extern constinit const FunctionTable kSeriesPairwise{"series", kScalars};

}  // namespace quarry::kql::functions
