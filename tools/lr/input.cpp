#include "tools/lr/input.h"

#include "common/base/file.h"
#include "common/io/interrupts.h"
#include "common/io/open_input.h"

#include <fmt/format.h>

#include <string_view>
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

Result<void> check_names_nothing_else(const cli::Invocation& invocation) {
  constexpr std::string_view kSaidByThePlan[]{
      "devices", "machine", "all-matches",     "tag",           "filter",
      "script",  "type",    "pending-timeout", "give-up-after", "sha1"};
  const std::string known = invocation.text("plan").empty() ? "--resume" : "--plan";
  if (known == "--plan" && !invocation.text("resume").empty())
    return fail(ErrorCode::kUsage, "--plan and --resume name two runs", "name one of them");
  for (const std::string_view name : kSaidByThePlan) {
    if (invocation.options().is_declared(name) && invocation.options().is_given(name))
      return fail(
          ErrorCode::kUsage,
          fmt::format("--{} beside {}: the run says already what is done, and where", name, known),
          "leave it out, or begin another run");
  }
  return ok();
}

std::string input_name(const std::string& name) { return name == kStandardInput ? "stdin" : name; }

}  // namespace quarry::lr
