#include "common/kql/exec/series.h"

#include "common/kql/exec/row_table.h"
#include "common/value/builder.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace quarry::exec {
namespace {

/// A longer series is a mistake in the step.
constexpr std::uint64_t kLongest = 10'000'000;
constexpr std::int64_t kNowhere = std::numeric_limits<std::int64_t>::min();

std::int64_t whole(const Column& column, std::size_t row) {
  switch (column.type()) {
    case Type::kInt:
      return Cells<Type::kInt>(column)[row];
    case Type::kDatetime:
      return Cells<Type::kDatetime>(column)[row].ticks;
    case Type::kTimespan:
      return Cells<Type::kTimespan>(column)[row].ticks;
    default:
      return Cells<Type::kLong>(column)[row];
  }
}

/// The element at which a value stands, `distance` steps behind the start; kNowhere before it,
/// kLongest for all that lie too far. Places are binned already, so a real distance is whole but
/// for rounding.
std::int64_t element_at(double distance) {
  const double element = std::round(distance);
  if (!(element >= 0)) return kNowhere;
  return static_cast<std::int64_t>(std::min(element, static_cast<double>(kLongest)));
}
std::int64_t element_at(std::int64_t value, std::int64_t start, std::int64_t step) {
  if (value < start) return kNowhere;
  const std::uint64_t distance =
      static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(start);
  return static_cast<std::int64_t>(std::min(distance / static_cast<std::uint64_t>(step), kLongest));
}

template <Type T, class Make>
Column filled(std::uint64_t count, Make make) {
  ColumnBuilder<T> builder(count);
  for (std::uint64_t i = 0; i < count; ++i) builder.append(make(static_cast<std::int64_t>(i)));
  return builder.finish();
}

std::string joined(const Column& elements) {
  const Cells<Type::kDynamic> cells(elements);
  std::string text = "[";
  for (std::size_t i = 0; i < elements.rows(); ++i) {
    if (i > 0) text += ',';
    text += cells.is_null(i) ? std::string_view("null") : cells[i].json.view();
  }
  return text + "]";
}

}  // namespace

/// Where the series begins, how long it is, and which element each input row belongs to.
struct Series::Axis {
  std::vector<std::int64_t> elements;  // kNowhere: none
  std::string text;
  std::uint64_t length = 0;
};

Result<Series::Axis> Series::axis_of(const Column& places, const ExecContext& context) const {
  Axis axis;
  const bool real = places.type() == Type::kReal;
  const NullCheck nulls(places);
  double start = plan_.start.value_or(std::numeric_limits<double>::infinity());
  std::int64_t whole_start = plan_.whole_start.value_or(std::numeric_limits<std::int64_t>::max());
  for (std::size_t row = 0; row < places.rows() && !plan_.start && !plan_.whole_start; ++row) {
    if (nulls.is_null(row)) continue;
    if (real)
      start = std::min(start, Cells<Type::kReal>(places)[row]);
    else
      whole_start = std::min(whole_start, whole(places, row));
  }
  std::int64_t last = -1;
  for (std::size_t row = 0; row < places.rows(); ++row) {
    std::int64_t element = kNowhere;
    if (!nulls.is_null(row)) {
      element = real ? element_at((Cells<Type::kReal>(places)[row] - start) / plan_.step)
                     : element_at(whole(places, row), whole_start, plan_.whole_step);
    }
    axis.elements.push_back(element);
    last = std::max(last, element);
  }
  axis.length = plan_.length.value_or(static_cast<std::uint64_t>(last) + 1);
  if (axis.length > kLongest)
    return fail(ErrorCode::kQuery, "the series has more than 10,000,000 elements",
                "take a larger step");

  const auto at = [&](std::int64_t i) { return whole_start + i * plan_.whole_step; };
  Column values;
  switch (places.type()) {
    case Type::kReal:
      values = filled<Type::kReal>(
          axis.length, [&](std::int64_t i) { return start + static_cast<double>(i) * plan_.step; });
      break;
    case Type::kInt:
      values = filled<Type::kInt>(axis.length,
                                  [&](std::int64_t i) { return static_cast<std::int32_t>(at(i)); });
      break;
    case Type::kDatetime:
      values =
          filled<Type::kDatetime>(axis.length, [&](std::int64_t i) { return Datetime{at(i)}; });
      break;
    case Type::kTimespan:
      values =
          filled<Type::kTimespan>(axis.length, [&](std::int64_t i) { return Timespan{at(i)}; });
      break;
    default:
      values = filled<Type::kLong>(axis.length, at);
  }
  QUARRY_TRY(Evaluator evaluator, Evaluator::make(plan_.axis_element, context.run));
  axis.text = joined(evaluator.evaluate(Batch({std::move(values)}, axis.length)));
  return axis;
}

/// groups[g][i] is the input row of element i, or -1.
Column Series::array_column(const Batch& all, std::size_t value,
                            const std::vector<std::vector<std::int64_t>>& groups) const {
  ColumnBuilder<Type::kDynamic> builder(groups.size());
  const std::string& missing = plan_.defaults[value];
  const Column& column = all.column(plan_.keys + 1 + value);
  const Cells<Type::kDynamic> cells(column);
  for (const std::vector<std::int64_t>& rows : groups) {
    std::string text = "[";
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (i > 0) text += ',';
      if (rows[i] < 0)
        text += missing;
      else
        text += cells.is_null(static_cast<std::size_t>(rows[i]))
                    ? std::string_view("null")
                    : cells[static_cast<std::size_t>(rows[i])].json.view();
    }
    builder.append_copy(text + "]");
  }
  return builder.finish();
}

Result<void> Series::finish(const ExecContext& context) {
  QUARRY_CHECK(rows_.finish(context));
  const Batch all = concatenate(*rows_.batches(), plan_.types);
  QUARRY_TRY(const Axis axis, axis_of(all.column(plan_.keys), context));

  std::vector<std::vector<std::int64_t>> groups;
  std::vector<std::uint32_t> first_rows;
  const std::vector<Type> key_types(plan_.types.begin(),
                                    plan_.types.begin() + static_cast<std::ptrdiff_t>(plan_.keys));
  RowTable table(key_types, sizeof(std::uint64_t));
  std::vector<std::byte*> places;
  std::vector<std::byte*> added;
  MemoryShare share(context.memory);
  if (all.rows() > 0)
    table.find_or_add(std::span<const Column>(all.columns().data(), plan_.keys), all.rows(), 0,
                      places, added);
  for (std::size_t row = 0; row < all.rows(); ++row) {
    auto& number = *reinterpret_cast<std::uint64_t*>(table.state(places[row]));  // group + 1
    if (number == 0) {
      QUARRY_CHECK(share.resize((groups.size() + 1) * axis.length * sizeof(std::int64_t)));
      groups.emplace_back(axis.length, -1);
      first_rows.push_back(static_cast<std::uint32_t>(row));
      number = groups.size();
    }
    const std::int64_t element = axis.elements[row];
    if (element >= 0 && element < static_cast<std::int64_t>(axis.length))
      groups[number - 1][static_cast<std::size_t>(element)] = static_cast<std::int64_t>(row);
  }
  if (groups.empty() && plan_.one_row_when_empty) groups.emplace_back(axis.length, -1);
  if (groups.empty()) return {};

  Batch out({}, groups.size());
  const auto chosen = std::make_shared<std::vector<std::uint32_t>>(std::move(first_rows));
  for (std::size_t i = 0; i < plan_.keys; ++i) out.add(Column::select(all.column(i), chosen));
  for (std::size_t value = 0; value < plan_.defaults.size(); ++value)
    out.add(array_column(all, value, groups));
  ColumnBuilder<Type::kDynamic> axis_column;
  axis_column.append_copy(axis.text);
  out.add(Column::constant(axis_column.finish(), groups.size()));
  batches_->push_back(std::move(out));
  return {};
}

}  // namespace quarry::exec
