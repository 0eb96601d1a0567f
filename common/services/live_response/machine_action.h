// A machine action as the service shows it ("machineAction resource type"): what was asked of a
// device, by whom, and how far it is.
#pragma once

#include "common/base/result.h"
#include "common/json/document.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::live_response {

enum class ActionStatus : std::uint8_t {
  kUnknown,  // a text that we do not know: not final
  kPending,
  kInProgress,
  kSucceeded,
  kFailed,
  kTimedOut,
  kCancelled,
};
/// In any case of letters; "TimedOut" and "Canceled" too.
ActionStatus parse_status(std::string_view text);
constexpr bool is_final(ActionStatus status) { return status >= ActionStatus::kSucceeded; }

/// A command of a live response action. Its index is what a result is asked for by.
struct CommandState {
  std::int64_t index = 0;
  std::string type;    // "GetFile"
  std::string status;  // "Created", "Completed", "Failed", or what else the service says
  std::string name;    // of script or file; the path of GetFile
  std::string args;
  std::string started;  // as the service writes times; "" for null
  std::string ended;
  std::string errors;  // one text

  bool is_completed() const;
  /// Its outcome is a file that can be fetched: done, and no PutFile.
  bool has_result() const;
};

struct MachineAction {
  std::string id;
  std::string type;
  ActionStatus status = ActionStatus::kUnknown;
  std::string status_text;
  std::string machine_id;
  std::string computer_name;
  std::string comment;
  std::string requestor;
  std::string created;
  std::string updated;
  std::string trouble;  // troubleshootInfo
  std::vector<CommandState> commands;

  /// A command has begun on the device.
  bool began() const;
};

/// kData where the object has no id.
Result<MachineAction> read_action(const json::Node& object);
/// Of an answer's body.
Result<MachineAction> parse_action(std::string_view body);
/// A page of a list; those without an id are left out.
Result<std::vector<MachineAction>> parse_actions(std::string_view body);

}  // namespace quarry::live_response
