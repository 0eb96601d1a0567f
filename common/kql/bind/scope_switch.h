// Goes into the scope of a function's body for the time of a call, and back.
#pragma once

#include "common/kql/bind/binder.h"

namespace quarry::kql {

class ScopeSwitch {
 public:
  static constexpr int kDeepest = 64;

  /// `home` is where the function was defined; without a function it is only a place for names.
  /// Reports calls that go round in a circle or too deep.
  ScopeSwitch(Binder& binder, const LetScope* home, SourceSpan call,
              const syntax::LetFunctionStatement* function = nullptr)
      : binder_(binder), outer_(binder.scope_) {
    ++binder_.call_depth_;
    if (binder_.is_cancelled()) return;
    const std::string circle = function == nullptr ? "" : outer_->way_back_to(*function);
    if (binder_.call_depth_ > kDeepest || !circle.empty()) {
      binder_.error(call,
                    circle.empty() ? "functions call each other too deeply"
                                   : "a function calls itself: " + circle,
                    "KQL functions cannot be recursive");
      return;
    }
    // Tables inside may be bound after the call has returned, so the scope lives as long as the
    // binder.
    binder_.inner_scopes_.push_back(
        std::make_unique<LetScope>(home, LetScope::CallSite{function, outer_}));
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
