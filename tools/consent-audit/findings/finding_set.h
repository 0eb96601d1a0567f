// All findings of a run, in the order of time. Rows are kept small, findings are made when they are
// asked for: there may be a million.
#pragma once

#include "tools/consent-audit/findings/app_index.h"
#include "tools/consent-audit/findings/finding_builder.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace quarry::consent_audit {

class FindingSet {
 public:
  /// Names and settings outlive the set. Findings below `least` are left out.
  FindingSet(const std::vector<std::string>& input_names, const RiskSettings& settings,
             Level least);

  Result<void> add(std::vector<PlacedRow>& rows);
  /// All rows are there; once.
  void finish();

  /// Until `take` fails. After finish().
  Result<void> for_each(const std::function<Result<void>(const Finding&)>& take) const;
  std::size_t size() const { return chosen_.size(); }
  /// Of all findings, also those that are left out.
  Level worst() const { return worst_; }
  std::uint64_t duplicates() const { return groups_->duplicates(); }

 private:
  struct Chosen {
    std::int64_t time;
    std::uint32_t group;
  };

  const std::vector<std::string>& input_names_;
  const RiskSettings& settings_;
  Level least_;
  EventStore store_;
  std::unique_ptr<Groups> groups_;
  std::unique_ptr<AppIndex> apps_;
  std::unique_ptr<SignInIndex> sign_ins_;
  std::unique_ptr<FindingBuilder> builder_;
  std::vector<Chosen> chosen_;
  Level worst_ = Level::kNone;
};

}  // namespace quarry::consent_audit
