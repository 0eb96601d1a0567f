// Runs one pipeline: workers, morsels, and the ordered region behind the exchange.
#include "common/base/thread_pool.h"
#include "common/kql/exec/ordered_exchange.h"
#include "common/kql/exec/pipeline.h"

#include <algorithm>
#include <functional>
#include <mutex>
#include <unordered_map>
#include <unordered_set>

namespace quarry::exec {

Result<Flow> Operator::finish(OperatorState&, Batch& out) const {
  out = Batch();
  return Flow::kDone;
}

namespace {

using Operators = std::vector<std::shared_ptr<const Operator>>;

/// What outlives a leg: the sink's states, the states of ordered operators, who is done.
struct Progress {
  std::vector<std::unique_ptr<SinkState>>
      sink_states;  // one per worker; one in all for an ordered sink
  std::unordered_map<const Operator*, std::unique_ptr<OperatorState>> ordered_states;
  std::unordered_set<const Operator*> done;
  std::mutex mutex;  // guards `done`
  bool sink_done = false;
  std::uint64_t morsel_base = 0;
};

/// Carries batches through a stretch of operators into whatever stands behind it.
class Chain {
 public:
  /// `exchange`: who says that no more rows are wanted; null where rows must pass even so (behind
  /// the exchange, at the end).
  Chain(const Operators& operators, std::size_t begin, std::size_t end, const ExecContext& context,
        const OrderedExchange* exchange)
      : operators_(operators),
        begin_(begin),
        end_(end),
        cancel_(context.run.cancel),
        exchange_(exchange) {}

  Result<void> make_states(const ExecContext& context) {
    for (std::size_t i = begin_; i < end_; ++i) {
      QUARRY_TRY(auto state, operators_[i]->make_state(context));
      owned_.push_back(std::move(state));
      states_.push_back(owned_.back().get());
    }
    return {};
  }
  Result<void> share_states(const ExecContext& context, Progress& progress) {
    for (std::size_t i = begin_; i < end_; ++i) {
      auto& slot = progress.ordered_states[operators_[i].get()];
      if (slot == nullptr) {
        QUARRY_TRY(slot, operators_[i]->make_state(context));
      }
      states_.push_back(slot.get());
    }
    return {};
  }

  std::size_t end() const { return end_; }
  OperatorState& state(std::size_t index) { return *states_[index - begin_]; }

  /// Pushes through operator `index` and all behind it; `behind(batch)` gets what comes out. kDone:
  /// nothing more is wanted.
  template <class Behind>
  Result<Flow> push(std::size_t index, const Batch& in, Progress& progress, Behind&& behind) {
    if (index == end_) return behind(in);
    const Operator& op = *operators_[index];
    while (true) {
      Batch out;
      QUARRY_TRY(const Flow flow, op.push(state(index), in, out));
      if (out.rows() > 0) {
        QUARRY_TRY(const Flow after, push(index + 1, out, progress, behind));
        if (after == Flow::kDone) return Flow::kDone;
      }
      if (flow == Flow::kDone) note_done(progress, op);
      if (flow != Flow::kMoreOutput) return flow;
      if (interrupted()) return Flow::kDone;  // one batch may become very many
    }
  }

 private:
  bool interrupted() const {
    return (cancel_ != nullptr && cancel_->cancelled()) ||
           (exchange_ != nullptr && exchange_->stopped());
  }
  static void note_done(Progress& progress, const Operator& op) {
    const std::lock_guard lock(progress.mutex);
    progress.done.insert(&op);
  }

  const Operators& operators_;
  std::size_t begin_;
  std::size_t end_;
  const CancelToken* cancel_;
  const OrderedExchange* exchange_;
  std::vector<std::unique_ptr<OperatorState>> owned_;
  std::vector<OperatorState*> states_;
};

/// The first operator that wants its input in order; operators.size() when only the sink does, none
/// when nobody does.
std::optional<std::size_t> exchange_position(const Operators& operators, const Sink& sink) {
  for (std::size_t i = 0; i < operators.size(); ++i) {
    if (operators[i]->ordered()) return i;
  }
  if (sink.ordered()) return operators.size();
  return std::nullopt;
}

class LegRun {
 public:
  LegRun(const Leg& leg, Sink& sink, const ExecContext& context, Progress& progress)
      : leg_(leg),
        sink_(sink),
        context_(context),
        progress_(progress),
        exchange_at_(exchange_position(leg.operators, sink)) {}

  /// `has_ended` says of an operator whether its last input was this leg's.
  Result<void> run(const std::function<bool(const Operator&)>& has_ended) {
    const int workers = std::max(1, std::min(context_.threads, leg_.source->max_workers()));
    QUARRY_TRY(scan_, leg_.source->open(context_, workers));
    while (progress_.sink_states.size() < static_cast<std::size_t>(workers)) {
      if (sink_.ordered() && !progress_.sink_states.empty()) break;
      QUARRY_TRY(auto state, sink_.make_state(context_));
      progress_.sink_states.push_back(std::move(state));
    }
    const std::size_t split = exchange_at_.value_or(leg_.operators.size());
    ordered_.emplace(leg_.operators, split, leg_.operators.size(), context_, nullptr);
    QUARRY_CHECK(ordered_->share_states(context_, progress_));
    exchange_.emplace(workers, [this] { scan_->stop(); });
    run_on_threads(workers, [&](int worker) {
      try {
        if (Result<void> result = work(worker, split); !result)
          exchange_->fail(~std::uint64_t{0}, result.error());
      } catch (...) {  // memory ran out: the others must not wait for this worker's morsel
        exchange_->stop();
        throw;
      }
    });
    if (auto error = exchange_->error()) return fail(std::move(*error));
    if (context_.run.cancel != nullptr && context_.run.cancel->cancelled()) {
      if (auto error = context_.run.cancel->error()) return fail(std::move(*error));
    }
    QUARRY_CHECK(finish_operators(has_ended, split));
    progress_.morsel_base += exchange_->claimed() + 1;
    return {};
  }

 private:
  bool stopped() const {
    return exchange_->stopped() ||
           (context_.run.cancel != nullptr && context_.run.cancel->cancelled());
  }

  Result<void> work(int worker, std::size_t split) {
    Chain parallel(leg_.operators, 0, split, context_, &*exchange_);
    QUARRY_CHECK(parallel.make_states(context_));
    std::unique_ptr<table::Scan::Worker> scan_worker = scan_->make_worker();
    while (!stopped()) {
      if (!exchange_->wait_for_room(exchange_at_.has_value())) break;
      const auto morsel = scan_->next_morsel(*scan_worker);
      if (!morsel) exchange_->fail_at_end(morsel.error());
      if (!morsel || !*morsel) break;
      exchange_->claim(**morsel);
      Result<void> result = carry(worker, **morsel, *scan_worker, parallel);
      if (result) continue;
      if (!exchange_at_) {
        exchange_->fail(**morsel, result.error());
        break;
      }
      QUARRY_CHECK(exchange_->complete(
          **morsel,
          [&](std::uint64_t of, const Batch& in_order) { return push_ordered(of, in_order); },
          result.error()));
    }
    if (stopped()) exchange_->stop();  // wakes who waits for room
    return {};
  }

  /// One morsel from the scan to the sink.
  Result<void> carry(int worker, std::uint64_t morsel, table::Scan::Worker& scan_worker,
                     Chain& parallel) {
    std::uint64_t row = 0;
    auto into_sink = [&](const Batch& batch) -> Result<Flow> {
      const kql::RowOrder first = kql::row_order(progress_.morsel_base + morsel, row);
      row += batch.rows();
      return sink_.push(*progress_.sink_states[static_cast<std::size_t>(worker)], batch, first);
    };
    auto into_exchange = [&](const Batch& batch) -> Result<Flow> {
      return exchange_->pass(morsel, batch, [&](std::uint64_t of, const Batch& in_order) {
        return push_ordered(of, in_order);
      });
    };
    Batch batch;
    while (true) {
      if (stopped() && !exchange_at_) return {};
      if (context_.run.cancel != nullptr && context_.run.cancel->cancelled()) return {};
      QUARRY_TRY(const bool more, scan_->read(scan_worker, batch));
      if (!more) break;
      Flow flow;
      if (exchange_at_) {
        QUARRY_TRY(flow, parallel.push(0, batch, progress_, into_exchange));
      } else {
        QUARRY_TRY(flow, parallel.push(0, batch, progress_, into_sink));
        if (flow == Flow::kDone) {
          exchange_->stop();
          return {};
        }
      }
      if (flow == Flow::kDone) break;
    }
    if (!exchange_at_) return {};
    return exchange_->complete(morsel, [&](std::uint64_t of, const Batch& in_order) {
      return push_ordered(of, in_order);
    });
  }

  /// Behind the exchange: one worker at a time.
  Result<Flow> push_ordered(std::uint64_t morsel, const Batch& batch) {
    return ordered_->push(ordered_begin(), batch, progress_,
                          [&](const Batch& out) -> Result<Flow> { return push_sink(morsel, out); });
  }
  Result<Flow> push_sink(std::uint64_t morsel, const Batch& out) {
    if (ordered_morsel_ != morsel) {
      ordered_morsel_ = morsel;
      ordered_row_ = 0;
    }
    const kql::RowOrder first = kql::row_order(progress_.morsel_base + morsel, ordered_row_);
    ordered_row_ += out.rows();
    QUARRY_TRY(const Flow flow, sink_.push(*progress_.sink_states.front(), out, first));
    if (flow == Flow::kDone) progress_.sink_done = true;
    return flow;
  }
  std::size_t ordered_begin() const { return exchange_at_.value_or(leg_.operators.size()); }

  /// Rows that operators give after their last input. They may fill a take, after which no other
  /// leg runs: each operator is asked about in its turn.
  Result<void> finish_operators(const std::function<bool(const Operator&)>& has_ended,
                                std::size_t split) {
    Chain parallel(leg_.operators, 0, split, context_, nullptr);
    QUARRY_CHECK(parallel.make_states(context_));
    const std::uint64_t morsel = exchange_->claimed();
    auto behind = [&](const Batch& batch) { return push_ordered(morsel, batch); };
    for (std::size_t i = 0; i < leg_.operators.size(); ++i) {
      const Operator& op = *leg_.operators[i];
      if (!has_ended(op)) continue;
      Chain& chain = i < split ? parallel : *ordered_;
      while (true) {
        if (context_.run.cancel != nullptr && context_.run.cancel->cancelled()) {
          if (auto error = context_.run.cancel->error()) return fail(std::move(*error));
        }
        Batch out;
        QUARRY_TRY(const Flow flow, op.finish(chain.state(i), out));
        if (out.rows() > 0) {
          QUARRY_TRY(const Flow after,
                     i < split ? parallel.push(i + 1, out, progress_, behind)
                               : ordered_->push(
                                     i + 1, out, progress_,
                                     [&](const Batch& b) { return push_sink(morsel, b); }));
          if (after == Flow::kDone) break;
        }
        if (flow == Flow::kDone) break;
      }
    }
    return {};
  }

  const Leg& leg_;
  Sink& sink_;
  const ExecContext& context_;
  Progress& progress_;
  std::optional<std::size_t> exchange_at_;
  std::unique_ptr<table::Scan> scan_;
  std::optional<Chain> ordered_;
  std::optional<OrderedExchange> exchange_;
  std::uint64_t ordered_morsel_ = ~std::uint64_t{0};
  std::uint64_t ordered_row_ = 0;
};

bool stands_in(const Operator* op, const Leg& leg) {
  return std::any_of(leg.operators.begin(), leg.operators.end(),
                     [&](const auto& other) { return other.get() == op; });
}

bool is_done(const Leg& leg, const Progress& progress) {
  return progress.sink_done ||
         std::any_of(leg.operators.begin(), leg.operators.end(),
                     [&](const auto& op) { return progress.done.contains(op.get()); });
}

/// No leg behind `index` that contains the operator will run.
bool has_ended(const Operator& op, const Pipeline& pipeline, std::size_t index,
               const Progress& progress) {
  for (std::size_t i = index + 1; i < pipeline.legs.size(); ++i) {
    if (stands_in(&op, pipeline.legs[i]) && !is_done(pipeline.legs[i], progress)) return false;
  }
  return true;
}

}  // namespace

Result<void> run_pipeline(const Pipeline& pipeline, const ExecContext& context) {
  Progress progress;
  for (std::size_t i = 0; i < pipeline.legs.size(); ++i) {
    if (is_done(pipeline.legs[i], progress)) continue;
    LegRun run(pipeline.legs[i], *pipeline.sink, context, progress);
    QUARRY_CHECK(run.run([&](const Operator& op) { return has_ended(op, pipeline, i, progress); }));
  }
  if (progress.sink_states.empty()) {
    QUARRY_TRY(auto state, pipeline.sink->make_state(context));
    progress.sink_states.push_back(std::move(state));
  }
  for (auto& state : progress.sink_states) QUARRY_CHECK(pipeline.sink->combine(*state));
  return pipeline.sink->finish(context);
}

}  // namespace quarry::exec
