// What a script printed, out of the file that RunScript leaves.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace quarry::live_response {

struct ScriptOutput {
  enum class Form : std::uint8_t { kText, kJson, kRaw };
  Form form = Form::kRaw;
  std::string output;  // kJson: JSON text; kRaw: the whole file, where it is no answer of a script
  std::string errors;
  std::optional<std::int64_t> exit_code;
};
std::string_view name_of(ScriptOutput::Form form);

/// Reads {"script_name","exit_code","script_output","script_errors"} leniently: raw control
/// characters inside texts (Microsoft's own sample has one) and NULs at their end are no mistakes.
/// Never fails: what cannot be read is kRaw. Output that is itself a JSON object or list is kJson.
ScriptOutput read_script_output(std::string_view file);

}  // namespace quarry::live_response
