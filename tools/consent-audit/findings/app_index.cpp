#include "tools/consent-audit/findings/app_index.h"

#include <algorithm>
#include <unordered_set>

namespace quarry::consent_audit {
namespace {

/// Rows whose target is an API tell its id, not the client's.
bool targets_api(Kind kind) {
  return kind == Kind::kDelegatedGrant || kind == Kind::kDelegatedGrantChange ||
         kind == Kind::kAppRoleGrant || kind == Kind::kAppRoleRemoved;
}

}  // namespace

AppIndex::AppIndex(const EventStore& store, const Groups& groups, const RiskSettings& settings)
    : store_(store) {
  for (std::size_t i = 0; i < store.size(); ++i) learn(store[i]);
  for (std::size_t group = 0; group < groups.size(); ++group) {
    for (const std::uint32_t number : groups[group]) {
      const Event& event = store[number];
      const Interner::Id key = key_of(event);
      if (key == 0 || !event.success) continue;
      const bool consent = event.kind == Kind::kConsent || event.kind == Kind::kDelegatedGrant;
      if (!consent && event.kind != Kind::kCredential && event.kind != Kind::kSpCreated) continue;
      Application& application = applications_[key];
      if (consent) application.consents.push_back(number);
      if (event.kind == Kind::kCredential) application.credentials.push_back(number);
      if (event.kind == Kind::kSpCreated) application.created = number;
    }
  }
  for (auto& [key, application] : applications_) find_burst(application, settings);
}

void AppIndex::learn(const Event& event) {
  if (event.time != 0 && (log_start_ == 0 || event.time < log_start_)) log_start_ = event.time;
  if (targets_api(event.kind) && event.resource_app_id != 0 && event.resources != 0)
    apis_.emplace(store_.lines(event.resources).front(), event.resource_app_id);
  if (event.sp_id == 0 || (event.app_id == 0 && event.app_name == 0)) return;
  Identity& identity = identities_[event.sp_id];
  if (identity.app_id == 0) identity.app_id = event.app_id;
  if (identity.app_name == 0) identity.app_name = event.app_name;
}

AppIndex::Identity AppIndex::of_service_principal(Interner::Id sp_id) const {
  const auto found = identities_.find(sp_id);
  return found == identities_.end() ? Identity() : found->second;
}

Interner::Id AppIndex::api_of(std::string_view sp_id) const {
  const auto found = apis_.find(sp_id);
  return found == apis_.end() ? 0 : found->second;
}

/// The application's id where any row tells it, else its service principal; of registrations, which
/// older rows call by name only, the name.
Interner::Id AppIndex::key_of(const Event& event) const {
  if (event.app_id != 0) return event.app_id;
  if (event.sp_id == 0) return event.kind == Kind::kCredential ? event.app_name : 0;
  const Identity identity = of_service_principal(event.sp_id);
  return identity.app_id != 0 ? identity.app_id : event.sp_id;
}

const AppIndex::Application* AppIndex::find(const Event& event) const {
  const auto found = applications_.find(key_of(event));
  return found == applications_.end() ? nullptr : &found->second;
}

/// The stretch of time, as long as the window, in which most users consented.
void AppIndex::find_burst(Application& application, const RiskSettings& settings) {
  std::vector<std::uint32_t>& consents = application.consents;
  std::stable_sort(consents.begin(), consents.end(), [this](std::uint32_t a, std::uint32_t b) {
    return store_[a].time < store_[b].time;
  });
  std::unordered_map<Interner::Id, std::uint32_t> users;
  std::unordered_set<Interner::Id> everyone;
  std::size_t first = 0;
  for (std::size_t last = 0; last < consents.size(); ++last) {
    const Event& event = store_[consents[last]];
    if (event.user != 0) ++users[event.user];
    if (event.user != 0) everyone.insert(event.user);
    while (event.time - store_[consents[first]].time > settings.burst_window.ticks) {
      const auto left = users.find(store_[consents[first++]].user);
      if (left != users.end() && --left->second == 0) users.erase(left);
    }
    if (users.size() <= application.burst_users) continue;
    application.burst_users = static_cast<std::uint32_t>(users.size());
    application.burst_first = static_cast<std::uint32_t>(first);
    application.burst_count = static_cast<std::uint32_t>(last - first + 1);
  }
  application.users = static_cast<std::uint32_t>(everyone.size());
}

}  // namespace quarry::consent_audit
