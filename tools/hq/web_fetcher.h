// --allow-external: what externaldata names on the web is fetched into temporary files.
#pragma once

#include "common/kql/external_fetcher.h"
#include "common/net/curl_http.h"

#include <map>
#include <string>

namespace quarry::hq {

class WebFetcher final : public kql::ExternalFetcher {
 public:
  /// The files lie in a folder of their own below `parent` ($TMPDIR), which goes with this.
  WebFetcher(net::CurlOptions options, std::string parent);
  ~WebFetcher() override;
  WebFetcher(const WebFetcher&) = delete;
  WebFetcher& operator=(const WebFetcher&) = delete;

  Result<std::string> fetch(const std::string& address) override;

 private:
  Result<std::string> new_file();

  net::CurlHttp http_;
  std::string parent_;
  std::string folder_;                        // made when the first file is
  std::map<std::string, std::string> paths_;  // by address
};

}  // namespace quarry::hq
