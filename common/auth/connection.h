// One connection, read from the settings and checked: to which addresses, as whom.
#pragma once

#include "common/auth/cloud.h"
#include "common/base/env.h"
#include "common/base/result.h"
#include "common/config/run_context.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::auth {

enum class AuthKind : std::uint8_t {
  kFirst,  // nothing was said: the first that is configured
  kAuto,   // the same, the managed identity included
  kSecret,
  kCertificate,
  kFederated,
  kManagedIdentity,
  kCommand,
  kDeviceCode,
  kAz,
  kToken,
  kNone,
};

struct Endpoint {
  std::string url;    // without a slash at the end; may be empty: not configured
  std::string scope;  // may be empty where url is
};

struct Connection {
  std::string profile;  // "" without
  std::string cloud;
  std::string tenant;     // may be empty: some ways to a token need none
  std::string client_id;  // may be empty
  AuthKind kind = AuthKind::kFirst;

  std::string login_url;
  std::string authority;  // the cloud's own sign-in address: what assertions are made out to
  std::array<Endpoint, kServiceCount> endpoints;
  const Endpoint& endpoint(Service service) const {
    return endpoints[static_cast<std::size_t>(service)];
  }

  std::string client_secret_file;
  std::string client_certificate;
  std::string client_key;
  std::string certificate_password_file;
  std::string assertion_alg = "PS256";
  bool send_x5c = false;
  std::string token_file;
  std::vector<std::string> credential_command;
  std::string federated_token_file;

  bool token_cache = true;
  std::string ca_file;
  std::string proxy;
  std::string no_proxy;
  int retries = 4;
  double clock_scale = 1;  // QUARRY_TEST_CLOCK_SCALE, where all addresses are loopback
};

/// `look_up` knows the options of kConnectionOptions. kUsage where a setting is no address, or
/// plain http leads beyond loopback.
Result<Connection> read_connection(const config::LookUp& look_up, const Environment& environment,
                                   std::string profile = {});

/// Of a service that this run needs: kUsage with how to configure it where it has no address.
Result<Endpoint> need_endpoint(const Connection& connection, Service service);

}  // namespace quarry::auth
