// The made recordings of examples/defender-scan-load and of command-line tests: a workstation where
// a backup reads one large file over and over, before and after that was mended.
#pragma once

#include <string>
#include <string_view>

namespace quarry::test {

/// "before", "after", "empty" (no scan) or "cut" ("before" without its end); "" for other names.
std::string sample_recording(std::string_view name);

}  // namespace quarry::test
