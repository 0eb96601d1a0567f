// HTTP by libcurl: many transfers on one thread, connections kept and shared, HTTP/2 where the
// server speaks it, certificates verified. One attempt a request; client.h stands in front.
#pragma once

#include "common/net/http.h"

#include <memory>
#include <string>

namespace quarry::net {

struct CurlOptions {
  std::string ca_file = {};   // PEM; empty: the system's authorities
  std::string proxy = {};     // for https; empty: none. The environment is not looked at
  std::string no_proxy = {};  // hosts to reach directly, as NO_PROXY names them
  std::string user_agent = "quarry";
  /// A client certificate for TLS: PEM, or PKCS#12 (.p12, .pfx) with its key; empty: none.
  std::string certificate = {};
  std::string certificate_key = {};  // PEM, where the certificate's file does not hold it
  Secret certificate_password = {};  // of the key or the PKCS#12 file
  bool verify_peer = true;           // false: any certificate is good; only where asked by name
  /// Once cancelled, reading requests are given up at once and those that change something are
  /// finished. May be nullptr; outlives the Http.
  const CancelToken* cancel = nullptr;
};

/// Redirects are followed for GET and HEAD; credentials stay with their origin, and https never
/// leads to http. kUsage for an address that must not be asked (plain http beyond loopback, control
/// characters in a header), kRemote for everything that fails on the way.
class CurlHttp : public Http {
 public:
  explicit CurlHttp(CurlOptions options);
  ~CurlHttp() override;
  CurlHttp(const CurlHttp&) = delete;
  CurlHttp& operator=(const CurlHttp&) = delete;

  void start(Request request, Completion done) override;
  void step(Seconds at_most) override;
  std::size_t in_flight() const override;

 private:
  class Multi;
  std::unique_ptr<Multi> multi_;
};

}  // namespace quarry::net
