// incident-link note, status, assign, close: what people say about a case, and with --to about an
// incident.
#include "common/base/text.h"
#include "common/cli/invocation.h"
#include "tools/incident-link/case/case_file.h"
#include "tools/incident-link/edit/edit_job.h"
#include "tools/incident-link/incident_link_app.h"
#include "tools/incident-link/link/case_folder.h"
#include "tools/incident-link/link/stdin_text.h"

#include <fmt/format.h>

#include <functional>
#include <optional>
#include <string>
#include <utility>

namespace quarry::incident_link {
namespace {

Result<CaseFile> open_case(cli::Invocation& invocation) {
  QUARRY_TRY(const std::string folder, given_case(invocation));
  QUARRY_TRY(CaseFile file, CaseFile::open(folder, case_writer()));
  if (!file.note().empty()) invocation.run_context().warn(file.note());
  return file;
}

/// --dry-run: is there a case that would take it? Opening one for writing may mend it.
Result<int> look_only(cli::Invocation& invocation) {
  QUARRY_TRY(const std::string folder, given_case(invocation));
  QUARRY_TRY(const CaseState state, look_at_case(invocation, folder));
  return shown(state, 0);
}

/// Nothing is written where nothing changes.
Result<int> edit(cli::Invocation& invocation, const std::function<void(CaseHead&)>& change) {
  if (invocation.flag("dry-run")) return look_only(invocation);
  QUARRY_TRY(CaseFile file, open_case(invocation));
  CaseHead head = file.state().head();
  change(head);
  if (head == file.state().head()) return 0;
  QUARRY_CHECK(file.change_head(std::move(head), invocation.text("comment")));
  return 0;
}

}  // namespace

Result<int> note_command(cli::Invocation& invocation) {
  std::string text(text::trim_ascii(invocation.arguments()[0]));
  if (text == "-") {
    QUARRY_TRY(text, text_of_stdin(invocation));
  }
  if (text.empty()) return fail(ErrorCode::kUsage, "the note is empty");
  if (is_online_edit(invocation)) return edit_online(invocation, {}, text);
  if (invocation.flag("dry-run")) return look_only(invocation);
  QUARRY_TRY(CaseFile file, open_case(invocation));
  QUARRY_CHECK(file.add_note(text));
  return 0;
}

Result<int> status_command(cli::Invocation& invocation) {
  const std::string& word = invocation.arguments()[0];
  if (!is_status(word))
    return fail(ErrorCode::kUsage, fmt::format("'{}' is no status", word),
                "a case is new, active or closed");
  if (is_online_edit(invocation))
    return edit_online(invocation, {.status = word}, invocation.text("comment"));
  return edit(invocation, [&word](CaseHead& head) { head.status = word; });
}

Result<int> assign_command(cli::Invocation& invocation) {
  const std::string name(text::trim_ascii(invocation.arguments()[0]));
  if (is_online_edit(invocation))
    return edit_online(invocation, {.assigned_to = name}, invocation.text("comment"));
  return edit(invocation, [&name](CaseHead& head) { head.assigned_to = name; });
}

Result<int> close_command(cli::Invocation& invocation) {
  const auto given = [&invocation](const char* option) {
    const std::string& word = invocation.text(option);
    return word.empty() ? std::nullopt : std::optional(word);
  };
  const services::incidents::IncidentEdit verdict{.status = "closed",
                                                  .classification = given("classification"),
                                                  .determination = given("determination")};
  if (is_online_edit(invocation))
    return edit_online(invocation, verdict, invocation.text("comment"));
  return edit(invocation, [&verdict](CaseHead& head) {
    head.status = *verdict.status;
    if (verdict.classification) head.classification = *verdict.classification;
    if (verdict.determination) head.determination = *verdict.determination;
  });
}

}  // namespace quarry::incident_link
