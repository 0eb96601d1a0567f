// What all rows together say of each application: its ids and name, when it came, who consented,
// which keys it got.
#pragma once

#include "tools/consent-audit/findings/correlate.h"
#include "tools/consent-audit/findings/event_store.h"
#include "tools/consent-audit/risk/rule.h"

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace quarry::consent_audit {

class AppIndex {
 public:
  AppIndex(const EventStore& store, const Groups& groups, const RiskSettings& settings);

  struct Identity {
    Interner::Id app_id = 0;
    Interner::Id app_name = 0;
  };
  /// Of a service principal, from any row that tells.
  Identity of_service_principal(Interner::Id sp_id) const;
  /// Application id of an API by the object id of its service principal; 0 unknown.
  Interner::Id api_of(std::string_view sp_id) const;

  /// Numbers of events, in the order of the input.
  struct Application {
    std::vector<std::uint32_t> consents;  // that succeeded
    std::vector<std::uint32_t> credentials;
    std::uint32_t created = kNone;
    std::uint32_t burst_first =
        0;  // of consents, in the order of time: the stretch with most users
    std::uint32_t burst_count = 0;
    std::uint32_t burst_users = 0;
    std::uint32_t users = 0;  // of all consents
  };
  /// The earliest time in the log; 0 where no row tells.
  std::int64_t log_start() const { return log_start_; }
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  /// nullptr where nothing is known of it.
  const Application* find(const Event& event) const;

 private:
  Interner::Id key_of(const Event& event) const;
  void learn(const Event& event);
  void find_burst(Application& application, const RiskSettings& settings);

  const EventStore& store_;
  std::int64_t log_start_ = 0;
  std::unordered_map<Interner::Id, Identity> identities_;  // by service principal
  std::unordered_map<std::string_view, Interner::Id> apis_;
  std::unordered_map<Interner::Id, Application> applications_;
};

}  // namespace quarry::consent_audit
