#include "common/cli/diagnostic_printer.h"

#include "common/base/text.h"
#include "common/base/unicode.h"
#include "common/cli/excerpt.h"
#include "common/value/dynamic.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

namespace quarry::cli {
namespace {

std::string_view color_of(Level level) {
  switch (level) {
    case Level::kError:
      return "\x1b[1;31m";
    case Level::kWarning:
      return "\x1b[1;33m";
    case Level::kNote:
      return "\x1b[1;36m";
  }
  return "";
}

std::string painted(std::string_view text, Level level, const PrinterOptions& options) {
  return options.color ? fmt::format("{}{}\x1b[0m", color_of(level), text) : std::string(text);
}

bool is_wanted(const Diagnostic& diagnostic, const PrinterOptions& options) {
  switch (diagnostic.level) {
    case Level::kError:
      return true;
    case Level::kWarning:
      return options.warnings;
    case Level::kNote:
      return options.warnings && options.notes;
  }
  return true;
}

bool has_place(const Diagnostic& diagnostic, const PrinterOptions& options) {
  return diagnostic.where && options.sources != nullptr && !options.sources->empty();
}

std::string place_and_line(const Diagnostic& diagnostic, const PrinterOptions& options) {
  const SourceMap::Place place = options.sources->place(*diagnostic.where);
  const Excerpt excerpt = make_excerpt(place.text, place.span, options.width);
  const std::string number = fmt::format("{:>3}", place.at.line);
  std::string out =
      fmt::format("{:>{}} {}:{}:{}\n", "-->", number.size() + 2,
                  unicode::escape_for_terminal(place.name), place.at.line, place.at.column);
  out += fmt::format("{} | {}\n", number, excerpt.line);
  out += fmt::format("{:{}} | {:{}}{}\n", "", number.size(), "", excerpt.indent,
                     painted(std::string(excerpt.carets, '^'), diagnostic.level, options));
  return out;
}

/// "path:18204:57" -> path, 18204, 57
struct FilePlace {
  std::string_view path;
  std::optional<std::int64_t> line;
  std::optional<std::int64_t> byte;
};

std::optional<std::int64_t> take_number(std::string_view& text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  const std::optional<std::int64_t> number = text::parse_int64(text.substr(colon + 1));
  if (number) text = text.substr(0, colon);
  return number;
}

FilePlace file_place(std::string_view text) {
  FilePlace place{.path = text, .line = {}, .byte = {}};
  place.line = take_number(place.path);
  if (place.line) {
    if (const auto before = take_number(place.path)) {
      place.byte = place.line;
      place.line = before;
    }
  }
  return place;
}

void append_string(std::string& out, std::string_view key, std::string_view value) {
  if (value.empty()) return;
  out += fmt::format(",\"{}\":", key);
  append_json_string(out, value);
}

void append_number(std::string& out, std::string_view key, std::optional<std::int64_t> value) {
  if (value) out += fmt::format(",\"{}\":{}", key, *value);
}

Diagnostic without_hint(Diagnostic diagnostic) {
  diagnostic.hint.clear();
  return diagnostic;
}

// The first kMaxDiagnostics, errors before others; their order stays.
std::vector<const Diagnostic*> most_important(std::vector<const Diagnostic*> all) {
  if (all.size() <= kMaxDiagnostics) return all;
  const auto is_error = [](const Diagnostic* diagnostic) {
    return diagnostic->level == Level::kError;
  };
  std::stable_partition(all.begin(), all.end(), is_error);
  all.resize(kMaxDiagnostics);
  return all;
}

}  // namespace

std::string render_text(const Diagnostic& diagnostic, const PrinterOptions& options) {
  std::string out = fmt::format(
      "{}: {} ", options.tool,
      painted(fmt::format("{}:", name_of(diagnostic.level)), diagnostic.level, options));
  if (!diagnostic.file.empty())
    out += fmt::format("{}: ", unicode::escape_for_terminal(diagnostic.file));
  out += unicode::escape_for_terminal(diagnostic.message);
  if (diagnostic.repeats > 1)
    out += fmt::format(" ({} times)", text::with_thousands(diagnostic.repeats));
  out += '\n';
  if (has_place(diagnostic, options)) out += place_and_line(diagnostic, options);
  if (!diagnostic.hint.empty())
    out += fmt::format("  hint: {}\n", unicode::escape_for_terminal(diagnostic.hint));
  return out;
}

std::string render_json(const Diagnostic& diagnostic, const PrinterOptions& options) {
  std::string out = fmt::format(R"({{"_type":"error","level":"{}","class":"{}")",
                                name_of(diagnostic.level), name_of(diagnostic.kind));
  if (has_place(diagnostic, options)) {
    const SourceMap::Place place = options.sources->place(*diagnostic.where);
    if (!options.sources->is_first(*diagnostic.where)) append_string(out, "file", place.name);
    append_number(out, "line", place.at.line);
    append_number(out, "column", place.at.column);
  } else if (!diagnostic.file.empty()) {
    const FilePlace place = file_place(diagnostic.file);
    append_string(out, "file", place.path);
    append_number(out, "line", place.line);
    append_number(out, "byte", place.byte);
  }
  append_string(out, "message", diagnostic.message);
  append_string(out, "hint", diagnostic.hint);
  if (diagnostic.repeats > 1)
    append_number(out, "repeats", static_cast<std::int64_t>(diagnostic.repeats));
  return out + "}\n";
}

std::string render(std::span<const Diagnostic> diagnostics, const PrinterOptions& options) {
  std::vector<const Diagnostic*> wanted;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (is_wanted(diagnostic, options)) wanted.push_back(&diagnostic);
  }
  std::string out;
  if (options.json) {
    for (const Diagnostic* const diagnostic : wanted) out += render_json(*diagnostic, options);
    return out;
  }
  const std::size_t count = wanted.size();
  std::set<std::string_view> hints;
  for (const Diagnostic* const diagnostic : most_important(std::move(wanted))) {
    const bool said = !diagnostic->where && !hints.insert(diagnostic->hint).second;
    out +=
        said ? render_text(without_hint(*diagnostic), options) : render_text(*diagnostic, options);
  }
  if (count > kMaxDiagnostics)
    out += fmt::format("{}: {} more not shown\n", options.tool,
                       text::with_thousands(count - kMaxDiagnostics));
  return out;
}

}  // namespace quarry::cli
