// The bodies of requests to Sentinel: incidents, bookmarks, what ties them, comments. The client
// chooses the names of what it makes, so that a request that comes twice does nothing twice.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace quarry::services::incidents {

/// UUID version 5 (RFC 9562): the same name in the same space is the same GUID.
std::string name_guid(std::string_view space_guid, std::string_view name);

struct SentinelInput {
  std::string title;
  std::string severity;  // informational low medium high
  std::string description;
  std::vector<std::string> labels = {};
  std::string first_activity = {};  // instants; "" unknown
  std::string last_activity = {};
};
std::string sentinel_incident_body(const SentinelInput& incident);

struct Bookmark {
  std::string display_name;
  std::string query;
  std::string row;  // JSON; becomes text in `queryResult`
  std::string event_time = {};
  std::string notes = {};
};
std::string bookmark_body(const Bookmark& bookmark);
std::string relation_body(std::string_view resource_id);
std::string sentinel_comment_body(std::string_view message);

}  // namespace quarry::services::incidents
