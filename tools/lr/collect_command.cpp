// lr collect: results of actions that somebody began, whoever it was: by their ids.
#include "common/auth/connect.h"
#include "common/base/private_file.h"
#include "common/services/live_response/machine_action.h"
#include "common/services/live_response/refusal.h"
#include "tools/lr/driver/fetcher.h"
#include "tools/lr/driver/file_place.h"
#include "tools/lr/lr_app.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace quarry::lr {
namespace {

using live_response::Api;
using live_response::CommandState;
using live_response::MachineAction;

Outcome outcome_of(live_response::ActionStatus status) {
  switch (status) {
    case live_response::ActionStatus::kSucceeded:
      return Outcome::kSucceeded;
    case live_response::ActionStatus::kTimedOut:
      return Outcome::kTimedOut;
    case live_response::ActionStatus::kCancelled:
      return Outcome::kCancelled;
    default:
      return Outcome::kFailed;
  }
}

class Collection {
 public:
  Collection(cli::Invocation& invocation, auth::Session& session, const Api& api,
             std::uint64_t max_bytes, RecordOutput& output)
      : invocation_(invocation),
        session_(session),
        api_(api),
        fetcher_(session.http(), api, max_bytes),
        output_(output) {
    out_dir_ = invocation.text("out-dir");
    if (out_dir_.empty()) out_dir_ = "lr-collect";
  }

  Result<void> collect(const std::string& id) {
    QUARRY_TRY(const net::Response response, session_.http().call(api_.action(id)));
    if (!response.is_success())
      return fail(live_response::explain(response, "look at the action", "Machine.Read.All"));
    QUARRY_TRY(const MachineAction action, live_response::parse_action(response.body));
    if (!is_final(action.status)) {
      ++missing_;
      invocation_.run_context().warn(
          fmt::format("{} is {}: not ended yet", id, action.status_text));
      return ok();
    }
    if (action.type == "CollectInvestigationPackage") return collect_package(action);
    for (const CommandState& command : action.commands) QUARRY_CHECK(collect(action, command));
    return ok();
  }
  std::size_t missing() const { return missing_; }

 private:
  ResultRow row_of(const MachineAction& action) const {
    ResultRow row{.device_id = action.machine_id, .device = action.computer_name};
    row.action_id = action.id;
    return row;
  }

  Result<std::string> folder_of(const MachineAction& action) const {
    const std::string folder =
        out_dir_ + "/" + safe_name(action.computer_name) + "/" + safe_name(action.id);
    QUARRY_CHECK(make_private_folder(folder));
    return folder;
  }

  Result<void> collect_package(const MachineAction& action) {
    ResultRow row = row_of(action);
    row.type = action.type;
    row.state = outcome_of(action.status);
    if (row.state != Outcome::kSucceeded) return add(row);
    QUARRY_TRY(const std::string folder, folder_of(action));
    return fetch({.action_id = action.id,
                  .is_file = true,
                  .is_package = true,
                  .path = folder + "/package.zip",
                  .device_path = "package.zip"},
                 row);
  }

  Result<void> collect(const MachineAction& action, const CommandState& command) {
    ResultRow row = row_of(action);
    row.command = command.index;
    row.type = command.type;
    row.name = command.name;
    row.started = command.started;
    row.ended = command.ended;
    row.error = command.errors;
    if (!command.is_completed()) row.state = outcome_of(action.status);
    if (!command.has_result()) return add(row);
    const bool is_file = command.type == "GetFile";
    std::string path;
    if (is_file) {
      QUARRY_TRY(const std::string folder, folder_of(action));
      path = folder + "/" + file_name(command.index, command.name);
    }
    return fetch({.action_id = action.id,
                  .command = command.index,
                  .is_file = is_file,
                  .path = path,
                  .device_path = command.name},
                 row);
  }

  Result<void> fetch(Wanted wanted, ResultRow& row) {
    std::optional<tl::expected<Arrived, FetchError>> arrived;
    fetcher_.start(std::move(wanted), [&arrived](auto result) { arrived = std::move(result); });
    while (!arrived) {
      session_.http().step(net::Seconds(0.1));
      fetcher_.step();
    }
    if (!*arrived) {
      row.state = Outcome::kFailed;
      row.error = arrived->error().error.message();
    } else if ((*arrived)->output) {
      const live_response::ScriptOutput& output = *(*arrived)->output;
      row.exit_code = output.exit_code;
      row.output = output.output;
      row.output_format = name_of(output.form);
      row.error = output.errors;
      if (row.exit_code.value_or(0) != 0) row.state = Outcome::kFailed;
    } else {
      row.file = (*arrived)->file;
    }
    return add(row);
  }

  Result<void> add(const ResultRow& row) {
    missing_ += row.state == Outcome::kSucceeded ? 0 : 1;
    return output_.add(to_json(row));
  }

  cli::Invocation& invocation_;
  auth::Session& session_;
  const Api& api_;
  Fetcher fetcher_;
  RecordOutput& output_;
  std::string out_dir_;
  std::size_t missing_ = 0;
};

}  // namespace

Result<int> collect_command(cli::Invocation& invocation) {
  QUARRY_TRY(const auto session, auth::connect_one(invocation.run_context()));
  QUARRY_TRY(const auth::Endpoint mde, session->need(auth::Service::kMde));
  const Api api(mde.url, mde.scope);
  QUARRY_TRY(const auto max_file, invocation.options().size("max-file"));
  QUARRY_TRY(const auto output, RecordOutput::open(invocation, kResultColumns));
  Collection collection(invocation, *session, api, max_file.value_or(std::uint64_t{8} << 30),
                        *output);
  for (const std::string& id : invocation.arguments()) QUARRY_CHECK(collection.collect(id));
  QUARRY_CHECK(output->finish());
  return collection.missing() == 0 ? 0 : exit_status(ErrorCode::kPartial);
}

}  // namespace quarry::lr
