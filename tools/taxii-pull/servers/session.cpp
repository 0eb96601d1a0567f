#include "tools/taxii-pull/servers/session.h"

#include "common/net/url.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

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

bool means(const taxii::Collection& collection, const std::string& name) {
  return collection.id == name || collection.alias == name || collection.title == name;
}

Error may_not_read(const taxii::Collection& collection) {
  return Error(ErrorCode::kAuth,
               fmt::format("this account may not read the collection '{}' ({}): can_read is false",
                           collection.title, collection.id),
               "ask for the permission, or name the collections that are wanted: --collection, or "
               "collections in the configuration");
}

Result<std::vector<std::string>> roots_of(Session& session, const ServerSettings& settings,
                                          Places& places) {
  if (!settings.api_root.empty()) {
    QUARRY_TRY(std::string root, taxii::with_slash(settings.api_root));
    // The root tells the version; where it does not answer, its collections may.
    if (!settings.version) {
      const auto answer = session.server().api_root(root);
      if (!answer && answer.error().code() == ErrorCode::kAuth) return fail(answer.error());
    }
    return std::vector<std::string>{std::move(root)};
  }
  QUARRY_TRY(const taxii::Server::Found found, session.server().look_at(settings.url));
  std::vector<std::string> roots;
  for (const taxii::ApiRoot& root : found.roots) roots.push_back(root.url);
  // Where collections are named, those that are not found tell enough.
  if (settings.collections.empty()) places.errors = found.silent;
  return roots;
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

Result<Places> find_places(Session& session, const ServerSettings& settings) {
  Places places;
  QUARRY_TRY(const std::vector<std::string> roots, roots_of(session, settings, places));
  std::vector<std::string> bare;  // roots
  std::vector<bool> met(settings.collections.size());
  for (const std::string& root : roots) {
    const Result<std::vector<taxii::Collection>> listed = session.server().collections(root);
    if (!listed && settings.collections.empty()) {
      places.errors.push_back(listed.error());
      continue;
    }
    if (listed) {
      if (listed->empty()) bare.push_back(root);
      for (const taxii::Collection& collection : *listed) {
        bool wanted = settings.collections.empty() && collection.can_read;
        if (settings.collections.empty() && !wanted)
          places.errors.push_back(may_not_read(collection));
        for (std::size_t i = 0; i < met.size(); ++i) {
          if (!means(collection, settings.collections[i])) continue;
          wanted = met[i] = true;
        }
        if (wanted) places.found.push_back({root, collection});
      }
    }
    // Some servers hide their list from those who may read a collection.
    for (std::size_t i = 0; i < met.size(); ++i) {
      if (met[i] || (listed && roots.size() > 1)) continue;
      met[i] = true;
      places.found.push_back({root,
                              {.id = settings.collections[i],
                               .alias = {},
                               .title = {},
                               .description = {},
                               .media_types = {}}});
    }
  }
  for (std::size_t i = 0; i < met.size(); ++i) {
    if (met[i]) continue;
    places.errors.emplace_back(ErrorCode::kRemote,
                               fmt::format("no collection is called '{}'", settings.collections[i]),
                               "'taxii-pull collections' lists them");
  }
  if (!places.found.empty()) {
    for (const std::string& root : bare)
      session.server().warn(fmt::format("the API root {} shows this account no collection", root));
  } else if (places.errors.empty()) {
    places.errors.emplace_back(ErrorCode::kAuth, "the server shows this account no collection",
                               "check the login; --collection ID reads one that is not listed");
  }
  return places;
}

}  // namespace quarry::taxii_pull
