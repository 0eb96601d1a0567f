// A source that counts: start, start + step, … Rows are made when they are asked for, so a long
// range costs nothing until then.
#pragma once

#include "common/kql/exec/pipeline.h"

#include <cstdint>

namespace quarry::exec {

/// Row i is start + i * step, as a cell of `type`: int, long, datetime and timespan count in
/// `start` and `step`, real in the others.
struct RangePlan {
  Type type = Type::kLong;
  std::int64_t start = 0;
  std::int64_t step = 1;
  double real_start = 0;
  double real_step = 1;
  std::uint64_t rows = 0;
};

class RangeSource final : public Source {
 public:
  explicit RangeSource(const RangePlan& plan) : plan_(plan) {}
  Result<std::unique_ptr<table::Scan>> open(const ExecContext& context, int workers) override;

 private:
  RangePlan plan_;
};

}  // namespace quarry::exec
