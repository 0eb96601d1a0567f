#include "tools/consent-audit/risk/rule.h"

#include "common/base/text.h"
#include "common/base/unicode.h"
#include "tools/consent-audit/facts/applications.h"
#include "tools/consent-audit/risk/rules/tables.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::consent_audit {
namespace {

constexpr std::size_t kShownNames = 8;
constexpr std::size_t kEvidence = 10;
constexpr std::size_t kShownText = 120;
/// Where each level's scores begin; a level's width is what weights can fill.
constexpr std::array<int, 6> kBands{0, 1, 25, 50, 75, 101};

bool bears(const Rule& rule, std::string_view name) {
  if (rule.name == name) return true;
  const auto names = text::split(rule.signals, ' ');
  return std::find(names.begin(), names.end(), name) != names.end();
}

int score_of(Level risk, const std::vector<Signal>& signals) {
  const int from = kBands[static_cast<std::size_t>(risk)];
  const int to = kBands[static_cast<std::size_t>(risk) + 1];
  int score = from;
  for (const Signal& signal : signals) score += signal.weight;
  return risk == Level::kNone ? 0 : std::clamp(score, from, to - 1);
}

}  // namespace

std::span<const Rule* const> rules() { return kRules; }

const Rule* find_rule(std::string_view name) {
  for (const Rule* const rule : kRules)
    if (bears(*rule, name)) return rule;
  return nullptr;
}

Verdict judge(const Subject& subject, const RiskSettings& settings) {
  Verdict verdict;
  for (const Rule* const rule : kRules) rule->judge(subject, settings, verdict.signals);
  bool allowed = false;
  for (const Signal& signal : verdict.signals) {
    verdict.risk = std::max(verdict.risk, signal.level);
    allowed |= signal.name == "allowed_app";
  }
  if (allowed) verdict.risk = std::min(verdict.risk, Level::kLow);
  std::stable_sort(verdict.signals.begin(), verdict.signals.end(),
                   [](const Signal& a, const Signal& b) { return a.level > b.level; });
  verdict.score = score_of(verdict.risk, verdict.signals);
  return verdict;
}

void NameList::add(std::string_view name) {
  if (std::find(names_.begin(), names_.end(), name) == names_.end()) names_.push_back(name);
}

std::string NameList::text() const {
  const std::size_t shown_count = std::min(names_.size(), kShownNames);
  std::string text;
  for (std::size_t i = 0; i < shown_count; ++i) {
    if (i > 0) text += ", ";
    text += unicode::escape_for_terminal(names_[i].substr(0, kShownText));
  }
  if (names_.size() > shown_count) text += fmt::format(" and {} more", names_.size() - shown_count);
  return text;
}

void add_evidence(Signal& signal, const std::string& place) {
  if (place.empty() || signal.evidence.size() >= kEvidence) return;
  if (std::find(signal.evidence.begin(), signal.evidence.end(), place) == signal.evidence.end())
    signal.evidence.push_back(place);
}

void add_places(Signal& signal, const Subject& subject) {
  for (const std::string& place : subject.places) add_evidence(signal, place);
}

std::string shown(std::string_view text) {
  const std::size_t end = unicode::offset_of(text, kShownText);
  return fmt::format("'{}{}'", unicode::escape_for_terminal(text.substr(0, end)),
                     end < text.size() ? "…" : "");
}

bool is_first_party(const Subject& subject) {
  return (subject.tenant && subject.tenant->of_microsoft) ||
         (!subject.app_id.empty() && find_first_party(subject.app_id) != nullptr);
}

}  // namespace quarry::consent_audit
