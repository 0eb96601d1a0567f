#include "common/auth/connection.h"

#include "common/base/text.h"
#include "common/net/clock.h"
#include "common/net/url.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace quarry::auth {
namespace {

std::string variable(const Environment& environment, const char* name) {
  return environment(name).value_or("");
}

/// The setting, or what Azure's own tools would use: ours always goes first.
std::string text_or(const config::Setting& setting, const Environment& environment,
                    const char* azure_variable) {
  return setting.is_set() ? setting.text() : variable(environment, azure_variable);
}

Result<std::string> checked_url(std::string text, std::string_view option,
                                const std::string& origin) {
  while (text.ends_with('/')) text.pop_back();
  const Result<net::Url> url = net::parse_url(text);
  if (!url)
    return fail(ErrorCode::kUsage, fmt::format("--{}: {}", option, url.error().message()),
                fmt::format("set by {}", origin));
  if (url->scheme != "https" && !url->is_loopback()) {
    return fail(ErrorCode::kUsage, fmt::format("--{}: plain http is for loopback only", option),
                fmt::format("use https://; set by {}", origin));
  }
  if (!url->query.empty())
    return fail(ErrorCode::kUsage, fmt::format("--{}: an address of a service has no '?'", option),
                fmt::format("set by {}", origin));
  return text;
}

Result<void> read_endpoints(const config::LookUp& look_up, const CloudDef& cloud,
                            Connection& connection) {
  for (std::size_t i = 0; i < kServiceCount; ++i) {
    const auto service = static_cast<Service>(i);
    const EndpointDef& defined = cloud.endpoints[i];
    Endpoint& endpoint = connection.endpoints[i];
    endpoint = {std::string(defined.url), std::string(defined.scope)};
    if (service == Service::kXdr) {
      endpoint.url = connection.endpoint(Service::kMde).url;
      continue;
    }
    const std::string url_option = fmt::format("{}-url", name_of(service));
    const config::Setting url = look_up(url_option);
    if (url.is_set()) {
      QUARRY_TRY(endpoint.url, checked_url(url.text(), url_option, url.origin));
    }
    const config::Setting scope = look_up(fmt::format("{}-scope", name_of(service)));
    if (scope.is_set()) endpoint.scope = scope.text();
    if (endpoint.scope.empty() && !endpoint.url.empty())
      endpoint.scope = endpoint.url + "/.default";
  }
  return ok();
}

AuthKind kind_of(std::string_view word) {
  constexpr std::array<std::pair<std::string_view, AuthKind>, 10> kKinds{
      {{"auto", AuthKind::kAuto},
       {"secret", AuthKind::kSecret},
       {"certificate", AuthKind::kCertificate},
       {"federated", AuthKind::kFederated},
       {"managed-identity", AuthKind::kManagedIdentity},
       {"command", AuthKind::kCommand},
       {"device-code", AuthKind::kDeviceCode},
       {"az", AuthKind::kAz},
       {"token", AuthKind::kToken},
       {"none", AuthKind::kNone}}};
  for (const auto& [name, kind] : kKinds) {
    if (name == word) return kind;
  }
  return AuthKind::kFirst;
}

bool is_loopback(const std::string& url) {
  const Result<net::Url> parsed = net::parse_url(url);
  return parsed && parsed->is_loopback();
}

/// A fast clock would make nonsense of real limits: it is for loopback alone.
double clock_scale(const Connection& connection, const Environment& environment) {
  const auto scale = net::parse_clock_scale(variable(environment, "QUARRY_TEST_CLOCK_SCALE"));
  const bool all_loopback =
      is_loopback(connection.login_url) &&
      std::all_of(connection.endpoints.begin(), connection.endpoints.end(),
                  [](const Endpoint& one) { return one.url.empty() || is_loopback(one.url); });
  return scale && all_loopback ? *scale : 1;
}

void read_credentials(const config::LookUp& look_up, const Environment& environment,
                      Connection& connection) {
  connection.kind = kind_of(look_up("auth").text());
  connection.client_id = text_or(look_up("client-id"), environment, "AZURE_CLIENT_ID");
  connection.client_secret_file = look_up("client-secret-file").text();
  connection.client_certificate =
      text_or(look_up("client-certificate"), environment, "AZURE_CLIENT_CERTIFICATE_PATH");
  connection.client_key = look_up("client-key").text();
  connection.certificate_password_file = look_up("certificate-password-file").text();
  connection.assertion_alg = look_up("assertion-alg").text();
  connection.send_x5c = look_up("send-x5c").text() == "true";
  connection.token_file = look_up("token-file").text();
  connection.credential_command = look_up("credential-command").values;
  connection.federated_token_file = variable(environment, "AZURE_FEDERATED_TOKEN_FILE");
}

/// A tenant stands in the path of addresses: nothing but the letters of a GUID or a domain.
Result<void> check_tenant(const std::string& tenant) {
  const bool fits = std::all_of(tenant.begin(), tenant.end(), [](char c) {
    return text::is_ascii_alnum(c) || c == '-' || c == '.';
  });
  if (fits && tenant != "common" && tenant != "organizations" && tenant != "consumers") return ok();
  return fail(ErrorCode::kUsage, fmt::format("'{}' is no tenant", tenant),
              "--tenant takes the tenant's GUID or one of its domains");
}

}  // namespace

Result<Connection> read_connection(const config::LookUp& look_up, const Environment& environment,
                                   std::string profile) {
  Connection connection;
  connection.profile = std::move(profile);
  connection.cloud = look_up("cloud").text();
  const CloudDef* const cloud = find_cloud(connection.cloud);
  if (cloud == nullptr)
    return fail(ErrorCode::kUsage, fmt::format("unknown cloud '{}'", connection.cloud));
  connection.tenant = text_or(look_up("tenant"), environment, "AZURE_TENANT_ID");
  QUARRY_CHECK(check_tenant(connection.tenant));

  connection.authority = cloud->login_url;
  connection.login_url = cloud->login_url;
  const config::Setting login = look_up("login-url");
  const std::string login_text = text_or(login, environment, "AZURE_AUTHORITY_HOST");
  if (!login_text.empty()) {
    QUARRY_TRY(connection.login_url,
               checked_url(login_text, "login-url",
                           login.is_set() ? login.origin : "AZURE_AUTHORITY_HOST"));
    // A test server stands in for the real authority, another cloud's is one.
    if (!is_loopback(connection.login_url)) connection.authority = connection.login_url;
  }
  QUARRY_CHECK(read_endpoints(look_up, *cloud, connection));
  read_credentials(look_up, environment, connection);

  connection.token_cache = look_up("token-cache").text() == "true";
  connection.ca_file = look_up("ca-file").text();
  connection.proxy = variable(environment, "HTTPS_PROXY");
  if (connection.proxy.empty()) connection.proxy = variable(environment, "https_proxy");
  connection.no_proxy = variable(environment, "NO_PROXY");
  if (connection.no_proxy.empty()) connection.no_proxy = variable(environment, "no_proxy");
  const auto retries = text::parse_int64(look_up("retries").text());
  if (!retries || *retries < 0 || *retries > 100)
    return fail(ErrorCode::kUsage, "--retries takes a number from 0 to 100");
  connection.retries = static_cast<int>(*retries);
  connection.clock_scale = clock_scale(connection, environment);
  return connection;
}

Result<Endpoint> need_endpoint(const Connection& connection, Service service) {
  const Endpoint& endpoint = connection.endpoint(service);
  if (!endpoint.url.empty()) return endpoint;
  return fail(ErrorCode::kUsage,
              fmt::format("no address of {} is configured for the cloud '{}'", name_of(service),
                          connection.cloud),
              fmt::format("give --{0}-url, or {0}_url in the configuration", name_of(service)));
}

}  // namespace quarry::auth
