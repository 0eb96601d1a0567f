// incident-link note, status, assign, close: what people say about a case.
#include "common/base/text.h"
#include "common/cli/invocation.h"
#include "tools/incident-link/case/case_file.h"
#include "tools/incident-link/incident_link_app.h"
#include "tools/incident-link/link/case_folder.h"
#include "tools/incident-link/link/stdin_text.h"

#include <fmt/format.h>

#include <functional>
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

/// Nothing is written where nothing changes.
Result<int> edit(cli::Invocation& invocation, const std::function<void(CaseHead&)>& change) {
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
  QUARRY_TRY(CaseFile file, open_case(invocation));
  QUARRY_CHECK(file.add_note(text));
  return 0;
}

Result<int> status_command(cli::Invocation& invocation) {
  const std::string& word = invocation.arguments()[0];
  if (!is_status(word))
    return fail(ErrorCode::kUsage, fmt::format("'{}' is no status", word),
                "a case is new, active or closed");
  return edit(invocation, [&word](CaseHead& head) { head.status = word; });
}

Result<int> assign_command(cli::Invocation& invocation) {
  const std::string name(text::trim_ascii(invocation.arguments()[0]));
  return edit(invocation, [&name](CaseHead& head) { head.assigned_to = name; });
}

Result<int> close_command(cli::Invocation& invocation) {
  return edit(invocation, [&invocation](CaseHead& head) {
    head.status = "closed";
    const std::string& classification = invocation.text("classification");
    const std::string& determination = invocation.text("determination");
    if (!classification.empty()) head.classification = classification;
    if (!determination.empty()) head.determination = determination;
  });
}

}  // namespace quarry::incident_link
