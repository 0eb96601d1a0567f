// The aggregates that keep one row of a group: arg_max(), arg_min() and take_any() differ only in
// which row is the best.
//
// Every row is only compared; rows are copied once a batch and group, for the best of the batch.
// Among equals the earliest row of the input wins, whatever the number of threads.
#pragma once

#include "common/kql/functions/aggregate/kept_row.h"
#include "common/kql/functions/function.h"

#include <cstdint>
#include <vector>

namespace quarry::kql::functions {

/// Key says how good a row is:
///   Key()                              worse than every row
///   static int compare(a, b)           > 0 where a (a key, or what key_of() gives) is better
///   bool is_final() const              nothing is better: later rows need not be looked at
///   void adopt(const KeptRow& row)     the row was copied: a text in the key must point into the
///   copy from now on
template <class Key>
class BestRow {
 public:
  /// key_of(i) is the key of row i, or something that compares like it and is assigned to one.
  template <class KeyOf>
  static void update_with(AggregateCall& call, const KeyOf& key_of) {
    std::vector<State*> touched;
    for (std::size_t i = 0; i < call.states.size(); ++i) {
      State& best = at(call.states[i]);
      if (best.key.is_final() && best.order <= call.first + i) continue;
      const auto key = key_of(i);
      if (!best.yields_to(key, call.first + i)) continue;
      if (best.pending == kNotPending) touched.push_back(&best);
      best.key = key;
      best.order = call.first + i;
      best.pending = static_cast<std::uint32_t>(i);
    }
    for (State* best : touched) {
      best->row.assign(call.args, best->pending);
      best->pending = kNotPending;
      best->key.adopt(best->row);
    }
  }

  /// All that an aggregate needs but `update`; it has as many results as arguments.
  static AggregateKernel kernel(Type result_type) {
    AggregateKernel result;
    result.result = result_type;
    result.state_size = sizeof(State);
    result.init = &init;
    result.merge = &merge;
    result.finish = &finish;
    result.destroy = &destroy;
    result.save = &save;
    result.load = &load;
    return result;
  }

 private:
  static constexpr std::uint32_t kNotPending = ~std::uint32_t{0};

  /// `row` holds the best of the earlier batches; row `pending` of this batch, where set, is
  /// better.
  struct State {
    Key key;
    RowOrder order = 0;
    KeptRow row;
    std::uint32_t pending = kNotPending;

    template <class Other>
    bool yields_to(const Other& other, RowOrder other_order) const {
      const int difference = Key::compare(other, key);
      return difference != 0 ? difference > 0 : other_order < order;
    }
  };

  static State& at(std::byte* state) { return *reinterpret_cast<State*>(state); }
  static void init(std::byte* state) { new (state) State(); }
  static void destroy(std::byte* state) { at(state).row.release(); }

  static void merge(std::byte* into, std::byte* from) {
    State& a = at(into);
    State& b = at(from);
    if (b.row.empty() || !a.yields_to(b.key, b.order)) return;
    a.key = b.key;
    a.order = b.order;
    a.row.swap(b.row);
  }

  /// A text in the key is found again in the row.
  static void save(const std::byte* state, StateWriter& out) {
    const State& best = *reinterpret_cast<const State*>(state);
    out.put(best.key);
    out.put(best.order);
    best.row.save(out);
  }
  static void load(std::byte* state, StateReader& in) {
    State& best = at(state);
    best.key = in.take<Key>();
    best.order = in.take<RowOrder>();
    best.row.load(in);
    if (!best.row.empty()) best.key.adopt(best.row);
  }

  static void finish(FinishCall& call) {
    std::vector<const KeptRow*> rows;
    for (std::byte* state : call.states) rows.push_back(&at(state).row);
    for (std::size_t i = 0; i < call.argument_types.size(); ++i)
      call.out.push_back(column_of_rows(call.argument_types[i], rows, i));
  }
};

}  // namespace quarry::kql::functions
