// Makes a finding of a group of events: what was added, by whom, for which application, how bad.
#pragma once

#include "tools/consent-audit/findings/app_index.h"
#include "tools/consent-audit/findings/correlate.h"
#include "tools/consent-audit/findings/event_store.h"
#include "tools/consent-audit/findings/finding.h"
#include "tools/consent-audit/findings/sign_in_index.h"
#include "tools/consent-audit/risk/rule.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace quarry::consent_audit {

class FindingBuilder {
 public:
  /// All outlive the builder. `apps` and `sign_ins` null: a row is judged alone.
  FindingBuilder(const EventStore& store, const AppIndex* apps, const SignInIndex* sign_ins,
                 const std::vector<std::string>& input_names, const RiskSettings& settings);

  /// `events` is not empty.
  Finding build(std::span<const std::uint32_t> events) const;

 private:
  const Event& event(std::uint32_t number) const { return store_[number]; }
  std::string text(Interner::Id id) const { return std::string(store_.text(id)); }
  std::string place(const Event& event) const;
  void name_app(const Event& main, std::span<const std::uint32_t> events, Finding& finding) const;
  void collect(std::span<const std::uint32_t> events, Finding& finding) const;
  Subject subject_of(std::span<const std::uint32_t> events, const Event& main,
                     const Finding& finding) const;
  void add_permissions(const Event& event, Subject& subject) const;
  void add_changes(const Event& event, Subject& subject) const;
  void add_sign_in(const Event& main, Subject& subject) const;
  void add_history(const Event& main, Subject& subject) const;

  const EventStore& store_;
  const AppIndex* apps_;
  const SignInIndex* sign_ins_;
  const std::vector<std::string>& input_names_;
  const RiskSettings& settings_;
};

}  // namespace quarry::consent_audit
