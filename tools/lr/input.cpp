#include "tools/lr/input.h"

#include "common/base/file.h"
#include "common/io/interrupts.h"
#include "common/io/open_input.h"

#include <vector>

namespace quarry::lr {
namespace {

constexpr std::string_view kStandardInput = "-";

Result<void> check_not_a_terminal(const cli::Invocation& invocation, const std::string& name) {
  if (name != kStandardInput || !invocation.streams().stdin_is_terminal) return ok();
  return fail(ErrorCode::kUsage, "- is standard input, which is a terminal",
              "name a file, or send one: lr … - < FILE");
}

}  // namespace

Result<std::string> read_text_input(cli::Invocation& invocation, const std::string& name) {
  return name == kStandardInput ? read_rows_input(invocation, name) : read_file(name);
}

Result<std::string> read_rows_input(cli::Invocation& invocation, const std::string& name) {
  QUARRY_CHECK(check_not_a_terminal(invocation, name));
  const CancelToken& cancel = invocation.cancel();
  const std::vector<std::string> names{name};
  const io::InputSet inputs = io::expand_inputs(names, cancel);
  if (!inputs.errors.empty()) return fail(inputs.errors.front());
  std::string text;
  for (const io::Input& input : inputs.inputs) {
    QUARRY_TRY(const auto source, io::open_input(input, io::Interrupts{.run = &cancel}));
    std::string chunk(64 << 10, '\0');
    for (;;) {
      QUARRY_TRY(const std::size_t got, source->read(chunk.data(), chunk.size()));
      if (got == 0) break;
      text.append(chunk, 0, got);
    }
    if (const auto error = cancel.error()) return fail(*error);
  }
  return text;
}

std::string input_name(const std::string& name) { return name == kStandardInput ? "stdin" : name; }

}  // namespace quarry::lr
