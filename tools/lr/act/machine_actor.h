// Does machine actions: isolate, scan and their kin, for the loop that all acting tools share.
#pragma once

#include "common/actions/actor.h"
#include "common/auth/session.h"
#include "common/services/live_response/api.h"
#include "tools/lr/act/verbs.h"

#include <functional>
#include <optional>
#include <string>

namespace quarry::lr {

/// The act as a plan has it. `value`: of the verb's member; may be empty.
actions::Action machine_action(const Verb& verb, const std::string& device_id,
                               const std::string& device, const std::string& value,
                               const std::string& tenant);

class MachineActor : public actions::Actor {
 public:
  MachineActor(auth::Session& session, const live_response::Api& api, std::string reason,
               std::string run)
      : session_(session), api_(api), reason_(std::move(reason)), run_(std::move(run)) {}

  std::string request_of(const actions::Action& action) override;
  Result<std::optional<actions::ActResult>> look_up(const actions::Action& action,
                                                    const journal::Entry& intent) override;
  void start(const actions::Action& action, std::function<void(actions::ActResult)> done) override;
  void step() override { session_.http().step(net::Seconds(0.2)); }
  std::size_t room() const override { return kAtOnce - in_flight_; }

 private:
  static constexpr std::size_t kAtOnce = 4;

  std::string comment() const;
  std::string body_of(const actions::Action& action) const;
  actions::ActResult result_of(const actions::Action& action, const net::Outcome& outcome) const;

  auth::Session& session_;
  const live_response::Api& api_;
  std::string reason_;
  std::string run_;
  std::size_t in_flight_ = 0;
};

}  // namespace quarry::lr
