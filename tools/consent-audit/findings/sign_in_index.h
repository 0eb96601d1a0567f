// Risky sign-ins by user, to be found beside what the user did.
#pragma once

#include "tools/consent-audit/findings/event_store.h"

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace quarry::consent_audit {

class SignInIndex {
 public:
  /// The store outlives the index and gets no more rows.
  explicit SignInIndex(const EventStore& store);

  /// The gravest, then the nearest, within 15 minutes of the instant; nullptr without one.
  const SignInEvent* find(std::string_view user, std::int64_t time) const;

 private:
  const EventStore& store_;
  std::unordered_map<std::string_view, std::vector<const SignInEvent*>> by_user_;
};

}  // namespace quarry::consent_audit
