// From options to a server's settings: addresses, filters, and secrets from where they are kept.
#include "common/base/private_file.h"
#include "common/base/process.h"
#include "common/base/text.h"
#include "common/net/url.h"
#include "common/services/taxii/dates.h"
#include "tools/taxii-pull/servers/server_options.h"

#include <fmt/format.h>

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace quarry::taxii_pull {
namespace {

using services::taxii::basic_login;
using services::taxii::header_login;
using services::taxii::token_login;

Result<Secret> from_variable(const std::string& name, const Environment& environment) {
  const auto value = environment(name.c_str());
  if (!value || value->empty())
    return fail(ErrorCode::kAuth, fmt::format("the variable of the secret is not set: {}", name));
  return Secret(*value);
}

Result<Secret> from_command(const std::vector<std::string>& words, const CancelToken* cancel) {
  QUARRY_TRY(ProcessOutcome outcome, run_process(words, {.cancel = cancel}));
  if (outcome.status != 0) {
    return fail(ErrorCode::kAuth, fmt::format("{} ended with status {}", words[0], outcome.status),
                std::string(text::trim_ascii(outcome.errors)));
  }
  return Secret(std::string(text::trim_ascii(outcome.output.reveal())));
}

/// The password or token that no file names: from a variable, a command, or none.
Result<Secret> other_secret(const cli::Options& options, const Environment& environment,
                            const CancelToken* cancel) {
  if (!options.text("secret-variable").empty())
    return from_variable(options.text("secret-variable"), environment);
  if (!options.list("secret-command").empty())
    return from_command(options.list("secret-command"), cancel);
  return Secret();
}

/// kData, before anything is asked of a server, where the file that an option names is not there.
Result<void> want_file(const cli::Options& options, std::string_view option,
                       const std::string& path) {
  if (path.empty() || ::access(path.c_str(), R_OK) == 0) return ok();
  return fail(Error(ErrorCode::kData,
                    fmt::format("the file that {} names cannot be read: {}",
                                options.setting(option).origin, ::strerror(errno)),
                    "nothing was asked of the server")
                  .at(path));
}

Result<Secret> secret_file(const cli::Options& options, std::string_view option,
                           const std::string& path) {
  QUARRY_CHECK(want_file(options, option, path));
  return read_private_file(path);
}

Result<services::taxii::Login> read_login(const cli::Options& options,
                                          const Environment& environment,
                                          const CancelToken* cancel) {
  services::taxii::Login login;
  QUARRY_TRY(Secret secret, other_secret(options, environment, cancel));
  const std::string& user = options.text("user");
  if (!user.empty()) {
    if (!options.text("password-file").empty()) {
      QUARRY_TRY(secret, secret_file(options, "password-file", options.text("password-file")));
    }
    login.push_back(basic_login(user, secret));
  } else if (!options.text("password-file").empty()) {
    return fail(ErrorCode::kUsage, "--password-file needs --user");
  } else if (!secret.empty()) {
    login.push_back(token_login("Bearer", secret));
  }
  constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kTokens{
      {{"bearer-file", "Bearer"}, {"api-token-file", "Token"}}};
  for (const auto& [option, scheme] : kTokens) {
    if (options.text(option).empty()) continue;
    QUARRY_TRY(const Secret token, secret_file(options, option, options.text(option)));
    login.push_back(token_login(scheme, token));
  }
  for (const std::string& file : options.list("header-file")) {
    QUARRY_TRY(const Secret line, secret_file(options, "header-file", file));
    QUARRY_TRY(net::SecretHeader header, header_login(line));
    login.push_back(std::move(header));
  }
  return login;
}

Result<services::taxii::ClientCredentialsOptions> read_oauth(const cli::Options& options) {
  services::taxii::ClientCredentialsOptions oauth{.token_url = options.text("oauth-token-url"),
                                                  .client_id = options.text("oauth-client-id"),
                                                  .secret = {},
                                                  .scope = options.text("oauth-scope")};
  const std::string& file = options.text("oauth-secret-file");
  const bool any = !oauth.client_id.empty() || !file.empty() || !oauth.scope.empty();
  if (oauth.token_url.empty() && !any) return oauth;
  if (oauth.token_url.empty() || oauth.client_id.empty() || file.empty())
    return fail(ErrorCode::kUsage, "OAuth needs an address, a client and its secret",
                "--oauth-token-url, --oauth-client-id and --oauth-secret-file go together");
  QUARRY_CHECK(net::parse_url(oauth.token_url));
  QUARRY_TRY(oauth.secret, secret_file(options, "oauth-secret-file", file));
  return oauth;
}

Result<void> read_filters(const cli::Options& options, ServerSettings& out) {
  constexpr std::array<std::string_view, 4> kKeys{"type", "id", "version", "spec_version"};
  for (const std::string& match : options.list("match")) {
    const std::size_t equals = match.find('=');
    const std::string key = match.substr(0, equals);
    if (equals == std::string::npos || equals + 1 == match.size() ||
        std::find(kKeys.begin(), kKeys.end(), key) == kKeys.end()) {
      return fail(ErrorCode::kUsage, fmt::format("--match '{}' is no filter of TAXII", match),
                  "type=, id=, version= and spec_version= are");
    }
    out.filters.match.emplace_back(key, match.substr(equals + 1));
  }
  QUARRY_TRY(const auto limit, options.number("limit"));
  out.filters.limit = limit.value_or(0);
  const std::string& after = options.text("added-after");
  if (!after.empty()) {
    const auto date = services::taxii::parse_added_date(after);
    if (!date)
      return fail(ErrorCode::kUsage, fmt::format("--added-after '{}' is no instant", after),
                  "2024-05-01T12:00:00Z is one");
    out.added_after = date->at;
  }
  QUARRY_TRY(const auto overlap, options.duration("overlap"));
  out.overlap = overlap.value_or(Timespan{});
  QUARRY_TRY(out.interval, options.duration("interval"));
  out.verify = options.flag("verify");
  return ok();
}

}  // namespace

Result<ServerSettings> read_server_settings(const cli::Options& options, std::string name,
                                            const Environment& environment,
                                            const CancelToken* cancel, const std::string& url) {
  ServerSettings out;
  out.name = std::move(name);
  out.url = url.empty() ? options.text("url") : url;
  out.api_root = options.text("api-root");
  out.collections = options.list("collection");
  out.certificate = options.text("tls-certificate");
  out.certificate_key = options.text("tls-key");
  out.ca_file = options.text("server-ca-file");
  out.proxy = options.text("proxy");
  out.no_proxy = environment("NO_PROXY").value_or(environment("no_proxy").value_or(""));
  out.verify_tls = options.flag("verify-tls");
  for (const std::string_view option : {"tls-certificate", "tls-key", "server-ca-file"})
    QUARRY_CHECK(want_file(options, option, options.text(option)));
  QUARRY_TRY(const auto tries, options.number("tries"));
  out.retries = static_cast<int>(std::min<std::uint64_t>(tries.value_or(4), 100));
  if (options.text("taxii") == "2.0") out.version = services::taxii::Version::k20;
  if (options.text("taxii") == "2.1") out.version = services::taxii::Version::k21;
  if (!options.text("tls-password-file").empty()) {
    QUARRY_TRY(out.certificate_password,
               secret_file(options, "tls-password-file", options.text("tls-password-file")));
  }
  QUARRY_TRY(out.login, read_login(options, environment, cancel));
  QUARRY_TRY(out.oauth, read_oauth(options));
  if (!out.oauth.token_url.empty() && !out.login.empty())
    return fail(ErrorCode::kUsage, "two ways to sign in are given, OAuth and another",
                "give the one or the other");
  if (options.is_declared("match")) QUARRY_CHECK(read_filters(options, out));
  if (out.url.empty() && out.api_root.empty()) {
    return fail(ErrorCode::kUsage,
                out.name.empty() ? "no server is named"
                                 : fmt::format("[taxii.{}] names no address", out.name),
                "url = \"https://…/taxii2/\" or api_root = \"https://…/\" does");
  }
  return out;
}

}  // namespace quarry::taxii_pull
