// A rule: looks at a subject and says what it finds, with evidence. One rule a file in rules/.
#pragma once

#include "tools/consent-audit/risk/subject.h"

#include <chrono>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::consent_audit {

/// Why a risk is what it is.
struct Signal {
  std::string_view name;       // "lookalike_name"
  Level level = Level::kNone;  // the risk is at least this; kNone: worth knowing, no risk by itself
  int weight = 0;              // of the score within its level
  std::string why;             // for people, one line
  std::vector<std::string> evidence;  // FILE:LINE of rows, or objects of the tenant
};

/// Hours in which administrators work, UTC, Monday to Friday.
struct BusinessHours {
  std::chrono::minutes from{0};
  std::chrono::minutes to{0};
};

struct RiskSettings {
  PermissionBook book;
  std::set<std::string, std::less<>> allowed_apps;  // ids that the user vouches for
  std::optional<BusinessHours> hours;
  std::size_t burst_users = 10;
  Timespan burst_window{kTicksPerHour};
  int young_days = 30;
  Datetime now{};
};

struct Rule {
  std::string_view name;     // of the rule; its signals bear it unless `signals` says otherwise
  std::string_view summary;  // one line
  std::string_view text;     // for --explain: what is looked at, why it matters, what to do
  std::string_view signals;  // names of its signals, separated by blanks; empty: its own name
  void (*judge)(const Subject& subject, const RiskSettings& settings, std::vector<Signal>& found);
};

/// All rules, in the order in which their signals are shown.
std::span<const Rule* const> rules();
/// By its own name or that of one of its signals; nullptr where unknown.
const Rule* find_rule(std::string_view name);

struct Verdict {
  Level risk = Level::kNone;
  int score = 0;  // 0 … 100; its level's band, then the weights of what else was found
  std::vector<Signal> signals;  // the gravest first
};

Verdict judge(const Subject& subject, const RiskSettings& settings);

}  // namespace quarry::consent_audit
