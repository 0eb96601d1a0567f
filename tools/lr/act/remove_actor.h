// Removes files from the live response library.
#pragma once

#include "common/actions/actor.h"
#include "common/auth/session.h"
#include "common/services/live_response/api.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace quarry::lr {

inline constexpr std::string_view kRemoveAction = "removelibraryfile";

/// Removing what is not there is done: DELETE may be repeated.
class RemoveActor : public actions::Actor {
 public:
  RemoveActor(auth::Session& session, const live_response::Api& api)
      : session_(session), api_(api) {}

  std::string request_of(const actions::Action& action) override;
  Result<std::optional<actions::ActResult>> look_up(const actions::Action&,
                                                    const journal::Entry&) override {
    return std::optional<actions::ActResult>();
  }
  void start(const actions::Action& action, std::function<void(actions::ActResult)> done) override;
  void step() override { session_.http().step(net::Seconds(0.2)); }

 private:
  auth::Session& session_;
  const live_response::Api& api_;
};

}  // namespace quarry::lr
