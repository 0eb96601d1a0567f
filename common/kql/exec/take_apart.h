// Adds columns with the fields that a pattern finds in a text column.
#pragma once

#include "common/kql/exec/expression.h"
#include "common/kql/exec/key_values.h"
#include "common/kql/exec/pipeline.h"
#include "common/kql/exec/text_pattern.h"
#include "common/kql/kernel/regex.h"

#include <memory>
#include <variant>

namespace quarry::exec {

/// A regex and its groups that are fields.
struct RegexFields {
  kql::Regex regex;
  std::vector<std::size_t> groups;
};

/// Output: the input's columns, the fields (text, "" where the pattern does not fit), whether it
/// fits.
class TakeApart final : public Operator {
 public:
  TakeApart(Expression text, TextPattern pattern)
      : text_(std::move(text)), pattern_(std::move(pattern)) {}
  TakeApart(Expression text, RegexFields regex)
      : text_(std::move(text)), pattern_(std::move(regex)) {}
  TakeApart(Expression text, KeyValuePattern pairs)
      : text_(std::move(text)), pattern_(std::move(pairs)) {}
  Result<std::unique_ptr<OperatorState>> make_state(const ExecContext& context) const override;
  Result<Flow> push(OperatorState& state, const Batch& in, Batch& out) const override;

 private:
  Expression text_;
  std::variant<TextPattern, RegexFields, KeyValuePattern> pattern_;
};

}  // namespace quarry::exec
