#include "common/services/live_response/machine_action.h"

#include "common/base/text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace quarry::live_response {
namespace {

constexpr std::array<std::pair<std::string_view, ActionStatus>, 8> kStatuses{{
    {"pending", ActionStatus::kPending},
    {"inprogress", ActionStatus::kInProgress},
    {"succeeded", ActionStatus::kSucceeded},
    {"failed", ActionStatus::kFailed},
    {"timeout", ActionStatus::kTimedOut},
    {"timedout", ActionStatus::kTimedOut},
    {"cancelled", ActionStatus::kCancelled},
    {"canceled", ActionStatus::kCancelled},
}};

std::string text_of(const json::Node& object, std::string_view key) {
  return std::string(object.find(key).as_string().value_or(""));
}

/// The list page calls some members otherwise.
std::string text_of(const json::Node& object, std::string_view key, std::string_view other) {
  std::string text = text_of(object, key);
  return text.empty() ? text_of(object, other) : text;
}

/// An array of texts or objects, which is not documented further.
std::string errors_of(const json::Node& errors) {
  std::string all;
  for (std::size_t i = 0; i < errors.size(); ++i) {
    const json::Node error = errors[i];
    std::string one(error.as_string().value_or(""));
    if (error.is_object()) one = text_of(error, "message", "errorMessage");
    if (one.empty() && !error.is_null()) one = error.to_json();
    if (!all.empty() && !one.empty()) all += "; ";
    all += one;
  }
  return all;
}

CommandState read_command(const json::Node& object, std::size_t position) {
  CommandState state;
  state.index = object.find("index").as_int64().value_or(static_cast<std::int64_t>(position));
  state.status = text_of(object, "commandStatus");
  state.started = text_of(object, "startTime");
  state.ended = text_of(object, "endTime");
  state.errors = errors_of(object.find("errors"));
  const json::Node command = object.find("command");
  state.type = text_of(command, "type");
  const json::Node params = command.find("params");
  for (std::size_t i = 0; i < params.size(); ++i) {
    const std::string key = text::lower_ascii(text_of(params[i], "key"));
    if (key == "args") state.args = text_of(params[i], "value");
    if (key == "scriptname" || key == "filename" || key == "path")
      state.name = text_of(params[i], "value");
  }
  return state;
}

}  // namespace

ActionStatus parse_status(std::string_view text) {
  for (const auto& [name, status] : kStatuses) {
    if (text::iequals_ascii(name, text)) return status;
  }
  return ActionStatus::kUnknown;
}

bool CommandState::is_completed() const { return text::iequals_ascii(status, "Completed"); }

bool CommandState::has_result() const {
  return is_completed() && !text::iequals_ascii(type, "PutFile");
}

bool MachineAction::began() const {
  return std::any_of(commands.begin(), commands.end(), [](const CommandState& command) {
    return !command.started.empty() ||
           (!command.status.empty() && !text::iequals_ascii(command.status, "Created"));
  });
}

Result<MachineAction> read_action(const json::Node& object) {
  MachineAction action;
  action.id = text_of(object, "id");
  if (action.id.empty()) return fail(ErrorCode::kData, "the service's action has no id");
  action.type = text_of(object, "type");
  action.status_text = text_of(object, "status");
  action.status = parse_status(action.status_text);
  action.machine_id = text_of(object, "machineId");
  action.computer_name = text_of(object, "computerDnsName");
  action.comment = text_of(object, "requestorComment");
  action.requestor = text_of(object, "requestor");
  action.created = text_of(object, "creationDateTimeUtc");
  action.updated = text_of(object, "lastUpdateDateTimeUtc", "lastUpdateTimeUtc");
  const json::Node trouble = object.find("troubleshootInfo");
  if (!trouble.is_null())
    action.trouble = trouble.as_string() ? std::string(*trouble.as_string()) : trouble.to_json();
  const json::Node commands = object.find("commands");
  if (!commands.is_array()) return action;
  for (std::size_t i = 0; i < commands.size(); ++i)
    action.commands.push_back(read_command(commands[i], i));
  return action;
}

Result<MachineAction> parse_action(std::string_view body) {
  QUARRY_TRY(const json::Document document, json::Document::parse(body, "machine action"));
  return read_action(document.root());
}

Result<std::vector<MachineAction>> parse_actions(std::string_view body) {
  QUARRY_TRY(const json::Document document, json::Document::parse(body, "machine actions"));
  const json::Node list = document.root().find("value");
  if (!list.is_array())
    return fail(ErrorCode::kData, "the service's answer holds no list of actions");
  std::vector<MachineAction> actions;
  for (std::size_t i = 0; i < list.size(); ++i) {
    Result<MachineAction> action = read_action(list[i]);
    if (action) actions.push_back(*std::move(action));
  }
  return actions;
}

}  // namespace quarry::live_response
