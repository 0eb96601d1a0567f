// Managed identities: the machine itself is known. Three places, three dialects; never through a
// proxy. App Service and Arc are recognised by what they set, the metadata service of a virtual
// machine is what remains.
#include "common/auth/credential.h"
#include "common/auth/token_endpoint.h"
#include "common/base/file.h"
#include "common/base/text.h"
#include "common/net/pause.h"
#include "common/net/retry_policy.h"
#include "common/net/service_error.h"

#include <fmt/format.h>

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace quarry::auth {
namespace {

constexpr const char* kMetadataUrl = "http://169.254.169.254/metadata/identity/oauth2/token";
constexpr const char* kArcUrl = "http://127.0.0.1:40342/metadata/identity/oauth2/token";
constexpr const char* kArcAgent = "/opt/azcmagent/bin/himds";
constexpr const char* kArcKeys = "/var/opt/azcmagent/tokens/";
constexpr std::uint64_t kLargestKey = 4096;

enum class Place : std::uint8_t { kMachine, kAppService, kArc };

std::string variable(const SignIn& sign_in, const char* name) {
  return sign_in.environment(name).value_or("");
}

Place place_of(const SignIn& sign_in) {
  const bool endpoint = !variable(sign_in, "IDENTITY_ENDPOINT").empty();
  if (endpoint && !variable(sign_in, "IDENTITY_HEADER").empty()) return Place::kAppService;
  if (endpoint && !variable(sign_in, "IMDS_ENDPOINT").empty()) return Place::kArc;
  return ::access(kArcAgent, F_OK) == 0 ? Place::kArc : Place::kMachine;
}

class ManagedIdentity : public Credential {
 public:
  ManagedIdentity(const SignIn& sign_in, Place place) : sign_in_(sign_in), place_(place) {}

  Result<Token> fetch(const std::string& scope) override {
    net::Request request = request_for(resource_of(scope));
    QUARRY_TRY(net::Response response, ask(request));
    if (place_ == Place::kArc && response.status == 401) {
      QUARRY_TRY(Secret key, read_challenge(response));
      request.secret_headers.push_back({"Authorization", std::move(key)});
      QUARRY_TRY(response, ask(request));
    }
    if (!response.is_success()) return fail(refusal(response));
    return read_token(std::move(response.body), sign_in_.clock);
  }
  std::string describe() const override {
    if (place_ == Place::kAppService) return "managed identity of App Service";
    return place_ == Place::kArc ? "managed identity of Azure Arc" : "managed identity";
  }
  bool may_be_cached() const override { return false; }

 private:
  net::Request request_for(const std::string& resource) const {
    net::Request request;
    request.connect_timeout = net::Seconds(2);
    request.use_proxy = false;
    request.max_redirects = 0;
    request.max_body = 1 << 20;
    // We wait as the service asks for, not as others do.
    request.repeat = net::Repeat::kLookUp;
    net::Parameters parameters;
    if (place_ == Place::kAppService) {
      request.url = variable(sign_in_, "IDENTITY_ENDPOINT");
      request.secret_headers.push_back(
          {"X-IDENTITY-HEADER", Secret(variable(sign_in_, "IDENTITY_HEADER"))});
      parameters.emplace_back("api-version", "2019-08-01");
    } else if (place_ == Place::kArc) {
      const std::string endpoint = variable(sign_in_, "IDENTITY_ENDPOINT");
      request.url = endpoint.empty() ? kArcUrl : endpoint;
      request.headers.push_back({"Metadata", "true"});
      parameters.emplace_back("api-version", "2019-11-01");
    } else {
      const std::string endpoint = variable(sign_in_, "QUARRY_IMDS_URL");
      request.url = endpoint.empty() ? kMetadataUrl : endpoint + "/metadata/identity/oauth2/token";
      request.allow_link_local = true;
      request.headers.push_back({"Metadata", "true"});
      parameters.emplace_back("api-version", "2018-02-01");
    }
    parameters.emplace_back("resource", resource);
    // A user-assigned identity is named by its client id; Arc knows none.
    if (!sign_in_.connection.client_id.empty() && place_ != Place::kArc)
      parameters.emplace_back("client_id", sign_in_.connection.client_id);
    request.url = net::with_parameters(std::move(request.url), parameters);
    return request;
  }

  /// The waits that the library of Microsoft uses: 1, 2, 4 s; while the service restarts (410), ten
  /// seconds seven times.
  static net::Seconds wait_after(const net::Response& response, int attempt, int& tries) {
    if (response.status == 410) {
      tries = 7;
      return net::Seconds(10);
    }
    return net::Seconds(1 << (attempt - 1));
  }

  Result<net::Response> ask(const net::Request& request) {
    int tries = 3;
    for (int attempt = 1;; ++attempt) {
      net::Outcome outcome = sign_in_.http.exchange(request);
      if (!outcome.result) {
        const Error& error = outcome.result.error();
        if (error.code() != ErrorCode::kRemote) return fail(error);
        return fail(ErrorCode::kAuth,
                    fmt::format("no managed identity answers: {}", error.message()),
                    "this is for machines in Azure, with an identity assigned");
      }
      const int status = outcome.result->status;
      const bool transient = status == 408 || status == 410 || status == 429 || status >= 500 ||
                             (status == 404 && place_ == Place::kMachine);
      if (!transient || attempt >= tries) return std::move(outcome.result);
      net::Seconds wait = wait_after(*outcome.result, attempt, tries);
      if (const auto asked = net::retry_after(*outcome.result, sign_in_.clock.wall()))
        wait = std::max(wait, *asked);
      QUARRY_CHECK(net::pause(sign_in_.clock, wait, sign_in_.cancel));
    }
  }

  /// Arc proves that we may read a file of root's group: the file's name comes from the answer and
  /// is held to the only folder that it may lie in.
  Result<Secret> read_challenge(const net::Response& response) const {
    constexpr std::string_view kMark = "Basic realm=";
    const std::string_view header = response.header("WWW-Authenticate").value_or("");
    if (!header.starts_with(kMark))
      return fail(ErrorCode::kAuth, "Azure Arc answered without naming its key");
    const std::string path(header.substr(kMark.size()));
    // Tests have no /var/opt: they name another folder, and that only for a loopback cloud.
    std::string folder = kArcKeys;
    if (sign_in_.connection.clock_scale != 1) folder = variable(sign_in_, "QUARRY_TEST_ARC_KEYS");
    const std::string name = path.substr(std::min(path.size(), folder.size()));
    if (folder.empty() || !path.starts_with(folder) || !name.ends_with(".key") ||
        name.find('/') != std::string::npos)
      return fail(ErrorCode::kAuth, fmt::format("Azure Arc named a file that is no key: {}", path));
    struct stat status {};
    if (::lstat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode))
      return fail(Error(ErrorCode::kAuth, "the key of Azure Arc is no file").at(path));
    Result<std::string> key = read_file(path, kLargestKey);
    if (!key) {
      return fail(Error(ErrorCode::kAuth, key.error().message(),
                        "the user has to belong to the group himds")
                      .at(path));
    }
    Secret value("Basic " + *key);
    wipe(*key);
    return value;
  }

  static Error refusal(const net::Response& response) {
    const Error error = net::error_of(response, "ask the managed identity");
    const bool is_remote = response.status == 429 || response.status >= 500;
    return Error(is_remote ? ErrorCode::kRemote : ErrorCode::kAuth, error.message(),
                 is_remote ? "" : "assign an identity to the machine, or name one by --client-id");
  }

  const SignIn& sign_in_;
  Place place_;
};

}  // namespace

bool is_azure_host(const SignIn& sign_in) {
  if (place_of(sign_in) != Place::kMachine) return true;
  if (!variable(sign_in, "QUARRY_IMDS_URL").empty()) return true;
  // What every virtual machine of Azure calls its chassis.
  const Result<std::string> tag = read_file("/sys/class/dmi/id/chassis_asset_tag", 4096);
  return tag && tag->starts_with("7783-7084-3265-9085-8269-3286-77");
}

Result<CredentialPtr> managed_identity(const SignIn& sign_in) {
  return std::make_unique<ManagedIdentity>(sign_in, place_of(sign_in));
}

}  // namespace quarry::auth
