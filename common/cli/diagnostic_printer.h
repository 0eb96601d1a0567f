// Diagnostics as people read them (cli-conventions section 5), or as JSON lines for programs.
#pragma once

#include "common/base/diagnostics.h"
#include "common/base/source_map.h"

#include <span>
#include <string>
#include <string_view>

namespace quarry::cli {

struct PrinterOptions {
  std::string_view tool;               // "hq"
  const SourceMap* sources = nullptr;  // what spans point into; null: no query was read
  std::size_t width = 100;             // columns of an excerpt
  bool color = false;
  bool json = false;
  bool notes = true;     // without: errors and warnings only
  bool warnings = true;  // without: errors only (--quiet)
};

inline constexpr std::size_t kMaxDiagnostics = 20;

/// All lines, at most kMaxDiagnostics diagnostics and a line that counts the others (json: all of
/// them). A hint that many lines of data share is given once; json has it each time.
std::string render(std::span<const Diagnostic> diagnostics, const PrinterOptions& options);
/// One of them.
std::string render_text(const Diagnostic& diagnostic, const PrinterOptions& options);
std::string render_json(const Diagnostic& diagnostic, const PrinterOptions& options);

}  // namespace quarry::cli
