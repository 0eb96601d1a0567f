#include "common/cli/man_page.h"

#include "common/base/text.h"
#include "common/base/unicode.h"
#include "common/cli/option_text.h"
#include "common/cli/version.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace quarry::cli {
namespace {

constexpr std::string_view kFrame =
    R"(.TH @TITLE@ 1 "" "Quarry @VERSION@" "User Commands"
.SH NAME
@NAME@
.SH SYNOPSIS
@SYNOPSIS@
.SH DESCRIPTION
@DESCRIPTION@
@COMMANDS@
.SH OPTIONS
@OPTIONS@
.SH EXAMPLES
@EXAMPLES@
.SH "EXIT STATUS"
@EXIT_STATUS@
.SH FILES
@FILES@
.SH ENVIRONMENT
@ENVIRONMENT@
.SH SECURITY
@SECURITY@
.SH "SEE ALSO"
@SEE_ALSO@
)";

// What roff takes for an escape or shows as another character (a quote that shells do not know).
std::string_view escape_of(char32_t c) {
  switch (c) {
    case '\\':
      return "\\e";
    case '-':
      return "\\-";
    case '\'':
      return "\\(aq";
    case '`':
      return "\\(ga";
    case '^':
      return "\\(ha";
    case '~':
      return "\\(ti";
    default:
      return "";
  }
}

// A point at the start of a line would be a request; an apostrophe there is escaped anyway.
void append_escaped_line(std::string& out, std::string_view line) {
  if (line.starts_with('.')) out += "\\&";
  for (std::size_t offset = 0; offset < line.size();) {
    const char32_t c = unicode::decode(line, offset);
    const std::string_view escape = escape_of(c);
    if (!escape.empty()) {
      out += escape;
    } else if (c < 0x80) {
      out += static_cast<char>(c);
    } else {
      out += fmt::format("\\[u{:04X}]", static_cast<std::uint32_t>(c));
    }
  }
}

std::string paragraphs(std::string_view text) {
  std::string out;
  for (const std::string_view line : text::split(text, '\n')) {
    if (line.empty()) {
      out += ".PP\n";
    } else {
      append_escaped_line(out, line);
      out += '\n';
    }
  }
  return out;
}

std::string item(const std::string& term, std::string_view text) {
  return fmt::format(".TP\n\\fB{}\\fR\n{}\n", term, roff_escape(text));
}

std::string name(const AppDef& app) {
  return fmt::format("{} \\- {}\n", roff_escape(app.name), roff_escape(app.summary));
}

std::string synopsis_section(const AppDef& app) {
  std::string out;
  for (const std::string& line : synopsis(app)) {
    const std::string_view rest = std::string_view(line).substr(app.name.size());
    if (!out.empty()) out += ".br\n";
    out += fmt::format("\\fB{}\\fR{}\n", roff_escape(app.name), roff_escape(rest));
  }
  return out;
}

std::string commands(const AppDef& app) {
  std::string out;
  for (const CommandDef& command : app.commands) {
    if (command.name.empty()) continue;
    if (out.empty()) out += ".SS Commands\n";
    out += fmt::format(".TP\n\\fB{}\\fR {}\n{}.\n", roff_escape(command.name),
                       roff_escape(command.arguments), roff_escape(command.summary));
  }
  return out;
}

std::string option_item(const OptionDef& option) {
  std::string term = option.letter == '\0' ? "" : fmt::format("\\fB\\-{}\\fR, ", option.letter);
  term += fmt::format("\\fB{}\\fR", roff_escape(long_form(option)));
  if (option.takes_value()) term += fmt::format(" \\fI{}\\fR", roff_escape(option.metavar));
  std::string out = fmt::format(".TP\n{}\n{}\n", term, roff_escape(option_description(option)));
  const std::string sources = option_sources(option);
  if (!sources.empty()) out += fmt::format("Also: {}.\n", roff_escape(sources));
  return out;
}

std::string options(const AppDef& app) {
  std::string out =
      "A switch has a form that takes it back: \\fB\\-\\-no\\-NAME\\fR (or \\fB\\-\\-NAME\\fR "
      "where "
      "\\fB\\-\\-no\\-NAME\\fR is shown).\nThe last of several counts.\n\\fB\\-\\-\\fR ends the "
      "options.\n";
  for (const OptionTable* const table : all_tables(app)) {
    out += fmt::format(".SS {}\n", roff_escape(table->group));
    for (const OptionDef& option : table->options) out += option_item(option);
  }
  return out;
}

std::string examples(const AppDef& app) {
  std::string out;
  for (const Example& example : app.examples) {
    out += fmt::format(".PP\n{}:\n.PP\n.in +4n\n.EX\n{}\n.EE\n.in\n", roff_escape(example.text),
                       roff_escape(example.line));
  }
  return out;
}

std::string entries(const std::vector<NamedText>& rows) {
  std::string out;
  for (const NamedText& row : rows) out += item(roff_escape(row.name), row.text);
  return out;
}

// "jq(1)" -> .BR jq (1),
std::string see_also(const AppDef& app) {
  std::string out;
  for (std::size_t i = 0; i < app.see_also.size(); ++i) {
    const std::string_view page = app.see_also[i];
    const std::size_t bracket = std::min(page.find('('), page.size());
    out += fmt::format(".BR {} {}{}\n", roff_escape(page.substr(0, bracket)), page.substr(bracket),
                       i + 1 < app.see_also.size() ? "," : "");
  }
  return out;
}

std::string security(const AppDef& app) { return paragraphs(app.security); }
std::string description(const AppDef& app) { return paragraphs(app.description); }
std::string exit_status(const AppDef& app) { return entries(exit_statuses_of(app)); }
std::string files(const AppDef& app) { return entries(files_of(app)); }
std::string environment(const AppDef& app) { return entries(variables_of(app)); }

struct Section {
  std::string_view place;
  std::string (*text)(const AppDef&);
};

constexpr std::array<Section, 11> kSections{{{"@NAME@", name},
                                             {"@SYNOPSIS@", synopsis_section},
                                             {"@DESCRIPTION@", description},
                                             {"@COMMANDS@", commands},
                                             {"@OPTIONS@", options},
                                             {"@EXAMPLES@", examples},
                                             {"@EXIT_STATUS@", exit_status},
                                             {"@FILES@", files},
                                             {"@ENVIRONMENT@", environment},
                                             {"@SECURITY@", security},
                                             {"@SEE_ALSO@", see_also}}};

void replace_all(std::string& line, std::string_view what, std::string_view with) {
  for (std::size_t at = line.find(what); at != std::string::npos;
       at = line.find(what, at + with.size())) {
    line.replace(at, what.size(), with);
  }
}

std::string filled(std::string_view line, const AppDef& app) {
  for (const Section& section : kSections) {
    if (line == section.place) return section.text(app);
  }
  std::string out(line);
  std::string title(app.name);
  for (char& c : title) c = text::ascii_upper(c);
  replace_all(out, "@TITLE@", title);
  replace_all(out, "@VERSION@", version_number());
  return out + "\n";
}

}  // namespace

std::string roff_escape(std::string_view text) {
  std::string out;
  for (const std::string_view line : text::split(text, '\n')) {
    if (!out.empty()) out += '\n';
    append_escaped_line(out, line);
  }
  return out;
}

std::string man_page(const AppDef& app) {
  std::string_view frame = app.man_page == nullptr ? kFrame : *app.man_page;
  if (frame.ends_with('\n')) frame.remove_suffix(1);
  std::string out;
  for (const std::string_view line : text::split(frame, '\n')) out += filled(line, app);
  return out;
}

}  // namespace quarry::cli
