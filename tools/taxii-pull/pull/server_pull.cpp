#include "tools/taxii-pull/pull/server_pull.h"

#include "common/base/text.h"
#include "common/services/taxii/walk.h"
#include "tools/taxii-pull/row_options.h"
#include "tools/taxii-pull/verify.h"

#include <fmt/format.h>

namespace quarry::taxii_pull {
namespace {

namespace taxii = services::taxii;

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

bool ends_the_run(ErrorCode code) {
  return code == ErrorCode::kInterrupted || code == ErrorCode::kTerminated ||
         code == ErrorCode::kTimedOut;
}

}  // namespace

std::string ServerPull::progress() const {
  return fmt::format("{} objects, {} rows", text::with_thousands(totals_.received.load()),
                     text::with_thousands(totals_.rows.load()));
}

void ServerPull::report(const std::string& label, const Error& error) {
  ++totals_.failed;
  invocation_.diagnostics().add(error_of_server(label, error), DiagnosticClass::kOther);
  const std::lock_guard lock(mutex_);
  const bool auth = error.code() == ErrorCode::kAuth;
  const bool later = auth || (worst_ && worst_->code() == ErrorCode::kData);
  if (!worst_ || ends_the_run(error.code()) || (later && !ends_the_run(worst_->code())))
    worst_ = error;
}

void ServerPull::warn(const std::string& text, std::string hint) {
  Diagnostic warning;
  warning.level = Level::kWarning;
  warning.message = text;
  warning.hint = std::move(hint);
  invocation_.diagnostics().add(std::move(warning));
}

int ServerPull::status() const {
  // Objects that are none have no rows: something is missing.
  if (!worst_) return totals_.bad_objects > 0 ? exit_status(ErrorCode::kPartial) : 0;
  if (ends_the_run(worst_->code())) return exit_status(worst_->code());
  return exit_status(totals_.collections > 0 ? ErrorCode::kPartial : worst_->code());
}

bool ServerPull::is_due(const ServerSettings& settings, const FeedStore& store) const {
  const bool named = settings.name.empty() || !invocation_.arguments().empty();
  if (named || !settings.interval || !store.checkpoint().pulled) return true;
  return invocation_.now().ticks - store.checkpoint().pulled->ticks >= settings.interval->ticks;
}

void ServerPull::tell(const std::string& label, FeedStore& store) {
  const RowCounts& counts = store.counts();
  totals_.rows += counts.rows;
  totals_.updates += store.updates();
  totals_.invalid_patterns += counts.invalid_patterns;
  totals_.withheld += counts.withheld;
  totals_.bad_objects += store.bad_objects();
  if (store.bad_objects() > 0)
    warn(fmt::format("{}: {} object{} left out, the first: {}", label, store.bad_objects(),
                     store.bad_objects() == 1 ? "" : "s", store.first_bad()));
  if (counts.invalid_patterns > 0)
    warn(fmt::format("{}: {} invalid patterns, the first: {}", label, counts.invalid_patterns,
                     store.first_pattern_problem()),
         "their rows hold the Pattern and no observable");
  const Checkpoint& checkpoint = store.checkpoint();
  if (checkpoint.objects == 0 && checkpoint.problem.empty() && store.bad_objects() == 0)
    warn(fmt::format("{}: the server has never given an object of it", label),
         "it may be empty, the filters too narrow, or its objects hidden from this account");
}

FeedName ServerPull::feed_name(const ServerSettings& settings, const Place& place) const {
  const bool ad_hoc = settings.name.empty() && exit_.file != nullptr;
  return {.server = settings.name,
          .api_root = place.api_root,
          .collection = place.collection.id,
          .filters = settings.filters.canonical(),
          .output = ad_hoc ? exit_.file->mark().path : ""};
}

Result<RowOptions> ServerPull::row_options(const ServerSettings& settings,
                                           const Place& place) const {
  std::string source = settings.name;
  if (source.empty()) source = place.collection.title;
  if (source.empty()) source = place.collection.id;
  return read_row_options(invocation_, std::move(source));
}

Result<void> ServerPull::walk_into(FeedStore& store, Session& session,
                                   const ServerSettings& settings, const Place& place) {
  taxii::WalkOptions options{.filters = settings.filters,
                             .after = store.checkpoint().resume,
                             .clock = &session.clock(),
                             .cancel = context_.cancel,
                             .retries = settings.retries};
  if (options.after) options.after->ticks -= settings.overlap.ticks;
  if (!options.after) options.after = settings.added_after;
  CountingSink sink(store, totals_);
  const std::string url = taxii::collection_url(place.api_root, place.collection.id);
  taxii::WalkResult result =
      taxii::walk(session.server(), url, taxii::Resource::kObjects, options, sink);
  totals_.objects += result.fresh;
  if (result.not_found && store.is_blank()) {
    QUARRY_CHECK(store.discard());
    return fail(ErrorCode::kRemote,
                "there is no such collection, or this account may not know of it: " +
                    result.error->message(),
                "'taxii-pull collections' lists them");
  }
  if (!result.error && settings.verify) {
    const Verification verified = verify_collection(session.server(), url, options, store, sink);
    totals_.missing += verified.missing;
    totals_.objects += verified.fetched;
    if (verified.error) result.error = verified.error;
  }
  const std::string label = fmt::format("{}: {}", settings.label(), place.collection.id);
  if (result.doubtful)
    warn(fmt::format("{}: the server's paging leaves open whether something was skipped", label),
         "--verify compares with the manifest; a larger --limit may help");
  QUARRY_CHECK(store.finish(result.resume, result.error ? result.error->message() : ""));
  tell(label, store);
  return result.error ? fail(*result.error) : ok();
}

Result<void> ServerPull::collection(Session& session, const ServerSettings& settings,
                                    const Place& place) {
  QUARRY_TRY(const auto store,
             FeedStore::open(states_, feed_name(settings, place), LockedFile::Wait::kNever));
  if (invocation_.flag("from-start")) {
    QUARRY_CHECK(store->forget());
  } else if (!is_due(settings, *store)) {
    ++totals_.skipped;
    return ok();
  }
  QUARRY_TRY(RowOptions rows, row_options(settings, place));
  QUARRY_CHECK(store->write_rows(std::move(rows), exit_));
  return walk_into(*store, session, settings, place);
}

Result<void> ServerPull::pull(const ServerSettings& settings) {
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

void ServerPull::server(const ChosenServer& chosen) {
  const Result<void> done =
      chosen.settings ? pull(*chosen.settings) : fail(chosen.settings.error());
  if (done) return;
  if (done.error().code() == ErrorCode::kReaderGone) {
    invocation_.cancel().cancel(CancelReason::kReaderGone);
  } else {
    report(chosen.label, done.error());
  }
}

}  // namespace quarry::taxii_pull
