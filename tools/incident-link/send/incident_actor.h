// What the ways to an incident have in common: one act after the other, each seen through to its
// end, and requests that can be shown before they are sent.
#pragma once

#include "common/actions/actor.h"
#include "common/services/incidents/sent.h"

#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quarry::incident_link {

struct ShownRequest {
  std::string method;
  std::string url;
  std::string body;  // JSON
};

/// A new incident has to be there before the second act can join it, and services limit what they
/// take a minute: nothing is gained by more than one act at a time.
class IncidentActor : public actions::Actor {
 public:
  /// The requests of an act, in their order, as far as they are known beforehand.
  virtual std::vector<ShownRequest> requests_of(const actions::Action& action) = 0;

  std::string request_of(const actions::Action& action) override;
  void start(const actions::Action& action, std::function<void(actions::ActResult)> done) override;
  void step() override;
  std::size_t room() const override { return waiting_.empty() ? 1 : 0; }

 protected:
  virtual actions::ActResult perform(const actions::Action& action) = 0;

 private:
  std::deque<std::pair<const actions::Action*, std::function<void(actions::ActResult)>>> waiting_;
};

/// {"_type":"request",…}; `note` says what is not known beforehand.
std::string to_json(const ShownRequest& request, std::string_view note = {});

/// The outcome of a request that was refused or failed, with the service's words and the hint;
/// kUnknown where it may have been done all the same.
actions::ActResult failed_result(const services::incidents::Sent& sent);

}  // namespace quarry::incident_link
