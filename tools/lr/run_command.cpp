// lr run: a playbook on many devices.
#include "common/auth/connect.h"
#include "tools/lr/input.h"
#include "tools/lr/lr_app.h"
#include "tools/lr/playbook/playbook.h"
#include "tools/lr/run/whole_run.h"

#include <algorithm>
#include <utility>

namespace quarry::lr {
namespace {

/// All mistakes are told, then an error without words of its own.
Result<Playbook> load_playbook(cli::Invocation& invocation) {
  if (invocation.arguments().size() != 1)
    return fail(ErrorCode::kUsage, "one playbook is needed", "lr run PLAYBOOK --machine NAME");
  const std::string& path = invocation.arguments()[0];
  const auto& devices = invocation.list("devices");
  if (path == "-" && std::find(devices.begin(), devices.end(), "-") != devices.end())
    return fail(ErrorCode::kUsage, "standard input is the playbook; it cannot be devices too",
                "name a file for one of them");
  QUARRY_TRY(const std::string text, read_text_input(invocation, path));
  PlaybookCheck check = check_playbook(text, input_name(path));
  if (check.mistakes.empty()) return std::move(check.playbook);
  for (const Error& mistake : check.mistakes) invocation.diagnostics().add(mistake);
  return fail(ErrorCode::kUsage, "");
}

}  // namespace

Result<int> run_command(cli::Invocation& invocation) {
  QUARRY_TRY(std::optional<Prepared> known, prepare_known(invocation));
  Playbook playbook;
  if (!known) {
    QUARRY_TRY(playbook, load_playbook(invocation));
  }
  QUARRY_TRY(const auto session, auth::connect_one(invocation.run_context()));
  QUARRY_TRY(const auth::Endpoint mde, session->need(auth::Service::kMde));
  const Api api(mde.url, mde.scope);
  if (!known) {
    QUARRY_TRY(known, prepare_playbook(invocation, *session, api, std::move(playbook)));
  }
  return plan_or_execute(invocation, *session, api, *std::move(known));
}

}  // namespace quarry::lr
