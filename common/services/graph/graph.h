// Microsoft Graph: lists page by page, single objects, and requests for those who act.
#pragma once

#include "common/base/result.h"
#include "common/net/http.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace quarry::services {

/// What is read, and the permission that it takes, which messages name.
struct GraphRead {
  std::string path;             // "/v1.0/servicePrincipals?$top=999"
  std::string_view what;        // in the user's words: "list applications"
  std::string_view permission;  // "Application.Read.All"
};

/// Used by one thread. The Http outlives it.
class Graph {
 public:
  /// `url` without a slash at its end.
  Graph(net::Http& http, std::string url, std::string scope);

  /// Each page's body, in order; the number of rows in `value`.
  Result<std::size_t> pages(const GraphRead& read,
                            const std::function<Result<void>(std::string_view body)>& take);
  /// The body; nullopt where the object does not exist (404).
  Result<std::optional<std::string>> find(const GraphRead& read);

  /// A request that changes something, or a query by POST. `body` is JSON, may be empty.
  net::Request request(net::Method method, std::string_view path, std::string body,
                       net::Repeat repeat) const;
  net::Http& http() { return http_; }
  const std::string& url() const { return url_; }

 private:
  net::Request get(const std::string& path) const;

  net::Http& http_;
  std::string url_;
  std::string scope_;
};

}  // namespace quarry::services
