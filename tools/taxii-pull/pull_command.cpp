// taxii-pull pull: what servers have added since the last time, as rows, each exactly once.
#include "common/base/text.h"
#include "common/base/thread_pool.h"
#include "common/cli/progress.h"
#include "common/cli/result_output.h"
#include "common/json/object_writer.h"
#include "common/services/taxii/walk.h"
#include "tools/taxii-pull/row_options.h"
#include "tools/taxii-pull/servers/session.h"
#include "tools/taxii-pull/state/feed_store.h"
#include "tools/taxii-pull/taxii_pull_app.h"
#include "tools/taxii-pull/verify.h"

#include <fmt/format.h>

#include <atomic>

namespace quarry::taxii_pull {
namespace {

namespace taxii = services::taxii;

struct Totals {
  std::atomic<std::uint64_t> collections{0};
  std::atomic<std::uint64_t> failed{0};
  std::atomic<std::uint64_t> skipped{0};  // pulled less than the interval ago
  std::atomic<std::uint64_t> pages{0};
  std::atomic<std::uint64_t> received{0};
  std::atomic<std::uint64_t> objects{0};  // new ones
  std::atomic<std::uint64_t> rows{0};
  std::atomic<std::uint64_t> updates{0};
  std::atomic<std::uint64_t> invalid_patterns{0};
  std::atomic<std::uint64_t> bad_objects{0};
  std::atomic<std::uint64_t> withheld{0};
  std::atomic<std::uint64_t> missing{0};  // found by --verify
};

/// Counts what passes, for progress, before the store takes it.
class CountingSink : public taxii::ObjectSink {
 public:
  CountingSink(FeedStore& store, Totals& totals) : store_(store), totals_(totals) {}
  Result<void> begin() override { return store_.begin(); }
  Result<void> take(std::string_view json) override {
    totals_.received.fetch_add(1, std::memory_order_relaxed);
    return store_.take(json);
  }
  Result<std::size_t> seal() override {
    ++totals_.pages;
    return store_.seal();
  }
  Result<void> publish(std::optional<Datetime> resume) override { return store_.publish(resume); }

 private:
  FeedStore& store_;
  Totals& totals_;
};

class Pull {
 public:
  Pull(cli::Invocation& invocation, std::string states, RowExit& exit)
      : invocation_(invocation),
        context_(invocation.run_context()),
        states_(std::move(states)),
        exit_(exit) {}

  void server(const ChosenServer& chosen);
  const Totals& totals() const { return totals_; }
  int status() const;
  std::string progress() const {
    return fmt::format("{} objects, {} rows", text::with_thousands(totals_.received.load()),
                       text::with_thousands(totals_.rows.load()));
  }

 private:
  Result<void> pull(const ServerSettings& settings);
  Result<void> collection(Session& session, const ServerSettings& settings, const Place& place);
  bool is_due(const ServerSettings& settings, const FeedStore& store) const;
  void report(const std::string& label, const Error& error);
  void warn(const std::string& text, std::string hint = {});
  void tell(const std::string& label, FeedStore& store);

  cli::Invocation& invocation_;
  config::RunContext context_;
  std::string states_;
  RowExit& exit_;
  Totals totals_;
  std::mutex mutex_;
  std::optional<Error> worst_;
};

void Pull::report(const std::string& label, const Error& error) {
  ++totals_.failed;
  invocation_.diagnostics().add(
      Error(error.code(), fmt::format("{}: {}", label, error.message()), error.hint()),
      DiagnosticClass::kOther);
  const std::lock_guard lock(mutex_);
  const bool stops = error.code() == ErrorCode::kInterrupted ||
                     error.code() == ErrorCode::kTerminated || error.code() == ErrorCode::kTimedOut;
  const bool auth = error.code() == ErrorCode::kAuth;
  if (!worst_ || stops || (auth && worst_->code() != ErrorCode::kInterrupted)) worst_ = error;
}

void Pull::warn(const std::string& text, std::string hint) {
  Diagnostic warning;
  warning.level = Level::kWarning;
  warning.message = text;
  warning.hint = std::move(hint);
  invocation_.diagnostics().add(std::move(warning));
}

int Pull::status() const {
  if (!worst_) return 0;
  switch (worst_->code()) {
    case ErrorCode::kInterrupted:
    case ErrorCode::kTerminated:
    case ErrorCode::kTimedOut:
      return exit_status(worst_->code());
    default:
      return exit_status(totals_.collections > 0 ? ErrorCode::kPartial : worst_->code());
  }
}

bool Pull::is_due(const ServerSettings& settings, const FeedStore& store) const {
  const bool named = settings.name.empty() || !invocation_.arguments().empty();
  if (named || !settings.interval || !store.checkpoint().pulled) return true;
  return invocation_.now().ticks - store.checkpoint().pulled->ticks >= settings.interval->ticks;
}

void Pull::tell(const std::string& label, FeedStore& store) {
  const RowCounts& counts = store.counts();
  totals_.rows += counts.rows;
  totals_.updates += store.updates();
  totals_.invalid_patterns += counts.invalid_patterns;
  totals_.withheld += counts.withheld;
  totals_.bad_objects += store.bad_objects();
  if (store.bad_objects() > 0)
    warn(fmt::format("{}: {} objects left out, the first: {}", label, store.bad_objects(),
                     store.first_bad()));
  if (counts.invalid_patterns > 0)
    warn(fmt::format("{}: {} invalid patterns, the first: {}", label, counts.invalid_patterns,
                     store.first_pattern_problem()),
         "their rows hold the Pattern and no observable");
}

Result<void> Pull::collection(Session& session, const ServerSettings& settings,
                              const Place& place) {
  const FeedName feed{
      .server = settings.name,
      .api_root = place.api_root,
      .collection = place.collection.id,
      .filters = settings.filters.canonical(),
      .output = settings.name.empty() && exit_.file != nullptr ? exit_.file->mark().path : ""};
  QUARRY_TRY(const auto store, FeedStore::open(states_, feed, LockedFile::Wait::kNever));
  if (!is_due(settings, *store)) {
    ++totals_.skipped;
    return ok();
  }
  std::string source = settings.name;
  if (source.empty()) source = place.collection.title;
  if (source.empty()) source = place.collection.id;
  QUARRY_TRY(RowOptions rows, read_row_options(invocation_, std::move(source)));
  QUARRY_CHECK(store->write_rows(std::move(rows), exit_));

  taxii::WalkOptions options{.filters = settings.filters,
                             .after = store->checkpoint().resume,
                             .clock = &session.clock(),
                             .cancel = context_.cancel,
                             .retries = settings.retries};
  if (options.after) options.after->ticks -= settings.overlap.ticks;
  if (!options.after) options.after = settings.added_after;
  CountingSink sink(*store, totals_);
  const std::string url = taxii::collection_url(place.api_root, place.collection.id);
  taxii::WalkResult result =
      taxii::walk(session.server(), url, taxii::Resource::kObjects, options, sink);
  totals_.objects += result.fresh;
  const std::string label = fmt::format("{}: {}", settings.label(), place.collection.id);
  if (!result.error && settings.verify) {
    const Verification verified = verify_collection(session.server(), url, options, *store, sink);
    totals_.missing += verified.missing;
    totals_.objects += verified.fetched;
    if (verified.error) result.error = verified.error;
  }
  if (result.doubtful)
    warn(fmt::format("{}: the server's paging leaves open whether something was skipped", label),
         "--verify compares with the manifest; a larger --limit may help");
  QUARRY_CHECK(store->finish(result.resume, result.error ? result.error->message() : ""));
  tell(label, *store);
  return result.error ? fail(*result.error) : ok();
}

Result<void> Pull::pull(const ServerSettings& settings) {
  Session session(settings, context_);
  QUARRY_TRY(const Places places, find_places(session, settings));
  for (const Error& error : places.errors) report(settings.label(), error);
  for (const Place& place : places.found) {
    if (context_.cancel->cancelled()) break;
    const Result<void> done = collection(session, settings, place);
    if (done) {
      ++totals_.collections;
    } else if (done.error().code() == ErrorCode::kReaderGone) {
      return done;
    } else {
      report(fmt::format("{}: {}", settings.label(), place.collection.id), done.error());
    }
  }
  return ok();
}

void Pull::server(const ChosenServer& chosen) {
  const Result<void> done =
      chosen.settings ? pull(*chosen.settings) : fail(chosen.settings.error());
  if (!done) report(chosen.label, done.error());
}

std::string summary(const Totals& totals) {
  json::ObjectWriter writer;
  const auto add = [&writer](std::string_view key, const std::atomic<std::uint64_t>& count) {
    writer.number(key, static_cast<std::int64_t>(count.load()));
  };
  writer.text("_type", "summary").text("tool", "taxii-pull").text("command", "pull");
  add("collections", totals.collections);
  add("failed", totals.failed);
  add("not_due", totals.skipped);
  add("pages", totals.pages);
  add("received", totals.received);
  add("new_objects", totals.objects);
  add("rows", totals.rows);
  add("updates", totals.updates);
  add("invalid_patterns", totals.invalid_patterns);
  add("bad_objects", totals.bad_objects);
  add("withheld", totals.withheld);
  add("missing", totals.missing);
  return writer.take() + "\n";
}

Result<void> check_output(const cli::Invocation& invocation) {
  if (!invocation.output_file().empty())
    return fail(ErrorCode::kUsage, "pull keeps a checkpoint, which --output cannot follow",
                "--append FILE grows together with it");
  if (invocation.options().is_given("format") && invocation.text("format") != "ndjson")
    return fail(ErrorCode::kUsage, "pull writes NDJSON",
                "'taxii-pull export' writes other formats from what was pulled");
  return ok();
}

std::vector<OutputMark> marks_of(const KnownFeeds& known) {
  std::vector<OutputMark> marks;
  for (const Checkpoint& feed : known.feeds) {
    if (feed.output) marks.push_back(*feed.output);
  }
  return marks;
}

}  // namespace

Result<int> pull_command(cli::Invocation& invocation) {
  QUARRY_CHECK(check_output(invocation));
  QUARRY_TRY(const std::vector<ChosenServer> servers,
             choose_servers(invocation, &invocation.cancel()));
  QUARRY_TRY(const std::string states, states_folder(invocation.environment()));
  QUARRY_CHECK(make_private_folder(states));
  QUARRY_TRY(const auto output, cli::ResultOutput::open(invocation, {}, "ndjson"));
  RowExit exit;
  exit.write = [&output](std::string_view bytes) { return output->bytes().write(bytes); };
  exit.flush = [&output] { return output->bytes().flush(); };
  std::optional<AppendFile> file;
  if (const std::string& path = invocation.text("append"); !path.empty()) {
    const KnownFeeds known = known_feeds(states);
    for (const Error& error : known.errors) return fail(error);
    QUARRY_TRY(AppendFile opened, AppendFile::open(path, marks_of(known)));
    file.emplace(std::move(opened));
    exit.file = &*file;
    exit.exclusive = servers.size() == 1;
    if (file->replaced())
      invocation.diagnostics().add(Diagnostic{.level = Level::kNote,
                                              .message = "is not as it was left; rows go on behind "
                                                         "what it holds",
                                              .hint = {},
                                              .where = {},
                                              .file = path});
  }
  Pull pull(invocation, states, exit);
  {
    const cli::When wanted =
        invocation.flag("quiet") ? cli::When::kNever : cli::parse_when(invocation.text("progress"));
    const cli::Progress progress(invocation.streams(), wanted, [&pull] { return pull.progress(); });
    run_on_threads(static_cast<int>(servers.size()),
                   [&](int i) { pull.server(servers[static_cast<std::size_t>(i)]); });
  }
  QUARRY_CHECK(output->bytes().write(summary(pull.totals())));
  QUARRY_CHECK(output->finish());
  QUARRY_CHECK(output->commit());
  return pull.status();
}

}  // namespace quarry::taxii_pull
