// Keeps deeply nested text from overflowing the stack.
#pragma once

#include "common/kql/syntax/parser.h"

namespace quarry::kql::syntax {

/// Counts nesting while it lives; beyond the limit the expression is reported once and the rest of
/// the text is given up.
class DepthGuard {
 public:
  static constexpr int kDeepest = 200;
  /// Of a chain such as a + b + c: a tree as deep as it is long, whose levels are cheaper.
  static constexpr int kLongestChain = 2000;

  explicit DepthGuard(Parser& parser) : parser_(parser) {
    if (++parser_.depth_ <= kDeepest || parser_.too_deep_) return;
    parser_.give_up_depth(kDeepest);
  }
  ~DepthGuard() { --parser_.depth_; }
  DepthGuard(const DepthGuard&) = delete;
  DepthGuard& operator=(const DepthGuard&) = delete;

 private:
  Parser& parser_;
};

}  // namespace quarry::kql::syntax
