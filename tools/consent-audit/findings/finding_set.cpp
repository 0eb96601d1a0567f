#include "tools/consent-audit/findings/finding_set.h"

#include <algorithm>

namespace quarry::consent_audit {

FindingSet::FindingSet(const std::vector<std::string>& input_names, const RiskSettings& settings,
                       Level least)
    : input_names_(input_names), settings_(settings), least_(least) {}

Result<void> FindingSet::add(std::vector<PlacedRow>& rows) {
  for (const PlacedRow& placed : rows) store_.add(placed);
  return ok();
}

void FindingSet::finish() {
  groups_ = std::make_unique<Groups>(store_);
  apps_ = std::make_unique<AppIndex>(store_, *groups_, settings_);
  sign_ins_ = std::make_unique<SignInIndex>(store_);
  builder_ = std::make_unique<FindingBuilder>(store_, apps_.get(), sign_ins_.get(), input_names_,
                                              settings_);
  for (std::uint32_t group = 0; group < groups_->size(); ++group) {
    const Finding finding = builder_->build((*groups_)[group]);
    worst_ = std::max(worst_, finding.verdict.risk);
    if (finding.verdict.risk < least_ || finding.verdict.risk == Level::kNone) continue;
    chosen_.push_back({finding.time ? finding.time->ticks : 0, group});
  }
  std::stable_sort(chosen_.begin(), chosen_.end(), [this](const Chosen& a, const Chosen& b) {
    if (a.time != b.time) return a.time < b.time;
    return (*groups_)[a.group].front() < (*groups_)[b.group].front();
  });
}

Result<void> FindingSet::for_each(const std::function<Result<void>(const Finding&)>& take) const {
  for (const Chosen& chosen : chosen_)
    QUARRY_CHECK(take(builder_->build((*groups_)[chosen.group])));
  return ok();
}

}  // namespace quarry::consent_audit
