#include "common/kql/exec/take_apart.h"

#include "common/value/builder.h"

namespace quarry::exec {
namespace {

struct TakeApartState final : OperatorState {
  explicit TakeApartState(Evaluator text_evaluator) : text(std::move(text_evaluator)) {}
  Evaluator text;
  std::vector<std::string_view> fields;
  std::vector<std::string_view> groups;  // scratch
  std::vector<std::string> decoded;      // fields that are no pieces of the text
};

std::size_t field_count(const TextPattern& pattern) { return pattern.field_count(); }
std::size_t field_count(const KeyValuePattern& pairs) { return pairs.field_count(); }
std::size_t field_count(const RegexFields& regex) { return regex.groups.size(); }

bool match(const TextPattern& pattern, std::string_view text, TakeApartState& state) {
  return pattern.match(text, state.fields);
}

bool match(const KeyValuePattern& pairs, std::string_view text, TakeApartState& state) {
  pairs.match(text, state.fields, state.decoded);
  return true;
}

bool is_decoded(const TakeApartState& state, std::size_t field) {
  return field < state.decoded.size() && !state.decoded[field].empty() &&
         state.fields[field].data() == state.decoded[field].data();
}

bool match(const RegexFields& fields, std::string_view text, TakeApartState& state) {
  if (!fields.regex.match(text, 0, state.groups)) return false;
  for (std::size_t i = 0; i < fields.groups.size(); ++i)
    state.fields[i] = state.groups[fields.groups[i]];
  return true;
}

}  // namespace

Result<std::unique_ptr<OperatorState>> TakeApart::make_state(const ExecContext& context) const {
  QUARRY_TRY(Evaluator text, Evaluator::make(text_, context.run));
  return std::unique_ptr<OperatorState>(std::make_unique<TakeApartState>(std::move(text)));
}

Result<Flow> TakeApart::push(OperatorState& state, const Batch& in, Batch& out) const {
  auto& mine = static_cast<TakeApartState&>(state);
  const Column column = mine.text.evaluate(in);
  const Cells<Type::kString> cells(column);
  const std::size_t count =
      std::visit([](const auto& pattern) { return field_count(pattern); }, pattern_);
  std::vector<ColumnBuilder<Type::kString>> builders(count);
  for (auto& builder : builders) builder.keep(column.keep());  // fields are pieces of the text
  ColumnBuilder<Type::kBool> fits(in.rows());
  std::visit(
      [&](const auto& pattern) {
        for (std::size_t row = 0; row < in.rows(); ++row) {
          mine.fields.assign(count, {});
          const bool found = match(pattern, cells[row].view(), mine);
          fits.append(found ? 1 : 0);
          for (std::size_t i = 0; i < count; ++i) {
            if (is_decoded(mine, i))
              builders[i].append_copy(mine.fields[i]);
            else
              builders[i].append_view(found ? mine.fields[i] : std::string_view());
          }
        }
      },
      pattern_);
  std::vector<Column> columns = in.columns();
  for (auto& builder : builders) columns.push_back(builder.finish());
  columns.push_back(fits.finish());
  out = Batch(std::move(columns), in.rows());
  return Flow::kMoreInput;
}

}  // namespace quarry::exec
