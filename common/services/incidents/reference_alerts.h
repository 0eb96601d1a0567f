// CreateAlertByReference of Defender for Endpoint: an alert that is bound to an event of a device.
// It starts an automated investigation, and joins an open alert of the same title on that device.
#pragma once

#include "common/auth/connection.h"
#include "common/net/http.h"
#include "common/services/incidents/sent.h"

#include <optional>
#include <string>

namespace quarry::services::incidents {

class ReferenceAlerts {
 public:
  ReferenceAlerts(net::Http& http, auth::Endpoint mde) : http_(http), mde_(std::move(mde)) {}

  std::string url() const { return mde_.url + "/api/alerts/CreateAlertByReference"; }
  /// 404: there is no such event, or it is older than 30 days. 15 requests a minute.
  Sent create(const std::string& body);
  /// "da637551227677560813_-961444813"; "" where the answer names none.
  static std::string read_id(const std::string& body);

 private:
  net::Http& http_;
  auth::Endpoint mde_;
};

}  // namespace quarry::services::incidents
