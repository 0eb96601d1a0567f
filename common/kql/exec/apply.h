// Runs a program of its own for every input row and lays its rows beside that row.
#pragma once

#include "common/kql/exec/pipeline.h"

#include <memory>
#include <vector>

namespace quarry::exec {

class RowProgram {
 public:
  virtual ~RowProgram() = default;
  /// The rows that come of one row. Called by one thread at a time.
  virtual Result<std::vector<Batch>> run(const Batch& one_row,
                                         const ExecContext& context) const = 0;
};

/// Output: the input's columns, the program's.
class ApplyRows final : public Operator {
 public:
  ApplyRows(std::shared_ptr<const RowProgram> program, std::vector<Type> types)
      : program_(std::move(program)), types_(std::move(types)) {}
  bool ordered() const override { return true; }
  Result<std::unique_ptr<OperatorState>> make_state(const ExecContext& context) const override;
  Result<Flow> push(OperatorState& state, const Batch& in, Batch& out) const override;

 private:
  std::shared_ptr<const RowProgram> program_;
  std::vector<Type> types_;  // of the program's columns
};

}  // namespace quarry::exec
