#include "common/cli/run.h"

#include "common/cli/command_line.h"
#include "common/cli/completion.h"
#include "common/cli/deadline.h"
#include "common/cli/diagnostic_printer.h"
#include "common/cli/help.h"
#include "common/cli/man_page.h"
#include "common/cli/result_output.h"
#include "common/cli/show_config.h"
#include "common/cli/signals.h"
#include "common/cli/standard_options.h"
#include "common/cli/version.h"
#include "common/config/profile.h"
#include "common/io/sink.h"

#include <fmt/format.h>

#include <locale.h>
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <exception>
#include <new>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace quarry::cli {
namespace {

DiagnosticClass class_of(const Error& error) {
  switch (error.code()) {
    case ErrorCode::kUsage:
      return DiagnosticClass::kUsage;
    case ErrorCode::kQuery:
      return DiagnosticClass::kSemantic;
    case ErrorCode::kData:
      return DiagnosticClass::kData;
    default:
      return DiagnosticClass::kOther;
  }
}

/// What the signal handler has said already, or what only ends the output early, needs no message.
bool is_silent(ErrorCode code) {
  return code == ErrorCode::kInterrupted || code == ErrorCode::kTerminated ||
         code == ErrorCode::kReaderGone;
}

Result<void> print(int descriptor, std::string_view text) {
  io::Sink sink(descriptor, descriptor == STDOUT_FILENO ? "stdout" : "stderr");
  QUARRY_CHECK(sink.write(text));
  return sink.flush();
}

/// Before there is an Invocation: errors of the command line and of the configuration.
int report_early(const AppDef& app, const CommandLine& line, const std::vector<Error>& errors) {
  const Environment environment = process_environment();
  const Streams streams = standard_streams(parse_when(line.given_text(app, "color")), environment);
  Diagnostics diagnostics;
  for (const Error& error : errors) diagnostics.add(error, class_of(error));
  const PrinterOptions look{.tool = app.name,
                            .color = streams.stderr_color,
                            .json = line.given_text(app, "format") == "json"};
  // Where stderr is gone, only the status is left to tell.
  static_cast<void>(print(STDERR_FILENO, render(diagnostics.sorted(), look)));
  return exit_status(errors.front().code());
}

Result<std::string> documentation(const AppDef& app, const std::string& kind) {
  const std::vector<const OptionTable*> tables = all_tables(app);
  QUARRY_CHECK(
      config::checked(*find_option(tables, "generate"),
                      {.values = {kind}, .layer = config::Layer::kOption, .origin = "--generate"}));
  if (kind == "bash") return bash_completion(app);
  if (kind == "zsh") return zsh_completion(app);
  if (kind == "fish") return fish_completion(app);
  return man_page(app);
}

std::string help_text(const AppDef& app, const CommandLine& line) {
  const bool full = line.help == HelpWanted::kFull;
  if (line.command_named) return command_help(app, *line.command, full);
  return full ? full_help(app) : short_help(app);
}

/// Help, version and documentation: what needs no configuration. nullopt: something else is wanted.
std::optional<Result<std::string>> answer_about_tool(const AppDef& app, const CommandLine& line) {
  if (line.help != HelpWanted::kNone) return help_text(app, line);
  if (!line.given_text(app, "version").empty()) {
    return version_text(app.name, !line.given_text(app, "verbose").empty());
  }
  const std::string kind = line.given_text(app, "generate");
  if (!kind.empty()) return documentation(app, kind);
  return std::nullopt;
}

Result<config::Config> load_config(const AppDef& app, const CommandLine& line,
                                   const Streams& streams) {
  return config::Config::load(
      {.environment = process_environment(),
       .tool = app.name,
       .profiles = config::split_profile_names(line.given_text(app, "profile")),
       .stdout_is_terminal = streams.stdout_is_terminal});
}

bool wants_config_shown(const AppDef& app, const CommandLine& line) {
  return line.given_text(app, "show-config") == "true";
}

/// Of the command; --show-config without a command's name shows those of all.
Result<Options> effective_options(const AppDef& app, const CommandLine& line,
                                  const config::Config& config) {
  const bool of_all = wants_config_shown(app, line) && !line.command_named;
  Options options;
  for (const OptionTable* const table : of_all ? all_tables(app) : tables_of(app, *line.command)) {
    for (const OptionDef& option : table->options) {
      const Given* const given = line.words.find(&option);
      QUARRY_TRY(config::Setting setting,
                 given == nullptr ? config.look_up(option)
                                  : config.look_up(option, given->values, given->spelling));
      options.set(option, std::move(setting));
    }
  }
  return options;
}

std::vector<std::string> texts(const std::vector<Argument>& arguments) {
  std::vector<std::string> result;
  for (const Argument& argument : arguments) result.push_back(argument.text);
  return result;
}

void warn_of_unknown_keys(const AppDef& app, const config::Config& config,
                          Diagnostics& diagnostics) {
  std::vector<const OptionTable*> tables = all_tables(app);
  for (const OptionTable* const table : standard_tables()) tables.push_back(table);
  config.warn_of_unknown_keys(tables, diagnostics);
}

/// Runs the command; what it throws is our mistake, memory apart.
Result<int> guarded(Invocation& invocation) {
  try {
    QUARRY_CHECK(check_output_name(invocation));
    return invocation.command().run(invocation);
  } catch (const std::bad_alloc&) {
    return fail(ErrorCode::kQuery, "out of memory", "--memory-limit stops earlier and says where");
  } catch (const std::exception& exception) {
    return fail(
        ErrorCode::kInternal, exception.what(),
        fmt::format("this is a mistake of {} {} ({}); please report it with the command line",
                    invocation.app().name, version_number(), version_commit()));
  }
}

/// Reported errors never end in 0: rows or answers are missing then.
int status_beside(const Diagnostics& diagnostics, int status) {
  if (status != 0) return status;
  for (const Diagnostic& diagnostic : diagnostics.sorted()) {
    if (diagnostic.level != Level::kError) continue;
    const bool of_data =
        diagnostic.kind == DiagnosticClass::kData || diagnostic.kind == DiagnosticClass::kOther;
    return exit_status(of_data ? ErrorCode::kData : ErrorCode::kQuery);
  }
  return 0;
}

/// The time is over and the run does not notice: it sorts, or waits for a reader of its output.
[[noreturn]] void leave_late(Invocation& invocation) {
  std::fprintf(stderr, "%s: error: the time given by --timeout is over\n",
               std::string(invocation.app().name).c_str());
  ::_exit(exit_status(invocation.cancel().error()->code()));
}

int run_command(Invocation& invocation) {
  const SignalGuard signals(invocation.cancel(), invocation.app().name);
  Result<std::optional<Timespan>> timeout = invocation.options().duration("timeout");
  Result<int> status = timeout ? Result<int>(0) : Result<int>(fail(timeout.error()));
  if (timeout) {
    const Deadline deadline(invocation.cancel(), *timeout,
                            [&invocation] { leave_late(invocation); });
    status = guarded(invocation);
  }
  if (!status && !is_silent(status.error().code())) {
    invocation.diagnostics().add(status.error(), class_of(status.error()));
  }
  invocation.print_diagnostics();
  return status ? status_beside(invocation.diagnostics(), *status)
                : exit_status(status.error().code());
}

int print_and_end(const AppDef& app, const CommandLine& line, const Result<void>& printed) {
  if (printed) return 0;
  if (is_silent(printed.error().code())) return exit_status(printed.error().code());
  return report_early(app, line, {printed.error()});
}

int run_configured(const AppDef& app, CommandLine& line) {
  const Environment environment = process_environment();
  Streams streams = standard_streams(When::kAuto, environment);
  const Result<config::Config> config = load_config(app, line, streams);
  if (!config) return report_early(app, line, {config.error()});
  Result<Options> options = effective_options(app, line, *config);
  if (!options) return report_early(app, line, {options.error()});
  if (options->is_declared("now")) {
    const auto now = options->instant("now");
    if (!now) return report_early(app, line, {now.error()});
  }
  streams = standard_streams(parse_when(options->text("color")), environment);
  const CommandDef& command = line.command == nullptr ? app.commands.front() : *line.command;
  Profiles profiles{
      .chosen = config->profiles(),
      .all = config->profile_names(),
      .options_of =
          [&](const std::string& profile) {
            return effective_options(app, line, config->with_profile(profile));
          },
      .sections_of = [&](std::string_view prefix) { return config->names_behind(prefix); },
      .options_in =
          [&](const std::string& section) {
            return effective_options(app, line, config->with_section(section));
          }};
  Invocation invocation(app, command, *std::move(options), texts(line.words.arguments), streams,
                        environment, std::move(profiles));
  warn_of_unknown_keys(app, *config, invocation.diagnostics());
  if (wants_config_shown(app, line)) {
    const Result<void> shown = show_config(invocation);
    invocation.print_diagnostics();
    return print_and_end(app, line, shown);
  }
  return run_command(invocation);
}

bool on_terminal() { return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDOUT_FILENO) == 1; }

}  // namespace

int run(const AppDef& app, int argc, char** argv) {
  // Names inside archives are UTF-8; numbers stay in the C locale.
  ::setlocale(LC_CTYPE, "C.UTF-8");
  ::signal(SIGPIPE, SIG_IGN);
  ::signal(SIGXFSZ, SIG_IGN);  // a file grown too long is an error of write()
  const std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
  if (words.empty() && on_terminal()) {
    const Result<void> printed = print(STDERR_FILENO, short_help(app));
    return exit_status(printed ? ErrorCode::kUsage : printed.error().code());
  }
  CommandLine line = parse_command_line(app, words);
  if (!line.words.errors.empty()) return report_early(app, line, line.words.errors);
  if (const auto answer = answer_about_tool(app, line)) {
    if (!*answer) return report_early(app, line, {answer->error()});
    return print_and_end(app, line, print(STDOUT_FILENO, **answer));
  }
  return run_configured(app, line);
}

}  // namespace quarry::cli
