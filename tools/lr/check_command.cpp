// lr check: every mistake of playbooks, without asking anybody.
#include "tools/lr/input.h"
#include "tools/lr/lr_app.h"
#include "tools/lr/playbook/playbook.h"

namespace quarry::lr {

Result<int> check_command(cli::Invocation& invocation) {
  bool good = true;
  for (const std::string& path : invocation.arguments()) {
    QUARRY_TRY(const std::string text, read_text_input(invocation, path));
    const PlaybookCheck check = check_playbook(text, input_name(path));
    for (const Error& mistake : check.mistakes) invocation.diagnostics().add(mistake);
    good = good && check.mistakes.empty();
  }
  return good ? 0 : exit_status(ErrorCode::kUsage);
}

}  // namespace quarry::lr
