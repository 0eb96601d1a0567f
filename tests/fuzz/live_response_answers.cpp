// Any bytes as an answer of the live response service, or as what a script left: a byte for the
// reader, the rest for it. Nothing may be read beyond its end, and what is printed of it later must
// be JSON in UTF-8, whatever came in.
#include "common/base/assert.h"
#include "common/base/unicode.h"
#include "common/json/object_writer.h"
#include "common/services/live_response/api.h"
#include "common/services/live_response/library.h"
#include "common/services/live_response/machine.h"
#include "common/services/live_response/machine_action.h"
#include "common/services/live_response/refusal.h"
#include "common/services/live_response/script_output.h"
#include "common/value/dynamic.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace quarry;
using namespace quarry::live_response;

namespace {

void must_be_json(const std::string& text) {
  QUARRY_ASSERT(is_valid_json(text) && unicode::is_valid(text), "records are JSON in UTF-8");
}

void must_be_printable(std::string_view text) {
  must_be_json(json::ObjectWriter().text("value", text).take());
}

void take(const MachineAction& action) {
  for (const std::string* const text :
       {&action.id, &action.comment, &action.machine_id, &action.computer_name, &action.trouble})
    must_be_printable(*text);
  static_cast<void>(action.began());
  for (const CommandState& command : action.commands) {
    must_be_printable(command.name);
    must_be_printable(command.errors);
    QUARRY_ASSERT(!command.has_result() || command.is_completed(),
                  "what has not completed has nothing to fetch");
  }
}

void take_script_output(std::string_view text) {
  const ScriptOutput output = read_script_output(text);
  must_be_printable(output.errors);
  if (output.form == ScriptOutput::Form::kJson)
    must_be_json(output.output);
  else
    must_be_printable(output.output);
}

void take_refusal(std::uint8_t status, std::string_view text) {
  net::Response response;
  response.status = 400 + status % 200;
  response.body = std::string(text);
  static_cast<void>(classify(response));
  must_be_printable(explain(response, "try", "Machine.LiveResponse").message());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string text(reinterpret_cast<const char*>(data + 2), size - 2);
  switch (data[0] % 7) {
    case 0:
      if (const auto action = parse_action(text)) take(*action);
      break;
    case 1:
      if (const auto actions = parse_actions(text)) {
        for (const MachineAction& action : *actions) take(action);
      }
      break;
    case 2:
      if (const auto machines = parse_machines(text)) {
        for (const Machine& machine : *machines) {
          must_be_json(to_json(machine));
          must_be_printable(why_unsupported(machine) + why_doubtful(machine));
        }
      }
      break;
    case 3:
      if (const auto library = parse_library(text)) {
        for (const LibraryFile& file : *library) must_be_json(to_json(file));
      }
      break;
    case 4:
      if (const auto link = parse_link(text)) must_be_printable(*link);
      break;
    case 5:
      take_script_output(text);
      break;
    default:
      take_refusal(data[1], text);
      break;
  }
  return 0;
}
