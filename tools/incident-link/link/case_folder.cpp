#include "tools/incident-link/link/case_folder.h"

#include "common/base/clock.h"
#include "common/base/private_file.h"
#include "common/base/text.h"

#include <fmt/format.h>

#include <utility>

namespace quarry::incident_link {
namespace {

constexpr std::size_t kLongestName = 60;

std::string without_slash(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

}  // namespace

Result<std::string> cases_folder(const Environment& environment) {
  const std::string state = state_folder(environment);
  if (state.empty())
    return fail(ErrorCode::kUsage, "there is no folder for cases",
                "give --case DIR, or set HOME or XDG_STATE_HOME");
  return state + "/cases";
}

std::string folder_name(std::string_view text) {
  std::string name;
  for (const char c : text) {
    if (name.size() == kLongestName) break;
    if (text::is_ascii_alnum(c)) {
      name += text::ascii_lower(c);
    } else if (!name.empty() && name.back() != '-') {
      name += '-';
    }
  }
  while (!name.empty() && name.back() == '-') name.pop_back();
  return name.empty() ? "case" : name;
}

std::string case_path(const cli::Invocation& invocation) {
  return without_slash(invocation.text("case"));
}

Result<std::string> given_case(const cli::Invocation& invocation) {
  const std::string path = case_path(invocation);
  if (path.empty())
    return fail(ErrorCode::kUsage, "which case?", "--case DIR; incident-link list shows them");
  if (path.find('/') != std::string::npos || is_case(path)) return path;
  const Result<std::string> cases = cases_folder(invocation.environment());
  const std::string named = cases ? *cases + "/" + path : "";
  return !named.empty() && is_case(named) ? named : path;
}

Result<CaseState> look_at_case(cli::Invocation& invocation, const std::string& folder) {
  QUARRY_TRY(CaseState state, read_case(folder));
  if (state.cut_bytes() > 0)
    invocation.run_context().warn(fmt::format(
        "{}: the last record, behind {} whole ones, was cut off: its {} bytes are not shown",
        journal_path(folder), state.records(), state.cut_bytes()));
  return state;
}

Result<int> shown(const CaseState& state, Result<int> status) {
  if (status && *status == 0 && state.cut_bytes() > 0) return exit_status(ErrorCode::kData);
  return status;
}

Result<void> check_no_file_of_case(const std::string& path) {
  if (path.empty() || !is_file_of_case(path)) return ok();
  return fail(Error(ErrorCode::kUsage, "is a file of a case: results must not replace evidence",
                    "give another name")
                  .at(path));
}

CaseWriter case_writer(std::string run) {
  if (run.empty()) run = journal::make_run_id(system_ticks_now());
  return {.run = std::move(run), .by = journal::current_user()};
}

}  // namespace quarry::incident_link
