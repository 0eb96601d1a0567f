// What a live response action is made of: commands, in the one order that the service takes.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace quarry::live_response {

/// In the order in which they may stand: all PutFile, then RunScript, then GetFile.
enum class CommandType : std::uint8_t { kPutFile, kRunScript, kGetFile };
std::string_view name_of(CommandType type);
/// nullopt for any other text; letters must be as the service writes them.
std::optional<CommandType> parse_command_type(std::string_view name);

/// One command as it is sent.
struct Command {
  CommandType type = CommandType::kRunScript;
  std::string name;  // of the library file or script; the path of a file to get
  std::string args = {};

  friend bool operator==(const Command&, const Command&) = default;
};

/// [{"type":…,"params":[{"key":…,"value":…}]},…], as `Commands` of a request wants it.
std::string to_json(std::span<const Command> commands);

/// What the service allows.
inline constexpr double kScriptSeconds = 600;                 // RunScript is stopped then
inline constexpr std::uint64_t kLargestUpload = 20ULL << 20;  // of a library file by API
inline constexpr std::uint64_t kLargestGetFile = 3ULL << 30;  // bytes
inline constexpr double kPendingSeconds = 3 * 86400;          // then the service gives up

}  // namespace quarry::live_response
