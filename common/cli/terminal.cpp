#include "common/cli/terminal.h"

#include "common/base/text.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdint>
#include <optional>
#include <string>

namespace quarry::cli {
namespace {

constexpr std::size_t kFallbackWidth = 80;
constexpr std::size_t kFallbackHeight = 24;

std::string value_of(const Environment& environment, const char* name) {
  return environment(name).value_or("");
}

/// False where neither stdout nor stderr knows its size; a size of 0 (some serial lines) is
/// unknown.
bool ask_size(Streams& streams) {
  for (const int descriptor : {STDOUT_FILENO, STDERR_FILENO}) {
    winsize size{};
    if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) continue;
    streams.width = size.ws_col;
    if (size.ws_row > 0) streams.height = size.ws_row;
    return true;
  }
  return false;
}

}  // namespace

When parse_when(std::string_view word) {
  if (word == "always") return When::kAlways;
  if (word == "never") return When::kNever;
  return When::kAuto;
}

bool wants_color(When when, bool is_terminal, const Environment& environment) {
  if (when != When::kAuto) return when == When::kAlways;
  if (!value_of(environment, "NO_COLOR").empty()) return false;
  const std::string forced = value_of(environment, "CLICOLOR_FORCE");
  if (!forced.empty() && forced != "0") return true;
  if (value_of(environment, "TERM") == "dumb") return false;
  return is_terminal;
}

Streams standard_streams(When color, const Environment& environment) {
  Streams streams;
  streams.stdin_is_terminal = ::isatty(STDIN_FILENO) == 1;
  streams.stdout_is_terminal = ::isatty(STDOUT_FILENO) == 1;
  streams.stderr_is_terminal = ::isatty(STDERR_FILENO) == 1;
  streams.width = kFallbackWidth;
  streams.height = kFallbackHeight;
  if (!ask_size(streams)) {
    const std::optional<std::int64_t> columns = text::parse_int64(value_of(environment, "COLUMNS"));
    if (columns && *columns > 0) streams.width = static_cast<std::size_t>(*columns);
  }
  streams.color = wants_color(color, streams.stdout_is_terminal, environment);
  streams.stderr_color = wants_color(color, streams.stderr_is_terminal, environment);
  return streams;
}

}  // namespace quarry::cli
