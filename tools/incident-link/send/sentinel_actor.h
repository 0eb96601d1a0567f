// Groups of rows into an incident of Sentinel: a bookmark for each row, tied to the incident, and a
// comment. All of it is put under names that the case decides, so it may be repeated.
#pragma once

#include "common/auth/connection.h"
#include "common/net/http.h"
#include "common/services/incidents/sentinel_bodies.h"
#include "common/services/incidents/sentinel_incidents.h"
#include "tools/incident-link/case/target.h"
#include "tools/incident-link/send/incident_actor.h"
#include "tools/incident-link/send/sending.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace quarry::incident_link {

/// A row of the case, as a bookmark needs it.
struct BookmarkRow {
  std::string json;
  std::vector<Entity> entities;
};

struct SentinelContext {
  net::Http& http;
  auth::Endpoint arm;
  Target target;        // its place is the workspace
  std::string case_id;  // names are made of it
  /// By sha256; nullptr where the case has no such row.
  std::function<const BookmarkRow*(const std::string& sha256)> row;
  std::function<void(const std::string&)> warn = {};
};

class SentinelActor : public IncidentActor {
 public:
  explicit SentinelActor(SentinelContext context);

  std::vector<ShownRequest> requests_of(const actions::Action& action) override;
  /// Putting again what is there changes nothing: it may always be done.
  Result<std::optional<actions::ActResult>> look_up(const actions::Action&,
                                                    const journal::Entry&) override {
    return std::optional<actions::ActResult>();
  }

 protected:
  actions::ActResult perform(const actions::Action& action) override;

 private:
  using Put = services::incidents::Put;

  std::string new_incident_id() const;
  Put incident_put(const SendingInput& input) const;
  std::vector<Put> bookmarks(const actions::Action& action, const SendingInput& input) const;
  std::vector<Put> relations(const SendingInput& input) const;
  Put comment(const actions::Action& action, const SendingInput& input, bool with_rows) const;
  std::string name(std::string_view kind, std::string_view what) const;
  std::optional<actions::ActResult> settle_incident(const SendingInput& input);
  actions::ActResult linked(const services::incidents::Sent& sent) const;

  SentinelContext context_;
  services::incidents::SentinelIncidents incidents_;
  services::incidents::SentinelIncident incident_;  // id "": not looked up yet
  bool said_comments_only_ = false;
};

}  // namespace quarry::incident_link
