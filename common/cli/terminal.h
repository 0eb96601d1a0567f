// What the standard streams are connected to, and what follows from it: width, colour.
#pragma once

#include "common/base/env.h"

#include <cstddef>
#include <string_view>

namespace quarry::cli {

struct Streams {
  bool stdin_is_terminal = false;
  bool stdout_is_terminal = false;
  bool stderr_is_terminal = false;
  std::size_t width = 80;  // columns; of the terminal, else COLUMNS, else 80; never 0
  std::size_t height = 24;
  bool color = false;         // on stdout
  bool stderr_color = false;  // on stderr
};

/// --color=WHEN and --progress=WHEN.
enum class When : unsigned char { kAuto, kAlways, kNever };
When parse_when(std::string_view word);  ///< kAuto for anything but always and never

/// always and never decide; else NO_COLOR (not empty) says no, CLICOLOR_FORCE (neither empty nor 0)
/// says yes, TERM=dumb says no, a terminal says yes.
bool wants_color(When when, bool is_terminal, const Environment& environment);

/// Asks the system about the three standard streams.
Streams standard_streams(When color, const Environment& environment);

}  // namespace quarry::cli
