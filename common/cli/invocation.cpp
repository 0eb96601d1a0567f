#include "common/cli/invocation.h"

#include "common/base/assert.h"
#include "common/base/clock.h"
#include "common/base/text.h"
#include "common/base/unicode.h"
#include "common/cli/ask_secret.h"
#include "common/cli/diagnostic_printer.h"
#include "common/cli/version.h"
#include "common/output/format.h"
#include "common/time/parse.h"

#include <fmt/format.h>

#include <unistd.h>

#include <utility>

namespace quarry::cli {
namespace {

Failure not_a(std::string_view kind, const Options::Item& item) {
  return fail(config::bad_value(*item.option, item.setting,
                                fmt::format("'{}' is not {}", item.setting.text(), kind), ""));
}

void write_to_stderr(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(STDERR_FILENO, bytes.data(), bytes.size());
    if (written <= 0) return;  // nowhere left to complain
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

void Options::set(const OptionDef& option, config::Setting setting) {
  index_[option.name] = items_.size();
  items_.push_back({.option = &option, .setting = std::move(setting)});
}

const Options::Item& Options::item(std::string_view name) const {
  const auto found = index_.find(name);
  QUARRY_ASSERT(found != index_.end(), "a command asks only for options of its tables");
  return items_[found->second];
}

const config::Setting& Options::setting(std::string_view name) const { return item(name).setting; }

bool Options::flag(std::string_view name) const { return setting(name).text() == "true"; }

int Options::count(std::string_view name) const {
  return static_cast<int>(text::parse_int64(setting(name).text()).value_or(0));
}

const std::string& Options::text(std::string_view name) const { return setting(name).text(); }

const std::vector<std::string>& Options::list(std::string_view name) const {
  return setting(name).values;
}

bool Options::is_set(std::string_view name) const { return setting(name).is_set(); }

bool Options::is_given(std::string_view name) const {
  const config::Setting& found = setting(name);
  return found.is_set() && found.layer == config::Layer::kOption;
}

bool Options::is_declared(std::string_view name) const { return index_.contains(name); }

Result<std::optional<std::uint64_t>> Options::number(std::string_view name) const {
  if (!is_set(name)) return std::nullopt;
  const std::optional<std::int64_t> number = text::parse_int64(text(name));
  if (!number || *number < 0) return not_a("a whole number", item(name));
  return static_cast<std::uint64_t>(*number);
}

Result<std::optional<std::uint64_t>> Options::size(std::string_view name) const {
  if (!is_set(name)) return std::nullopt;
  const std::optional<std::uint64_t> bytes = text::parse_size(text(name));
  if (!bytes) return not_a("a size such as 64MiB", item(name));
  return *bytes;
}

Result<std::optional<Timespan>> Options::duration(std::string_view name) const {
  if (!is_set(name)) return std::nullopt;
  const std::optional<Timespan> duration = parse_timespan(text(name));
  if (!duration || duration->ticks < 0)
    return not_a("a duration such as 90s, 5m or 1d", item(name));
  return *duration;
}

Result<std::optional<Datetime>> Options::instant(std::string_view name) const {
  if (!is_set(name)) return std::nullopt;
  const std::optional<Datetime> instant = parse_datetime(text(name));
  if (!instant) return not_a("an instant such as 2024-05-01T12:00:00Z", item(name));
  return *instant;
}

Invocation::Invocation(const AppDef& app, const CommandDef& command, Options options,
                       std::vector<std::string> arguments, Streams streams, Environment environment,
                       Profiles profiles)
    : app_(app),
      command_(command),
      options_(std::move(options)),
      arguments_(std::move(arguments)),
      streams_(streams),
      environment_(std::move(environment)),
      profiles_(std::move(profiles)),
      now_{system_ticks_now()} {
  if (!options_.is_declared("now")) return;
  const auto given = options_.instant("now");
  if (given && *given) now_ = **given;
}

config::RunContext Invocation::run_context() {
  const bool all = options_.is_declared("all-profiles") && options_.flag("all-profiles");
  config::RunContext context{
      .tool = std::string(app_.name),
      .version = std::string(version_number()),
      .environment = environment_,
      .cancel = &cancel_,
      .verbosity = options_.count("verbose"),
      .shows_waits =
          (streams_.stderr_is_terminal || options_.count("verbose") > 0) && !options_.flag("quiet"),
      .look_up = [this](std::string_view option) { return options_.setting(option); },
      .profiles = all ? profiles_.all : profiles_.chosen};
  context.of_profile = [this](const std::string& profile) -> Result<config::LookUp> {
    QUARRY_TRY(Options options, profiles_.options_of(profile));
    return
        [options = std::move(options)](std::string_view option) { return options.setting(option); };
  };
  context.say = [this](const std::string& line) {
    write_to_stderr(fmt::format("{}: {}\n", app_.name, unicode::escape_for_terminal(line)));
  };
  const bool may_ask = !options_.is_declared("no-input") || !options_.flag("no-input");
  if (streams_.stdin_is_terminal && may_ask) {
    context.ask_secret = [this](const std::string& question) {
      return ask_secret(fmt::format("{}: {}", app_.name, question), cancel_);
    };
  }
  context.warn = [this](const std::string& message) {
    Diagnostic warning;
    warning.level = Level::kWarning;
    warning.message = message;
    diagnostics_.add(std::move(warning));
  };
  return context;
}

void Invocation::set_query(std::string_view text, std::string name) {
  sources_.clear();
  sources_.add(text, {.name = std::move(name)});
}

std::string Invocation::output_file() const {
  if (!options_.is_declared("output") || options_.text("output") == "-") return "";
  return options_.text("output");
}

std::string Invocation::format() const {
  const std::string file = output_file();
  const bool declared = options_.is_declared("format");
  if (declared && options_.is_given("format")) return options_.text("format");
  if (!file.empty()) {
    const output::FormatDef* const format = output::find_format_of_file(file);
    return format == nullptr ? "ndjson" : std::string(format->name);
  }
  if (declared && options_.is_set("format")) return options_.text("format");
  return streams_.stdout_is_terminal ? "table" : "ndjson";
}

void Invocation::print_diagnostics() {
  const bool quiet = options_.flag("quiet");
  const PrinterOptions look{
      .tool = app_.name,
      .sources = &sources_,
      .width = streams_.width,
      .color = streams_.stderr_color,
      .json = options_.is_declared("format") && options_.text("format") == "json",
      // Standard error that is no terminal hears only what went wrong or is missing.
      .notes = streams_.stderr_is_terminal || options_.count("verbose") > 0,
      .warnings = !quiet};
  std::vector<Diagnostic> fresh;
  for (Diagnostic& diagnostic : diagnostics_.sorted()) {
    std::string identity = fmt::format("{}|{}|{}|{}", static_cast<int>(diagnostic.level),
                                       diagnostic.where ? diagnostic.where->start : 0,
                                       diagnostic.file, diagnostic.message);
    if (printed_.insert(std::move(identity)).second) fresh.push_back(std::move(diagnostic));
  }
  write_to_stderr(render(fresh, look));
}

}  // namespace quarry::cli
