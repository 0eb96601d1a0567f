#include "common/kql/exec/expand.h"

#include "common/value/builder.h"
#include "common/value/dynamic.h"

#include <algorithm>

namespace quarry::exec {
namespace {

/// One element: text of the row's own value, or made for it.
struct Element {
  std::string_view json;  // empty: null
  std::string made;       // a member of a bag in its form
  bool is_made = false;
};

void append_member(std::string& out, std::string_view raw_key, std::string_view value,
                   BagForm form) {
  out += form == BagForm::kBag ? "{\"" : "[\"";
  out += raw_key;
  out += form == BagForm::kBag ? "\":" : "\",";
  out += value.empty() ? std::string_view("null") : value;
  out += form == BagForm::kBag ? '}' : ']';
}

void split(std::string_view json, BagForm form, std::vector<Element>& elements) {
  elements.clear();
  const DynamicView value(json);
  switch (value.kind()) {
    case DynamicKind::kArray: {
      ArrayCursor cursor(value);
      DynamicView element;
      while (cursor.next(element))
        elements.push_back({element.is_null() ? std::string_view() : element.json(), {}, false});
      return;
    }
    case DynamicKind::kBag: {
      BagCursor cursor(value);
      std::string_view key;
      DynamicView member;
      while (cursor.next(key, member)) {
        Element element;
        element.is_made = true;
        append_member(element.made, key, member.json(), form);
        elements.push_back(std::move(element));
      }
      return;
    }
    case DynamicKind::kNull:
      elements.push_back({});
      return;
    default:
      elements.push_back({value.json(), {}, false});
  }
}

struct ExpandState final : OperatorState {
  std::vector<Evaluator> evaluators;
  std::size_t batch_rows = kDefaultBatchRows;
  // The input at hand: kept from one push to the next while it has more to give.
  bool running = false;
  std::vector<Column> values;
  std::size_t row = 0;
  std::vector<std::vector<Element>> elements;  // of `row`, for each value
  std::size_t next = 0;                        // element
  std::size_t count = 0;                       // of elements that `row` gives
};

void load_row(ExpandState& state, const ExpandPlan& plan) {
  state.next = 0;
  std::size_t longest = 0;
  for (std::size_t k = 0; k < state.values.size(); ++k) {
    const Cells<Type::kDynamic> cells(state.values[k]);
    if (cells.is_null(state.row))
      split({}, plan.form, state.elements[k]);
    else
      split(cells[state.row].json.view(), plan.form, state.elements[k]);
    longest = std::max(longest, state.elements[k].size());
  }
  state.count = static_cast<std::size_t>(std::min<std::uint64_t>(longest, plan.limit));
}

/// Columns of the rows made in one push.
class Output {
 public:
  Output(const ExpandState& state)
      : builders_(state.values.size()), rows_(std::make_shared<std::vector<std::uint32_t>>()) {
    for (std::size_t k = 0; k < builders_.size(); ++k) builders_[k].keep(state.values[k].keep());
  }

  std::size_t rows() const { return rows_->size(); }

  void add(const ExpandState& state) {
    rows_->push_back(static_cast<std::uint32_t>(state.row));
    index_.append(static_cast<std::int64_t>(state.next));
    for (std::size_t k = 0; k < builders_.size(); ++k) {
      if (state.next >= state.elements[k].size()) {
        builders_[k].append_null();
        continue;
      }
      const Element& element = state.elements[k][state.next];
      if (element.is_made)
        builders_[k].append_copy(element.made);
      else if (element.json.empty())
        builders_[k].append_null();
      else
        builders_[k].append_view(element.json);
    }
  }

  Batch finish(const Batch& in, bool with_index) {
    Batch out = in.selected(rows_);
    for (ColumnBuilder<Type::kDynamic>& builder : builders_) out.add(builder.finish());
    if (with_index) out.add(index_.finish());
    return out;
  }

 private:
  std::vector<ColumnBuilder<Type::kDynamic>> builders_;
  ColumnBuilder<Type::kLong> index_;
  std::shared_ptr<std::vector<std::uint32_t>> rows_;
};

}  // namespace

Result<std::unique_ptr<OperatorState>> Expand::make_state(const ExecContext& context) const {
  auto state = std::make_unique<ExpandState>();
  state->batch_rows = context.batch_rows;
  state->elements.resize(plan_.values.size());
  for (const Expression& value : plan_.values) {
    QUARRY_TRY(Evaluator evaluator, Evaluator::make(value, context.run));
    state->evaluators.push_back(std::move(evaluator));
  }
  return std::unique_ptr<OperatorState>(std::move(state));
}

Result<Flow> Expand::push(OperatorState& state, const Batch& in, Batch& out) const {
  auto& mine = static_cast<ExpandState&>(state);
  if (!mine.running) {
    mine.values.clear();
    for (Evaluator& evaluator : mine.evaluators) mine.values.push_back(evaluator.evaluate(in));
    mine.row = 0;
    mine.running = true;
    load_row(mine, plan_);
  }
  Output output(mine);
  while (output.rows() < mine.batch_rows) {
    if (mine.next < mine.count) {
      output.add(mine);
      ++mine.next;
    } else if (++mine.row < in.rows()) {
      load_row(mine, plan_);
    } else {
      mine.running = false;
      break;
    }
  }
  if (output.rows() > 0) out = output.finish(in, plan_.with_index);
  return mine.running ? Flow::kMoreOutput : Flow::kMoreInput;
}

}  // namespace quarry::exec
