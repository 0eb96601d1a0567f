#include "tools/consent-audit/respond/case_folder.h"

#include "common/base/private_file.h"

#include <fmt/format.h>

#include <filesystem>

namespace quarry::consent_audit {
namespace {

using config::OptionDef;
using config::OptionKind;

constexpr OptionDef kCase[]{
    {.name = "case",
     .metavar = "DIR",
     .help =
         "The folder of the case: its timeline, evidence and undo plans; its name is the case's",
     .kind = OptionKind::kValue,
     .key = "case"},
};

std::string timeline_in(const std::string& folder) { return folder + "/timeline.ndjson"; }

}  // namespace

const config::OptionTable kCaseOptions{"Case", kCase};

Result<CaseFolder> case_folder(const cli::Invocation& invocation, const std::string& run) {
  const std::string& folder = invocation.text("case");
  if (!folder.empty()) {
    std::filesystem::path path(folder);
    if (!path.has_filename()) path = path.parent_path();
    return CaseFolder{.folder = folder,
                      .timeline = timeline_in(folder),
                      .evidence = folder + "/evidence",
                      .plan = fmt::format("{}/{}.plan.ndjson", folder, run),
                      .undo = fmt::format("{}/{}.undo.ndjson", folder, run),
                      .case_id = path.filename().string()};
  }
  QUARRY_TRY(const std::string journal,
             journal::run_path(state_folder(invocation.environment()), run));
  const std::string stem = journal.substr(0, journal.size() - std::string_view(".ndjson").size());
  return CaseFolder{.folder = std::filesystem::path(journal).parent_path().string(),
                    .timeline = journal,
                    .evidence = stem + ".evidence",
                    .plan = stem + ".plan.ndjson",
                    .undo = stem + ".undo.ndjson",
                    .case_id = {}};
}

Result<std::string> timeline_of_case(const cli::Invocation& invocation) {
  const std::string& folder = invocation.text("case");
  if (folder.empty()) return fail(ErrorCode::kUsage, "no case is named", "--case DIR");
  return timeline_in(folder);
}

std::string evidence_beside(const std::string& timeline) {
  const std::filesystem::path path(timeline);
  if (path.filename() == "timeline.ndjson") return (path.parent_path() / "evidence").string();
  return (path.parent_path() / path.stem()).string() + ".evidence";
}

Result<journal::Journal> open_timeline(cli::Invocation& invocation, const std::string& path,
                                       const std::string& run) {
  QUARRY_TRY(journal::Journal journal,
             journal::Journal::open({.path = path,
                                     .tool = std::string(invocation.app().name),
                                     .run = run,
                                     .by = journal::current_user()}));
  if (!journal.note().empty()) invocation.run_context().warn(journal.note());
  return journal;
}

}  // namespace quarry::consent_audit
