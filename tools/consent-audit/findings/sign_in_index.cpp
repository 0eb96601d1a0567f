#include "tools/consent-audit/findings/sign_in_index.h"

#include "common/base/text.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>

namespace quarry::consent_audit {
namespace {

constexpr std::int64_t kNear = 15 * 60 * kTicksPerSecond;

}  // namespace

SignInIndex::SignInIndex(const EventStore& store) : store_(store) {
  for (const SignInEvent& sign_in : store.sign_ins())
    by_user_[store.text(sign_in.user)].push_back(&sign_in);
  for (auto& [user, sign_ins] : by_user_)
    std::stable_sort(sign_ins.begin(), sign_ins.end(),
                     [](const auto* a, const auto* b) { return a->time < b->time; });
}

const SignInEvent* SignInIndex::find(std::string_view user, std::int64_t time) const {
  if (by_user_.empty() || time == 0) return nullptr;
  const auto found = by_user_.find(text::lower_ascii(user));
  if (found == by_user_.end()) return nullptr;
  const std::vector<const SignInEvent*>& all = found->second;
  const auto rank = [&](const SignInEvent* sign_in) {
    return std::tuple(store_.text(sign_in->risk) != "high", std::abs(sign_in->time - time));
  };
  const SignInEvent* best = nullptr;
  for (auto next = std::lower_bound(all.begin(), all.end(), time - kNear,
                                    [](const auto*a, std::int64_t t) { return a->time < t; });
       next != all.end() && (*next)->time <= time + kNear; ++next)
    if (best == nullptr || rank(*next) < rank(best)) best = *next;
  return best;
}

}  // namespace quarry::consent_audit
