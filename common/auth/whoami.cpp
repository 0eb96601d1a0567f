#include "common/auth/whoami.h"

#include "common/auth/connect.h"
#include "common/base/text.h"
#include "common/base/unicode.h"
#include "common/json/object_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace quarry::auth {
namespace {

/// A person's permission has the same name without ".All" at its end: Machine.Read.
bool grants(const Claims& claims, std::string_view wanted) {
  std::string_view of_person = wanted;
  if (claims.of_person && of_person.ends_with(".All")) of_person.remove_suffix(4);
  return std::any_of(claims.permissions.begin(), claims.permissions.end(),
                     [&](const std::string& held) { return held == wanted || held == of_person; });
}

CommandState state_of(const Need& need, const ServiceIdentity& identity) {
  CommandState state{.command = need.command, .service = need.service, .missing = {}};
  if (identity.problem) {
    state.missing = fmt::format("a token for {}", name_of(need.service));
  } else if (!identity.claims || need.any_of.empty()) {
    state.unknown = true;
  } else {
    state.allowed = std::any_of(need.any_of.begin(), need.any_of.end(), [&](std::string_view one) {
      return grants(*identity.claims, one);
    });
    if (!state.allowed) state.missing = fmt::format("{}", fmt::join(need.any_of, " or "));
  }
  return state;
}

ServiceIdentity identify(Session& session, Service service) {
  ServiceIdentity identity{.service = service, .url = {}, .scope = {}, .claims = {}, .problem = {}};
  const Result<Endpoint> endpoint = session.need(service);
  if (!endpoint) {
    identity.problem = endpoint.error();
    return identity;
  }
  identity.url = endpoint->url;
  identity.scope = endpoint->scope;
  if (session.tokens() == nullptr) return identity;
  const Result<Secret> token = session.tokens()->token(endpoint->scope);
  if (!token) {
    identity.problem = token.error();
    return identity;
  }
  identity.claims = read_claims(token->reveal());
  const double expires = session.tokens()->expires(endpoint->scope);
  if (expires > 0) identity.minutes_left = (expires - session.clock().wall()) / 60;
  return identity;
}

std::string permissions_of(const Claims& claims) {
  if (claims.permissions.empty()) return "none";
  return fmt::format("{}", fmt::join(claims.permissions, " "));
}

/// Claims come from elsewhere and go to a terminal.
std::string escaped(const std::string& lines) {
  std::string out;
  for (const std::string_view line : text::split(lines, '\n'))
    out += unicode::escape_for_terminal(line) + "\n";
  out.pop_back();  // the last line end stood before nothing
  return out;
}

std::string list_json(const std::vector<std::string>& texts) {
  std::string out = "[";
  for (const std::string& text : texts) out += (out.size() > 1 ? "," : "") + json::quoted(text);
  return out + "]";
}

void add_service_text(const ServiceIdentity& one, std::string& out) {
  out += fmt::format("{}  {}\n", name_of(one.service), one.url.empty() ? "-" : one.url);
  if (one.problem) {
    out += fmt::format("  no token      {}\n", one.problem->message());
    if (!one.problem->hint().empty())
      out += fmt::format("                {}\n", one.problem->hint());
    return;
  }
  if (!one.claims) {
    out += "  token         does not say what it allows\n";
    return;
  }
  const Claims& claims = *one.claims;
  out += fmt::format("  audience      {}\n", claims.audience);
  if (!claims.tenant.empty()) out += fmt::format("  tenant        {}\n", claims.tenant);
  if (!claims.application.empty()) out += fmt::format("  application   {}\n", claims.application);
  if (!claims.name.empty()) out += fmt::format("  person        {}\n", claims.name);
  out += fmt::format("  permissions   {}\n", permissions_of(claims));
  if (one.minutes_left > 0)
    out += fmt::format("  good for      {:.0f} minutes\n", std::floor(one.minutes_left));
}

}  // namespace

bool WhoAmI::is_complete() const {
  return std::all_of(commands.begin(), commands.end(),
                     [](const CommandState& one) { return one.allowed || one.unknown; });
}

WhoAmI who_am_i(Session& session, std::span<const Need> needs) {
  const Connection& connection = session.connection();
  WhoAmI who{.profile = connection.profile,
             .cloud = connection.cloud,
             .tenant = connection.tenant,
             .client_id = connection.client_id,
             .credential = session.credential(),
             .services = {},
             .commands = {}};
  for (const Need& need : needs) {
    auto known = std::find_if(who.services.begin(), who.services.end(),
                              [&](const auto& one) { return one.service == need.service; });
    if (known == who.services.end()) {
      who.services.push_back(identify(session, need.service));
      known = std::prev(who.services.end());
    }
    who.commands.push_back(state_of(need, *known));
  }
  return who;
}

std::string to_text(const WhoAmI& who) {
  std::string out;
  if (!who.profile.empty()) out += fmt::format("profile       {}\n", who.profile);
  out += fmt::format("cloud         {}\n", who.cloud);
  if (!who.tenant.empty()) out += fmt::format("tenant        {}\n", who.tenant);
  if (!who.client_id.empty()) out += fmt::format("client id     {}\n", who.client_id);
  out += fmt::format("signs in by   {}\n", who.credential);
  for (const ServiceIdentity& one : who.services) add_service_text(one, out);
  std::size_t width = 0;
  for (const CommandState& one : who.commands) width = std::max(width, one.command.size());
  if (!who.commands.empty()) out += "commands\n";
  for (const CommandState& one : who.commands) {
    const std::string state = one.allowed   ? "allowed"
                              : one.unknown ? "the service decides"
                                            : fmt::format("lacks {}", one.missing);
    out += fmt::format("  {:{}}  {}: {}\n", one.command, width, name_of(one.service), state);
  }
  return escaped(out);
}

std::string to_ndjson(const WhoAmI& who) {
  std::string out;
  for (const ServiceIdentity& one : who.services) {
    json::ObjectWriter writer;
    writer.text("_type", "whoami")
        .text_if("profile", who.profile)
        .text("cloud", who.cloud)
        .text_if("tenant", who.tenant)
        .text_if("client_id", who.client_id)
        .text("credential", who.credential)
        .text("service", name_of(one.service))
        .text("url", one.url)
        .text("scope", one.scope);
    if (one.problem) writer.text("problem", one.problem->message());
    if (one.claims) {
      writer.text("audience", one.claims->audience)
          .text("token_tenant", one.claims->tenant)
          .text("application", one.claims->application)
          .text_if("person", one.claims->name)
          .raw("permissions", list_json(one.claims->permissions));
    }
    if (one.minutes_left > 0)
      writer.number("minutes_left", static_cast<std::int64_t>(std::floor(one.minutes_left)));
    out += writer.take() + "\n";
  }
  for (const CommandState& one : who.commands) {
    json::ObjectWriter writer;
    writer.text("_type", "whoami.command")
        .text_if("profile", who.profile)
        .text("command", one.command)
        .text("service", name_of(one.service))
        .text("state", one.allowed   ? "allowed"
                       : one.unknown ? "unknown"
                                     : "missing")
        .text_if("missing", one.missing);
    out += writer.take() + "\n";
  }
  return out;
}

WhoAmIAnswer whoami(const config::RunContext& context, std::span<const Need> needs, bool as_text) {
  WhoAmIAnswer answer;
  std::size_t complete = 0;
  std::vector<Connected> all = connect(context);
  for (Connected& one : all) {
    if (!one.session) {
      const Error& error = one.session.error();
      answer.errors.push_back(
          one.profile.empty()
              ? error
              : Error(error.code(), fmt::format("profile '{}': {}", one.profile, error.message()),
                      error.hint()));
      continue;
    }
    const WhoAmI who = who_am_i(**one.session, needs);
    if (as_text && !answer.text.empty()) answer.text += "\n";
    answer.text += as_text ? to_text(who) : to_ndjson(who);
    complete += who.is_complete() ? 1 : 0;
  }
  if (complete == all.size()) return answer;
  ErrorCode code = complete > 0 ? ErrorCode::kPartial : ErrorCode::kAuth;
  if (complete == 0 && answer.errors.size() == all.size()) code = answer.errors.front().code();
  answer.exit_status = exit_status(code);
  return answer;
}

Result<void> check_permission(Session& session, const Need& need) {
  const ServiceIdentity identity = identify(session, need.service);
  if (identity.problem) return fail(*identity.problem);
  const CommandState state = state_of(need, identity);
  if (state.allowed || state.unknown) return ok();
  return fail(ErrorCode::kAuth,
              fmt::format("'{}' needs the permission {}", need.command, state.missing),
              fmt::format("the token has: {}; new permissions need consent, and take some minutes",
                          permissions_of(*identity.claims)));
}

}  // namespace quarry::auth
