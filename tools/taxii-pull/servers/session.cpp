#include "tools/taxii-pull/servers/session.h"

#include "common/net/url.h"

#include <fmt/format.h>

namespace quarry::taxii_pull {
namespace {

namespace taxii = services::taxii;

/// Tests let the hours of a loopback server pass in seconds; nobody else's.
double clock_scale(const ServerSettings& settings, const Environment& environment) {
  const auto scale = net::parse_clock_scale(environment("QUARRY_TEST_CLOCK_SCALE").value_or(""));
  for (const std::string* address : {&settings.url, &settings.api_root}) {
    const auto url = net::parse_url(*address);
    if (!address->empty() && (!url || !url->is_loopback())) return 1;
  }
  return scale.value_or(1);
}

net::ClientOptions client_options(const ServerSettings& settings,
                                  const config::RunContext& context) {
  net::ClientOptions options{.retry = {.retries = settings.retries}, .cancel = context.cancel};
  if (context.verbosity > 1)
    options.trace = [&context](const std::string& line) { context.say(line); };
  if (context.shows_waits) {
    options.on_wait = [&context](const net::Waiting& waiting) {
      context.say(fmt::format("waiting {:.0f} s: {}", waiting.wait.count(), waiting.what));
    };
  }
  return options;
}

net::CurlOptions curl_options(const ServerSettings& settings, const config::RunContext& context) {
  return {.ca_file = settings.ca_file,
          .proxy = settings.proxy,
          .no_proxy = settings.no_proxy,
          .user_agent = fmt::format("quarry-{}/{}", context.tool, context.version),
          .certificate = settings.certificate,
          .certificate_key = settings.certificate_key,
          .certificate_password = settings.certificate_password,
          .verify_peer = settings.verify_tls,
          .cancel = context.cancel};
}

/// Tokens go to the server's configured addresses alone.
net::ClientOptions with_tokens(net::ClientOptions options, const ServerSettings& settings,
                               net::TokenSource& tokens) {
  if (settings.oauth.token_url.empty()) return options;
  options.tokens = &tokens;
  for (const std::string* address : {&settings.url, &settings.api_root}) {
    if (const auto url = net::parse_url(*address)) options.trusted_origins.push_back(url->origin());
  }
  return options;
}

}  // namespace

Session::Session(const ServerSettings& settings, const config::RunContext& context)
    : clock_(clock_scale(settings, context.environment)),
      wire_(curl_options(settings, context)),
      sign_in_wire_(curl_options(settings, context)),
      sign_in_client_(sign_in_wire_, clock_, client_options(settings, context)),
      tokens_(sign_in_client_, clock_, settings.oauth),
      client_(wire_, clock_, with_tokens(client_options(settings, context), settings, tokens_)) {
  server_ = std::make_unique<taxii::Server>(
      client_,
      taxii::ServerOptions{.login = settings.login,
                           .scope = settings.oauth.token_url.empty() ? "" : "taxii",
                           .version = settings.version,
                           .warn = [&context, label = settings.label()](const std::string& text) {
                             context.warn(fmt::format("{}: {}", label, text));
                           }});
}

}  // namespace quarry::taxii_pull
