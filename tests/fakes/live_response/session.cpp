#include "tests/fakes/live_response/session.h"

#include "common/json/document.h"
#include "common/time/format.h"
#include "tests/fakes/message.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace quarry::fakes {
namespace {

constexpr std::string_view kOrder[]{"PutFile", "RunScript", "GetFile"};

std::string text_of(const json::Node& node) { return std::string(node.as_string().value_or("")); }

std::string read_command(const json::Node& node, SessionCommand& command) {
  command.type = text_of(node.find("type"));
  const json::Node params = node.find("params");
  if (command.type.empty() || !params.is_array()) return "InvalidRequestBody";
  command.params_json = params.to_json();
  for (std::size_t i = 0; i < params.size(); ++i) {
    const std::string key = text_of(params[i].find("key"));
    const std::string value = text_of(params[i].find("value"));
    if (key == "Args") command.args = value;
    if (key == (command.type == "PutFile"     ? "FileName"
                : command.type == "RunScript" ? "ScriptName"
                                              : "Path"))
      command.name = value;
  }
  return command.name.empty() ? "MissingRequiredParameter" : "";
}

}  // namespace

std::string service_time(double wall) {
  const auto ticks = static_cast<std::int64_t>(wall * 1e7) + kUnixEpochTicks;
  return to_string(Datetime{ticks});
}

std::string_view SessionAction::status(double now) const {
  if (cancelled && *cancelled <= now) return "Cancelled";
  if (!begins || now < *begins) return "Pending";
  if (now < ends) return "InProgress";
  if (times_out) return "TimeOut";
  return fails_at >= 0 ? "Failed" : "Succeeded";
}

bool SessionAction::is_active(double now) const {
  const std::string_view state = status(now);
  return state == "Pending" || state == "InProgress";
}

std::string_view SessionAction::command_status(std::size_t command, double now) const {
  if (!has_begun(now)) return "Created";
  const double share = (std::min(now, cancelled.value_or(now)) - *begins) / (ends - *begins);
  const auto position = static_cast<int>(command);
  if (fails_at >= 0 && position > fails_at) return "Created";
  const bool ended =
      share >= static_cast<double>(command + 1) / static_cast<double>(commands.size());
  if (!ended) return "Created";
  if (times_out && command + 1 == commands.size()) return "Created";
  return position == fails_at ? "Failed" : "Completed";
}

std::string SessionAction::json(double now) const {
  std::string list;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const std::string_view state = command_status(i, now);
    const bool shown = state != "Created";
    list += fmt::format(
        R"({}{{"index":{},"startTime":{},"endTime":{},"commandStatus":"{}","errors":{},"command":{{"type":{},"params":{}}}}})",
        i > 0 ? "," : "", i, shown ? quoted(service_time(*begins)) : "null",
        shown ? quoted(service_time(ends)) : "null", state,
        state == "Failed" ? R"(["the command failed on the device"])" : "[]",
        quoted(commands[i].type), commands[i].params_json);
  }
  return fmt::format(
      R"({{"id":{},"type":{},"title":null,"requestor":"5f3c9d3a-0000-4000-8000-1c2d3e4f5a6b",)"
      R"("requestorComment":{},"status":"{}","machineId":{},"computerDnsName":{},)"
      R"("creationDateTimeUtc":{},"lastUpdateDateTimeUtc":{},"errorHResult":0,"scope":null,)"
      R"("externalId":null,"requestSource":"PublicApi","relatedFileInfo":null,"commands":[{}],)"
      R"("troubleshootInfo":null}})",
      quoted(id), quoted(type), quoted(comment), status(now), quoted(device->id),
      quoted(device->name), quoted(service_time(created)), quoted(service_time(now)), list);
}

std::string read_submission(const std::string& body, const std::set<std::string>& library,
                            SessionAction& action) {
  const auto document = json::Document::parse(body, "body");
  if (!document || !document->root().is_object()) return "InvalidRequestBody";
  const json::Node root = document->root();
  action.comment = text_of(root.find("Comment"));
  const json::Node commands = root.find("Commands");
  if (action.comment.empty() || !commands.is_array() || commands.size() == 0)
    return "MissingRequiredParameter";
  const std::string_view* last = kOrder;
  for (std::size_t i = 0; i < commands.size(); ++i) {
    SessionCommand command;
    if (std::string problem = read_command(commands[i], command); !problem.empty()) return problem;
    const auto* const place = std::find(std::begin(kOrder), std::end(kOrder), command.type);
    if (place == std::end(kOrder) || place < last) return "InvalidRequestBody";
    last = place;
    if (command.type != "GetFile" && !library.contains(command.name) && action.fails_at < 0)
      action.fails_at = static_cast<int>(i);
    action.commands.push_back(std::move(command));
  }
  return {};
}

}  // namespace quarry::fakes
