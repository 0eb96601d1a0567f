// How a query runs: pipelines of Source -> Operator* -> Sink, each ending in a breaker or in the
// output.
//
// A source hands out numbered morsels; every worker carries one morsel at a time through the
// operators. Operators and sinks are immutable while running, each worker has its own state. Where
// order matters (take, output) an ordered exchange lets batches pass in morsel order, one worker at
// a time; a worker whose turn has not come leaves its batches in the window and goes on. The source
// hands out no morsel more than a window ahead of the oldest unfinished one, so memory stays
// bounded.
#pragma once

#include "common/base/result.h"
#include "common/kql/exec/context.h"
#include "common/kql/kernel/aggregate.h"
#include "common/table/reader.h"
#include "common/value/batch.h"

#include <memory>
#include <string>
#include <vector>

namespace quarry::exec {

enum class Flow : std::uint8_t {
  kMoreInput,   // give me the next batch
  kMoreOutput,  // call me again with the same input
  kDone,        // I need no more rows of any morsel
};

class OperatorState {
 public:
  virtual ~OperatorState() = default;
};

/// One step of a pipeline: batch in, batch out.
class Operator {
 public:
  virtual ~Operator() = default;
  virtual Result<std::unique_ptr<OperatorState>> make_state(const ExecContext& context) const = 0;
  /// Sets `out` (rows() == 0: nothing to pass on), also together with kDone.
  virtual Result<Flow> push(OperatorState& state, const Batch& in, Batch& out) const = 0;
  /// True: an ordered exchange stands before this operator, there is one state for all workers, and
  /// batches come in input order.
  virtual bool ordered() const { return false; }
  /// Called after the last input, again and again until it answers kDone: rows that come at the end
  /// (unmatched rows of a join).
  virtual Result<Flow> finish(OperatorState& state, Batch& out) const;
};

class SinkState {
 public:
  virtual ~SinkState() = default;
};

/// The end of a pipeline.
class Sink {
 public:
  virtual ~Sink() = default;
  /// True: batches come in input order into one state.
  virtual bool ordered() const { return false; }
  virtual Result<std::unique_ptr<SinkState>> make_state(const ExecContext& context) = 0;
  /// `first` is the place of row 0 in the input; row i has first + i. Answers kMoreInput or kDone.
  virtual Result<Flow> push(SinkState& state, const Batch& batch, kql::RowOrder first) = 0;
  /// A worker has ended; called once per state, by one thread at a time.
  virtual Result<void> combine(SinkState& state) = 0;
  /// After all combines.
  virtual Result<void> finish(const ExecContext& context) = 0;
};

/// Where rows come from.
class Source {
 public:
  virtual ~Source() = default;
  virtual Result<std::unique_ptr<table::Scan>> open(const ExecContext& context, int workers) = 0;
  /// More workers than this would have nothing to do.
  virtual int max_workers() const { return 1 << 20; }
};

/// One way into a pipeline's sink: a union has several. Operators behind the union stand in every
/// leg, by the same pointer.
struct Leg {
  std::shared_ptr<Source> source;
  std::vector<std::shared_ptr<const Operator>> operators;
};

struct Pipeline {
  std::vector<Leg>
      legs;  // run one after another; rows of a later leg come after those of an earlier one
  std::shared_ptr<Sink> sink;
};

/// Runs to the end, an error, or the cancel token. Same rows in the same order for any number of
/// threads.
Result<void> run_pipeline(const Pipeline& pipeline, const ExecContext& context);

}  // namespace quarry::exec
