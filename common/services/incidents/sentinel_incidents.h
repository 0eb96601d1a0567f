// Incidents of a Sentinel workspace, through Azure Resource Manager.
#pragma once

#include "common/auth/connection.h"
#include "common/net/http.h"
#include "common/services/incidents/sent.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace quarry::services::incidents {

struct SentinelIncident {
  std::string id;      // GUID
  std::string number;  // "3177"
  std::string url = {};
  std::string etag = {};
  std::string properties = {};  // JSON, as they were read
};

/// Something to be put: incidents/GUID, bookmarks/GUID …, below the workspace.
struct Put {
  std::string path;
  std::string body;
  std::string etag = {};  // of what is overwritten: 412 where it was changed meanwhile; "" any
};

class SentinelIncidents {
 public:
  /// `workspace`: its ARM id, "/subscriptions/…/workspaces/NAME".
  SentinelIncidents(net::Http& http, auth::Endpoint arm, std::string workspace);

  /// The ARM id of what stands at the path.
  std::string resource_id(std::string_view path) const;
  std::string url(std::string_view path) const;

  /// By GUID or number; nullopt where there is none.
  Result<std::optional<SentinelIncident>> find(const std::string& incident);
  Sent put(const Put& put);
  /// Not repeated by itself: for what people may change as soon as it is there.
  Sent put_once(const Put& put);
  /// Many at once; the first that failed, else the last. One that lost a race (409, 412) is read
  /// once: names are ours, so what is there is what was to be put; what is not is put again.
  Sent put_all(std::span<const Put> puts);

 private:
  Result<std::optional<SentinelIncident>> by_guid(const std::string& guid);
  Result<std::optional<SentinelIncident>> by_number(const std::string& number);
  Result<bool> exists(const std::string& path);
  net::Request get(const std::string& url) const;
  net::Request put_request(const Put& put) const;

  net::Http& http_;
  auth::Endpoint arm_;
  std::string workspace_;
};

}  // namespace quarry::services::incidents
