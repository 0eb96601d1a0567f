// Incidents and alerts of Defender XDR, through Microsoft Graph.
#pragma once

#include "common/auth/connection.h"
#include "common/net/http.h"
#include "common/services/incidents/alert_input.h"
#include "common/services/incidents/incident_edit.h"
#include "common/services/incidents/sent.h"
#include "common/time/ticks.h"

#include <optional>
#include <string>
#include <vector>

namespace quarry::services::incidents {

struct FoundAlert {
  std::string id;        // "ea2c…_aml"
  std::string incident;  // its number
  std::string url = {};  // for a browser
};

struct Incident {
  std::string id;  // behind redirects
  std::string title;
  std::string status;  // active, resolved
  std::string url = {};
  IncidentEdit standing = {};  // all members
};

/// `http` outlives it. Permissions are named where one is missing.
class DefenderIncidents {
 public:
  DefenderIncidents(net::Http& http, auth::Endpoint graph);

  std::string create_alert_url() const;
  /// Beta. The answer of a success is read by read_alert().
  Sent create_alert(const std::string& body);
  static std::optional<FoundAlert> read_alert(const std::string& body);

  /// A merged incident is followed to the one that it became. kRemote where there is none of that
  /// number, or none that we may see.
  Result<Incident> incident(const std::string& id);
  /// The alert whose description holds the marker: among those of the incident, if one is given,
  /// then among all made since then. nullopt: not there, or not yet.
  Result<std::optional<FoundAlert>> find_alert(const std::string& marker,
                                               const std::string& incident, Datetime since);
  /// nullopt: not visible to Graph yet.
  Result<std::optional<FoundAlert>> alert(const std::string& id);

  std::string incident_url(const std::string& incident) const;
  /// `body`: defender_edit_body().
  Sent edit(const std::string& incident, const std::string& body);

  std::string move_url() const;
  /// `incident` "": a new one. The answer is read by read_target().
  static std::string move_body(const std::string& alert, const std::string& incident,
                               const std::string& comment);
  Sent move_alert(const std::string& body);
  static std::string read_target(const std::string& body);

  std::string comments_url(const std::string& incident) const;
  static std::string comment_body(const std::string& text);
  Sent add_comment(const std::string& incident, const std::string& body);
  Result<bool> has_comment(const std::string& incident, const std::string& marker);

 private:
  Result<std::optional<FoundAlert>> find_in_incident(const std::string& marker,
                                                     const std::string& incident);
  Result<std::optional<FoundAlert>> find_since(const std::string& marker, Datetime since);
  net::Request get(const std::string& path) const;
  net::Request post(const std::string& url, const std::string& body) const;

  net::Http& http_;
  auth::Endpoint graph_;
};

}  // namespace quarry::services::incidents
