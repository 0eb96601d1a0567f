// Goes into the scope of a function's body for the time of a call, and back.
#pragma once

#include "common/kql/bind/binder.h"

namespace quarry::kql {

class ScopeSwitch {
 public:
  static constexpr int kDeepest = 64;

  /// `home` is where the function was defined. Reports calls that go too deep (recursion).
  ScopeSwitch(Binder& binder, const LetScope* home, SourceSpan call)
      : binder_(binder), outer_(binder.scope_) {
    if (++binder_.call_depth_ > kDeepest) {
      binder_.error(call, "functions call each other too deeply",
                    "KQL functions cannot be recursive");
      return;
    }
    // Tables inside may be bound after the call has returned, so the scope lives as long as the
    // binder.
    binder_.inner_scopes_.push_back(std::make_unique<LetScope>(home));
    inner_ = binder_.inner_scopes_.back().get();
  }
  ~ScopeSwitch() {
    binder_.scope_ = outer_;
    --binder_.call_depth_;
  }
  ScopeSwitch(const ScopeSwitch&) = delete;
  ScopeSwitch& operator=(const ScopeSwitch&) = delete;

  bool entered() const { return inner_ != nullptr; }
  LetScope& scope() const { return *inner_; }
  /// From here on names are looked up inside.
  void enter() const { binder_.scope_ = inner_; }

 private:
  Binder& binder_;
  LetScope* outer_;
  LetScope* inner_ = nullptr;
};

}  // namespace quarry::kql
