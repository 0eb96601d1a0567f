// taxii-pull pull: what servers have added since the last time, as rows, each exactly once.
#include "common/base/thread_pool.h"
#include "common/cli/progress.h"
#include "common/cli/result_output.h"
#include "common/output/format.h"
#include "tools/taxii-pull/pull/server_pull.h"
#include "tools/taxii-pull/state/known_feeds.h"
#include "tools/taxii-pull/state/reader_watch.h"
#include "tools/taxii-pull/taxii_pull_app.h"

#include <fmt/format.h>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <system_error>

namespace quarry::taxii_pull {
namespace {

Result<void> check_appended_name(const std::string& path) {
  constexpr std::array<std::string_view, 5> kPacked{".gz", ".zst", ".xz", ".bz2", ".zip"};
  const output::FormatDef* const format = output::find_format_of_file(path);
  const bool packed = std::ranges::any_of(
      kPacked, [&path](std::string_view ending) { return path.ends_with(ending); });
  if (!packed && (format == nullptr || format->name == "ndjson")) return ok();
  return fail(ErrorCode::kUsage,
              fmt::format("--append writes NDJSON, which '{}' does not promise", path),
              "append to a file .ndjson; 'taxii-pull export -o' writes other formats from what was "
              "pulled");
}

Result<void> check_output(const cli::Invocation& invocation) {
  if (!invocation.output_file().empty())
    return fail(ErrorCode::kUsage, "pull keeps a checkpoint, which --output cannot follow",
                "--append FILE grows together with it");
  if (invocation.options().is_given("format") && invocation.text("format") != "ndjson")
    return fail(ErrorCode::kUsage, "pull writes NDJSON",
                "'taxii-pull export' writes other formats from what was pulled");
  if (invocation.text("append") == "-")
    return fail(ErrorCode::kUsage, "--append wants a file: standard output cannot be gone on with",
                "without --append rows go to standard output");
  return check_appended_name(invocation.text("append"));
}

Result<std::vector<OutputMark>> read_marks(const std::string& states) {
  const KnownFeeds known = known_feeds(states);
  for (const Error& error : known.errors) return fail(error);
  std::vector<OutputMark> marks;
  for (const Checkpoint& feed : known.feeds) {
    if (feed.output) marks.push_back(*feed.output);
  }
  return marks;
}

void say(cli::Invocation& invocation, Level level, const std::string& file, std::string text) {
  Diagnostic diagnostic;
  diagnostic.level = level;
  diagnostic.message = std::move(text);
  diagnostic.file = file;
  invocation.diagnostics().add(std::move(diagnostic));
}

/// What has become of the file since the last pull.
void tell_found(cli::Invocation& invocation, const std::string& path,
                const AppendFile::Found& found) {
  if (found.replaced)
    say(invocation, Level::kNote, path,
        "is another file than the one of the last pull; rows go on in this one");
  if (found.cut_off > 0)
    say(invocation, Level::kNote, path,
        fmt::format("{} bytes of rows that a pull had written when it was killed were cut off; "
                    "they are fetched again",
                    found.cut_off));
  if (found.by_others > 0)
    say(invocation, Level::kWarning, path,
        fmt::format("somebody else has written {} bytes to it, from byte {} on; they stay, rows go "
                    "on behind them",
                    found.by_others, found.others_at));
}

Result<AppendFile> open_file(cli::Invocation& invocation, const std::string& states) {
  const std::string& path = invocation.text("append");
  const bool from_start = invocation.flag("from-start");
  std::error_code none;
  if (from_start && std::filesystem::file_size(path, none) > 0 && !none) {
    return fail(Error(ErrorCode::kUsage,
                      "--from-start gives every row again, and the file holds rows already",
                      "move it away, or append to another file")
                    .at(path));
  }
  const auto marks = [&]() -> Result<std::vector<OutputMark>> {
    return from_start ? std::vector<OutputMark>() : read_marks(states);
  };
  QUARRY_TRY(AppendFile file,
             AppendFile::open(path, marks, states + "/" + tail_proof_name(absolute_path(path))));
  tell_found(invocation, path, file.found());
  return file;
}

void pull_all(cli::Invocation& invocation, const std::vector<ChosenServer>& servers,
              ServerPull& pull) {
  const cli::When wanted =
      invocation.flag("quiet") ? cli::When::kNever : cli::parse_when(invocation.text("progress"));
  const cli::Progress progress(invocation.streams(), wanted, [&pull] { return pull.progress(); });
  run_on_threads(static_cast<int>(servers.size()),
                 [&](int i) { pull.server(servers[static_cast<std::size_t>(i)]); });
}

/// The summary, and with it the last of the rows on standard output.
Result<void> write_summary(cli::ResultOutput& output, RowExit& exit, const Totals& totals) {
  QUARRY_CHECK(output.bytes().write(summary_of(totals)));
  QUARRY_CHECK(output.finish());
  QUARRY_CHECK(output.commit());
  return exit.file == nullptr ? exit.flush() : ok();
}

/// Of one server that the command line describes: it is wrong before anything is asked.
std::optional<Error> wrong_settings(const std::vector<ChosenServer>& servers) {
  if (servers.size() != 1 || servers.front().settings) return std::nullopt;
  return servers.front().settings.error();
}

}  // namespace

Result<int> pull_command(cli::Invocation& invocation) {
  QUARRY_CHECK(check_output(invocation));
  QUARRY_TRY(const std::vector<ChosenServer> servers,
             choose_servers(invocation, &invocation.cancel()));
  if (const auto wrong = wrong_settings(servers)) return fail(*wrong);
  QUARRY_TRY(const std::string states, states_folder(invocation.environment()));
  QUARRY_CHECK(make_private_folder(states));
  QUARRY_TRY(const auto output, cli::ResultOutput::open(invocation, {}, "ndjson"));
  RowExit exit;
  exit.write = [&output](std::string_view bytes) { return output->bytes().write(bytes); };
  exit.flush = [&output, &invocation]() -> Result<void> {
    QUARRY_CHECK(output->bytes().flush());
    return wait_until_read(STDOUT_FILENO, invocation.cancel());
  };
  std::optional<AppendFile> file;
  if (!invocation.text("append").empty()) {
    QUARRY_TRY(AppendFile opened, open_file(invocation, states));
    file.emplace(std::move(opened));
    exit.file = &*file;
    exit.exclusive = servers.size() == 1;
  }
  ServerPull pull(invocation, states, exit);
  if (file) pull.totals().cut_off = file->found().cut_off;
  pull_all(invocation, servers, pull);
  const Result<void> written = invocation.cancel().reason() == CancelReason::kReaderGone
                                   ? fail(*invocation.cancel().error())
                                   : write_summary(*output, exit, pull.totals());
  if (written) return pull.status();
  if (written.error().code() == ErrorCode::kReaderGone) QUARRY_CHECK(exit.take_all_back());
  return fail(written.error());
}

}  // namespace quarry::taxii_pull
