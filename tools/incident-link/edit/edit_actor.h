// Changes incidents of Defender and Sentinel. It looks before it changes anything: what is so
// already is left alone, and how it was is kept for undo.
#pragma once

#include "common/auth/connection.h"
#include "common/net/http.h"
#include "common/services/incidents/defender_incidents.h"
#include "common/services/incidents/sentinel_bodies.h"
#include "common/services/incidents/sentinel_incidents.h"
#include "tools/incident-link/edit/edit_action.h"
#include "tools/incident-link/send/incident_actor.h"

#include <functional>
#include <string>
#include <vector>

namespace quarry::incident_link {

struct EditContext {
  net::Http& http;
  auth::Endpoint graph;
  auth::Endpoint arm;
  std::function<void(const std::string&)> warn = {};
};

class EditActor : public IncidentActor {
 public:
  explicit EditActor(EditContext context) : context_(std::move(context)) {}

  std::vector<ShownRequest> requests_of(const actions::Action& action) override;
  /// perform() looks first, always.
  Result<std::optional<actions::ActResult>> look_up(const actions::Action&,
                                                    const journal::Entry&) override {
    return std::optional<actions::ActResult>();
  }

 protected:
  actions::ActResult perform(const actions::Action& action) override;

 private:
  actions::ActResult edit_defender(const actions::Action& action, const Target& target);
  actions::ActResult edit_sentinel(const actions::Action& action, const Target& target);

  EditContext context_;
};

}  // namespace quarry::incident_link
