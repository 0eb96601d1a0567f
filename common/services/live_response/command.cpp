#include "common/services/live_response/command.h"

#include "common/json/object_writer.h"

#include <array>
#include <utility>

namespace quarry::live_response {
namespace {

constexpr std::array<std::pair<CommandType, std::string_view>, 3> kNames{{
    {CommandType::kPutFile, "PutFile"},
    {CommandType::kRunScript, "RunScript"},
    {CommandType::kGetFile, "GetFile"},
}};

std::string parameter(std::string_view key, std::string_view value) {
  return json::ObjectWriter().text("key", key).text("value", value).take();
}

std::string parameters_of(const Command& command) {
  switch (command.type) {
    case CommandType::kPutFile:
      return parameter("FileName", command.name);
    case CommandType::kGetFile:
      return parameter("Path", command.name);
    case CommandType::kRunScript:
      break;
  }
  std::string all = parameter("ScriptName", command.name);
  if (!command.args.empty()) all += "," + parameter("Args", command.args);
  return all;
}

}  // namespace

std::string_view name_of(CommandType type) { return kNames[static_cast<std::size_t>(type)].second; }

std::optional<CommandType> parse_command_type(std::string_view name) {
  for (const auto& [type, known] : kNames) {
    if (known == name) return type;
  }
  return std::nullopt;
}

std::string to_json(std::span<const Command> commands) {
  std::string all = "[";
  for (const Command& command : commands) {
    if (all.size() > 1) all += ',';
    all += json::ObjectWriter()
               .text("type", name_of(command.type))
               .raw("params", "[" + parameters_of(command) + "]")
               .take();
  }
  return all + "]";
}

}  // namespace quarry::live_response
