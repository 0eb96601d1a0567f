// Puts files into the live response library: the acts of a playbook's [library] and of `lr library
// push`.
#pragma once

#include "common/actions/actor.h"
#include "common/auth/session.h"
#include "common/services/live_response/api.h"
#include "common/services/live_response/library.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace quarry::lr {

class PushActor : public actions::Actor {
 public:
  PushActor(auth::Session& session, const live_response::Api& api) : session_(session), api_(api) {}

  std::string request_of(const actions::Action& action) override;
  Result<std::optional<actions::ActResult>> look_up(const actions::Action& action,
                                                    const journal::Entry& intent) override;
  /// A file that the library holds already, by name and hash, is not sent again.
  void start(const actions::Action& action, std::function<void(actions::ActResult)> done) override;
  void step() override;
  std::size_t room() const override { return in_flight_ == 0 ? 1 : 0; }

 private:
  Result<bool> library_has(const std::string& name, const std::string& sha256);

  auth::Session& session_;
  const live_response::Api& api_;
  std::optional<std::vector<live_response::LibraryFile>> library_;
  std::vector<std::function<void()>> ended_;  // to be told from step()
  std::size_t in_flight_ = 0;
};

/// The library, whole. kAuth names the permission that is missing.
Result<std::vector<live_response::LibraryFile>> list_library(net::Http& http,
                                                             const live_response::Api& api);

}  // namespace quarry::lr
