#include "tools/incident-link/link/stdin_text.h"

#include "common/base/file.h"
#include "common/base/text.h"
#include "common/io/input_set.h"
#include "common/io/open_input.h"

#include <array>

namespace quarry::incident_link {
namespace {

/// More than this is no text that somebody wrote.
constexpr std::size_t kLongestText = std::size_t{16} << 20;

}  // namespace

Result<std::string> text_of_stdin(cli::Invocation& invocation) {
  if (invocation.streams().stdin_is_terminal)
    return fail(ErrorCode::kUsage, "standard input is a terminal",
                "pipe the text in, or give it as an argument");
  const std::array<std::string, 1> names{"-"};
  const io::InputSet inputs = io::expand_inputs(names, invocation.cancel());
  if (!inputs.errors.empty()) return fail(inputs.errors.front());
  std::string text;
  for (const io::Input& input : inputs.inputs) {
    QUARRY_TRY(const auto source, io::open_input(input, io::Interrupts{&invocation.cancel()}));
    std::string buffer(std::size_t{1} << 16, '\0');
    for (;;) {
      QUARRY_TRY(const std::size_t size, source->read(buffer.data(), buffer.size()));
      if (size == 0) break;
      text.append(buffer, 0, size);
      if (text.size() > kLongestText)
        return fail(Error(ErrorCode::kData, "a text of more than 16 MiB").at(input.name));
    }
  }
  text = text::trim_ascii(text);
  if (text.empty()) return fail(ErrorCode::kUsage, "standard input holds no text");
  return text;
}

Result<std::string> text_of_file(cli::Invocation& invocation, const std::string& name) {
  return name == "-" ? text_of_stdin(invocation) : read_file(name);
}

}  // namespace quarry::incident_link
