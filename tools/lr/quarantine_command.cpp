// lr quarantine: what Defender Antivirus has quarantined, fetched from the devices. The service's
// own copies cannot be had by its API. The store is packed as it is: its files are encoded, so no
// scanner on the way takes them, and nothing is restored on the device.
#include "common/auth/connect.h"
#include "common/base/file.h"
#include "tools/lr/lr_app.h"
#include "tools/lr/playbook/playbook.h"
#include "tools/lr/run/whole_run.h"

#include <filesystem>
#include <utility>

namespace quarry::lr {
namespace {

/// Where the script has to leave the package, told by -Out.
constexpr std::string_view kPackage = "C:\\ProgramData\\quarry-quarantine.zip";

Result<Playbook> quarantine_playbook(const cli::Invocation& invocation) {
  const std::string& script = invocation.text("script");
  if (script.empty())
    return fail(
        ErrorCode::kUsage, "the script that packs the store is missing",
        "--script examples/live-response-triage/pack-quarantine.ps1, once you have read it");
  const PushFile push{.name = std::filesystem::path(script).filename().string(), .path = script};
  if (!is_library_name(push.name))
    return fail(ErrorCode::kUsage, "the script's name is no name of a library file",
                "letters, digits, '-', '_' and '.' only");
  QUARRY_CHECK(read_file(script, live_response::kLargestUpload));
  QUARRY_TRY(Template out, Template::parse("-Out " + std::string(kPackage)));
  QUARRY_TRY(Template package, Template::parse(kPackage));
  Playbook playbook{.name = "quarantine", .commands = {}, .pushes = {push}};
  playbook.commands.push_back({CommandType::kRunScript, push.name, std::move(out)});
  playbook.commands.push_back({CommandType::kGetFile, "", std::move(package)});
  return playbook;
}

}  // namespace

Result<int> quarantine_command(cli::Invocation& invocation) {
  // Malware lies in a protected archive or nowhere.
  if (invocation.text("archive").empty())
    return fail(ErrorCode::kUsage, "the stores go into an archive, which is not named",
                "--archive case.zip --password-file FILE");
  QUARRY_TRY(std::optional<Prepared> known, prepare_known(invocation));
  Playbook playbook;
  if (!known) {
    QUARRY_TRY(playbook, quarantine_playbook(invocation));
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
