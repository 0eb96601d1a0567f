// --allow-external: what externaldata names on the web is fetched into temporary files.
#pragma once

#include "common/base/cancel.h"
#include "common/kql/external_fetcher.h"
#include "common/net/http.h"

#include <map>
#include <memory>
#include <string>

namespace quarry::hq {

class WebFetcher final : public kql::ExternalFetcher {
 public:
  /// The files lie in a folder of their own below `parent` ($TMPDIR), which goes with this.
  WebFetcher(std::unique_ptr<net::Http> http, std::string parent, const CancelToken& cancel);
  ~WebFetcher() override;
  WebFetcher(const WebFetcher&) = delete;
  WebFetcher& operator=(const WebFetcher&) = delete;

  Result<std::string> fetch(const std::string& address) override;

 private:
  Result<std::string> new_file();

  std::unique_ptr<net::Http> http_;
  std::string parent_;
  const CancelToken& cancel_;
  std::string folder_;                        // made when the first file is
  std::map<std::string, std::string> paths_;  // by address
};

}  // namespace quarry::hq
