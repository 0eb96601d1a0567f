// Reads the errors and warnings that hq prints on stderr: JSON lines, or the form for people.
#pragma once

#include "tests/runner/runner.h"

#include <string_view>

namespace quarry::test {

void read_diagnostics(std::string_view text, Outcome& outcome);

}  // namespace quarry::test
