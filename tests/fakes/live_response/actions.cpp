#include "common/base/random.h"
#include "common/json/document.h"
#include "tests/fakes/live_response/live_response.h"
#include "tests/fakes/live_response/odata_filter.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace quarry::fakes {
namespace {

constexpr std::array<net::Window, 1> kTenAMinute{{{10, 60}}};
constexpr std::array<net::Window, 2> kUsual{{{100, 60}, {1500, 3600}}};
constexpr std::array<net::Window, 2> kPackage{{{2, 60}, {120, 3600}}};
constexpr net::ApiLimit kSubmit{"fake.submit", kTenAMinute};
constexpr net::ApiLimit kActions{"fake.actions", kUsual};
constexpr net::ApiLimit kCancel{"fake.cancel", kUsual};
constexpr net::ApiLimit kLink{"fake.link", kUsual};
constexpr net::ApiLimit kAct{"fake.act", kUsual};
constexpr net::ApiLimit kPackageLink{"fake.package", kPackage};
constexpr std::size_t kSessions = 25;

struct Verb {
  const char* path;
  const char* type;
  const char* permission;
  const char* needs;  // a member of the body beside Comment
};
constexpr std::array<Verb, 7> kVerbs{{
    {"isolate", "Isolate", "Machine.Isolate", "IsolationType"},
    {"unisolate", "Unisolate", "Machine.Isolate", nullptr},
    {"runAntiVirusScan", "RunAntiVirusScan", "Machine.Scan", "ScanType"},
    {"restrictCodeExecution", "RestrictCodeExecution", "Machine.RestrictExecution", nullptr},
    {"unrestrictCodeExecution", "UnrestrictCodeExecution", "Machine.RestrictExecution", nullptr},
    {"StopAndQuarantineFile", "StopAndQuarantineFile", "Machine.StopAndQuarantine", "Sha1"},
    {"collectInvestigationPackage", "CollectInvestigationPackage", "Machine.CollectForensics",
     nullptr},
}};

/// "[quarry RUN …" in a comment: the run that asks.
std::string run_in(const std::string& comment) {
  const std::size_t at = comment.rfind("[quarry ");
  if (at == std::string::npos) return {};
  return comment.substr(at + 8, comment.find_first_of("/]", at) - at - 8);
}

}  // namespace

void LiveResponse::add_action_routes() {
  const Rule read = rule({"Machine.Read.All", "Machine.ReadWrite.All"}, kActions);
  cloud_.add(
      "POST", "/api/machines/{id}/runliveresponse", rule({"Machine.LiveResponse"}, kSubmit),
      [this](const Request& request, const Captures& at) { return submit(request, at.at("id")); });
  for (const Verb& verb : kVerbs) {
    cloud_.add("POST", fmt::format("/api/machines/{{id}}/{}", verb.path),
               rule({verb.permission}, kAct),
               [this, &verb](const Request& request, const Captures& at) {
                 const auto document = json::Document::parse(request.body, "body");
                 if (!document || document->root().find("Comment").is_null() ||
                     (verb.needs != nullptr && document->root().find(verb.needs).is_null()))
                   return error_reply(400, "InvalidRequestBody", "a member is missing");
                 return act(at.at("id"), verb.type, request);
               });
  }
  cloud_.add("POST", "/api/machines/{id}/startInvestigation", rule({"Alert.ReadWrite.All"}, kAct),
             [](const Request&, const Captures& at) {
               return json_reply(
                   fmt::format(R"({{"id":"8","state":"PendingApproval","machineId":{}}})",
                               quoted(at.at("id"))),
                   201);
             });
  cloud_.add("GET", "/api/machineactions", read,
             [this](const Request& request, const Captures&) { return list_actions(request); });
  cloud_.add("GET", "/api/machineactions/{id}/getPackageUri",
             rule({"Machine.Read.All"}, kPackageLink),
             [this](const Request&, const Captures& at) { return package_link(at.at("id")); });
  cloud_.add("GET", "/api/machineactions/{id}/GetLiveResponseResultDownloadLink(index={index})",
             rule({"Machine.Read.All"}, kLink), [this](const Request&, const Captures& at) {
               return result_link(at.at("id"), at.at("index"));
             });
  cloud_.add("GET", "/api/machineactions/{id}", read,
             [this](const Request&, const Captures& at) { return show_action(at.at("id")); });
  cloud_.add("POST", "/api/machineactions/{id}/cancel",
             rule({"Machine.LiveResponse", "Machine.Isolate", "Machine.Scan"}, kCancel),
             [this](const Request& request, const Captures& at) {
               return cancel_action(request, at.at("id"));
             });
}

SessionAction* LiveResponse::find_action(const std::string& id) {
  const auto found = std::find_if(actions_.begin(), actions_.end(),
                                  [&](const SessionAction& action) { return action.id == id; });
  return found == actions_.end() ? nullptr : &*found;
}

/// A run that asks a device again after its commands have begun does things twice.
void LiveResponse::note_double(const SessionAction& asked) {
  for (const SessionAction& action : actions_) {
    if (action.device == asked.device && run_in(action.comment) == run_in(asked.comment) &&
        !run_in(asked.comment).empty() && action.has_begun(now()))
      cloud_.violation(fmt::format("{} is asked a second time by one run", action.device->name));
  }
}

Reply LiveResponse::submit(const Request& request, const std::string& id) {
  const std::lock_guard lock(mutex_);
  const Device* const device = find_device(id);
  if (device == nullptr) return error_reply(404, "ResourceNotFound", "no such machine");
  const double at = now();
  const Behaviour& how = device->behaviour;
  SessionAction action{.id = random_guid(),
                       .comment = {},
                       .device = device,
                       .commands = {},
                       .created = at,
                       .begins = {},
                       .cancelled = {}};
  std::set<std::string> names;
  for (const auto& [name, content] : library_) names.insert(name);
  if (const std::string problem = read_submission(request.body, names, action); !problem.empty()) {
    cloud_.violation(fmt::format("a body that the service refuses: {}", problem));
    return error_reply(400, problem, "the body is wrong");
  }
  if (how.unsupported)
    return error_reply(400, "ClientVersionNotSupported", "the client is too old");
  if (how.refused) return error_reply(403, "DisallowedOperation", "the group does not allow it");
  const auto active = std::count_if(actions_.begin(), actions_.end(), [at](const auto& other) {
    return other.type == "LiveResponse" && other.is_active(at);
  });
  if (static_cast<std::size_t>(active) >= kSessions) {
    Reply reply = error_reply(429, "TooManyRequests", "too many sessions");
    reply.headers = {{"Retry-After", "30"}};
    return reply;
  }
  const bool taken = std::any_of(actions_.begin(), actions_.end(), [&](const auto& other) {
    return other.device == device && other.is_active(at);
  });
  if (taken || at < start_ + how.busy_for)
    return error_reply(400, "ActiveRequestAlreadyExists", "Action is already in progress");
  note_double(action);
  if (how.fail_at >= 0 && how.fail_at < static_cast<int>(action.commands.size()) &&
      (action.fails_at < 0 || how.fail_at < action.fails_at))
    action.fails_at = how.fail_at;
  action.times_out = how.times_out;
  if (!how.offline)
    action.begins = at + 3;
  else if (how.online_after >= 0)
    action.begins = std::max(at, start_ + how.online_after) + 3;
  if (action.begins) action.ends = *action.begins + how.session;
  actions_.push_back(std::move(action));
  return json_reply(actions_.back().json(at), 201);
}

Reply LiveResponse::act(const std::string& id, const std::string& type, const Request& request) {
  const std::lock_guard lock(mutex_);
  const Device* const device = find_device(id);
  if (device == nullptr) return error_reply(404, "ResourceNotFound", "no such machine");
  const double at = now();
  for (const SessionAction& other : actions_) {
    if (other.device == device && other.type == type && other.is_active(at))
      return error_reply(400, "ActiveRequestAlreadyExists", "Action is already in progress");
  }
  const auto document = json::Document::parse(request.body, "body");
  actions_.push_back(
      {.id = random_guid(),
       .type = type,
       .comment = std::string(document->root().find("Comment").as_string().value_or("")),
       .device = device,
       .commands = {},
       .created = at,
       .begins = at + 2,
       .ends = at + 10,
       .cancelled = {}});
  return json_reply(actions_.back().json(at), 201);
}

Reply LiveResponse::list_actions(const Request& request) {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> rows;
  for (auto action = actions_.rbegin(); action != actions_.rend(); ++action) {
    const auto fits = fits_filter(request.parameter("$filter").value_or("id ne ''"),
                                  [&](std::string_view field) -> std::optional<std::string> {
                                    if (field == "id") return action->id;
                                    if (field == "type") return action->type;
                                    if (field == "status")
                                      return std::string(action->status(now()));
                                    if (field == "machineId") return action->device->id;
                                    if (field == "creationDateTimeUtc")
                                      return service_time(action->created);
                                    return std::nullopt;
                                  });
    if (!fits) return error_reply(400, "ODataError", "the filter is not understood");
    if (*fits) rows.push_back(action->json(now()));
  }
  return page_reply(request, cloud_.url(), rows, {.next_link = false});
}

Reply LiveResponse::show_action(const std::string& id) {
  const std::lock_guard lock(mutex_);
  const SessionAction* const action = find_action(id);
  if (action == nullptr) return error_reply(404, "ResourceNotFound", "no such action");
  return json_reply(action->json(now()));
}

Reply LiveResponse::cancel_action(const Request& request, const std::string& id) {
  const std::lock_guard lock(mutex_);
  SessionAction* const action = find_action(id);
  if (action == nullptr) return error_reply(404, "ResourceNotFound", "no such action");
  const auto document = json::Document::parse(request.body, "body");
  if (!document || document->root().find("Comment").is_null())
    return error_reply(400, "InvalidRequestBody", "Comment is missing");
  const double at = now();
  if (!action->is_active(at)) return error_reply(400, "BadRequest", "the action has ended");
  action->cancelled = at;
  return json_reply(action->json(at));
}

std::map<std::string, int> LiveResponse::sessions() const {
  const std::lock_guard lock(mutex_);
  std::map<std::string, int> counts;
  for (const SessionAction& action : actions_) {
    if (action.type == "LiveResponse" && action.has_begun(now())) ++counts[action.device->name];
  }
  return counts;
}

}  // namespace quarry::fakes
