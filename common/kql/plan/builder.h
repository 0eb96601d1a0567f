// From a plan to pipelines: each node adds its steps behind those of its inputs; a breaker ends a
// pipeline and begins another.
#pragma once

#include "common/kql/bound/plan_node.h"
#include "common/kql/exec/breaker_rows.h"
#include "common/kql/exec/expression.h"
#include "common/kql/exec/filter.h"
#include "common/kql/exec/pipeline.h"
#include "common/kql/exec/scan.h"
#include "common/kql/plan/table_source.h"

#include <memory>
#include <optional>
#include <vector>

namespace quarry::kql::plan {

/// A pipeline under construction: legs without a sink yet.
struct Stream {
  std::vector<exec::Leg> legs;
  /// Puts an operator behind every leg.
  void add(const std::shared_ptr<const exec::Operator>& op);
};

class Builder {
 public:
  explicit Builder(TableSource& tables) : tables_(tables) {}

  /// The steps of any node. The stream's batches hold node.columns in order.
  Result<Stream> build(const PlanNode& node);

  /// Compiles an expression over batches that hold `layout`.
  exec::Expression compile(const Expression& expression,
                           const std::vector<BoundColumn>& layout) const;
  std::vector<exec::Expression> compile(const std::vector<ExpressionPtr>& expressions,
                                        const std::vector<BoundColumn>& layout) const;

  /// `stream` into `sink` becomes a pipeline of its own that runs before what is built afterwards.
  void run_before(Stream stream, std::shared_ptr<exec::Sink> sink);
  /// A stream over what a breaker's sink will hold.
  static Stream from_batches(std::shared_ptr<const std::vector<Batch>> batches);
  static Stream from_rows(std::shared_ptr<const exec::BreakerRows> rows);

  /// After building: a window function stands where no rows come in order.
  Result<void> check() const { return error_ ? Result<void>(fail(*error_)) : Result<void>(); }

  TableSource& tables() const { return tables_; }
  /// All pipelines so far, in the order in which they must run.
  std::vector<exec::Pipeline> take_pipelines() { return std::move(pipelines_); }

 private:
  Result<Stream> build_scan(const ScanNode& scan);
  Result<Stream> build_window(const WindowNode& window);
  Stream build_rows(const RowsNode& rows) const;

  exec::ScanFilter scan_filter(const ScanNode& scan);

  TableSource& tables_;
  std::vector<exec::Pipeline> pipelines_;
  mutable std::optional<Error> error_;
  bool in_window_ = false;
};

/// Position of a column in a layout; asserts that it is there.
std::size_t position_of(ColumnId id, const std::vector<BoundColumn>& layout);
std::vector<Type> types_of(const std::vector<BoundColumn>& layout);

}  // namespace quarry::kql::plan
