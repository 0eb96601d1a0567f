// Groups of rows into an incident of Defender: by createAlert, by reference to an event of a
// device, or as a comment.
#pragma once

#include "common/auth/connection.h"
#include "common/net/clock.h"
#include "common/services/incidents/defender_incidents.h"
#include "common/services/incidents/reference_alerts.h"
#include "tools/incident-link/case/target.h"
#include "tools/incident-link/send/incident_actor.h"
#include "tools/incident-link/send/sending.h"

#include <functional>
#include <optional>
#include <string>

namespace quarry::incident_link {

struct DefenderContext {
  net::Http& http;
  const net::Clock& clock;
  auth::Endpoint graph;
  auth::Endpoint mde;
  const CancelToken* cancel = nullptr;
  Target target;
  std::string made;  // the incident that this case's earlier runs made; "" none
  std::function<void(const std::string&)> warn = {};
};

class DefenderActor : public IncidentActor {
 public:
  explicit DefenderActor(DefenderContext context);

  std::vector<ShownRequest> requests_of(const actions::Action& action) override;
  Result<std::optional<actions::ActResult>> look_up(const actions::Action& action,
                                                    const journal::Entry& intent) override;

 protected:
  actions::ActResult perform(const actions::Action& action) override;

 private:
  using FoundAlert = services::incidents::FoundAlert;
  using Sent = services::incidents::Sent;

  /// How one of the two operations makes an alert.
  struct AlertWay {
    std::function<Sent()> send;
    std::function<std::optional<FoundAlert>(const std::string& body)> read;
    std::function<actions::ActResult(const FoundAlert&, const Sent&)> finish;
    std::function<actions::ActResult(const Sent&)> refuse;
  };

  Result<void> settle_incident();
  actions::ActResult make_alert(const actions::Action& action, const AlertWay& way);
  actions::ActResult create(const actions::Action& action);
  actions::ActResult refer(const actions::Action& action);
  actions::ActResult comment(const actions::Action& action);
  actions::ActResult move(const FoundAlert& alert, const SendingInput& input);
  actions::ActResult linked(const FoundAlert& alert, int status, const std::string& request_id);
  actions::ActResult refused(const Sent& sent) const;
  Result<std::optional<FoundAlert>> wait_for_alert(const actions::Action& action, double since,
                                                   double until);
  Result<std::optional<FoundAlert>> wait_until_visible(const std::string& alert);
  /// Looks, waits a little longer each time, until `look` finds something or the time is over.
  Result<bool> poll(double until, const std::function<Result<bool>()>& look);

  DefenderContext context_;
  services::incidents::DefenderIncidents incidents_;
  services::incidents::ReferenceAlerts references_;
  std::string incident_;  // where to, behind redirects; "": one that is to be made
  bool settled_ = false;
};

}  // namespace quarry::incident_link
