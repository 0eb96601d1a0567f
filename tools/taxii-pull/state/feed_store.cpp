#include "tools/taxii-pull/state/feed_store.h"

#include "common/base/clock.h"
#include "common/base/unicode.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <unordered_set>

namespace quarry::taxii_pull {
namespace {

/// Syncing costs time, and a crash costs the pages since: a compromise. A slow disk is synced less
/// often, so that it takes a small share of the time. In seconds.
constexpr double kCommitEvery = 0.5;
constexpr double kLongest = 10;
constexpr double kShare = 20;
constexpr std::size_t kExcerpt = 80;  // bytes of an object that is none

}  // namespace

Result<std::unique_ptr<FeedStore>> FeedStore::open(const std::string& states, const FeedName& feed,
                                                   LockedFile::Wait wait) {
  std::string folder = states + "/" + feed.folder();
  QUARRY_CHECK(make_private_folder(folder));
  QUARRY_TRY(LockedFile lock, LockedFile::open(folder + "/lock", wait));
  QUARRY_TRY(std::optional<Checkpoint> found, read_checkpoint(folder + "/checkpoint.json"));
  Checkpoint checkpoint = found.value_or(Checkpoint{});
  checkpoint.feed = feed;
  QUARRY_TRY(ObjectLog log, ObjectLog::open(folder + "/objects.ndjson", checkpoint.log_size));
  std::unique_ptr<FeedStore> store(
      new FeedStore(std::move(folder), std::move(lock), std::move(checkpoint), std::move(log)));
  QUARRY_CHECK(store->rebuild());
  return store;
}

Result<void> FeedStore::rebuild() {
  index_ = ObjectIndex();
  context_ = stix::Context();
  const auto add = [this](std::uint64_t position, std::string_view json) -> Result<void> {
    if (!reader_.read(json)) return ok();
    context_.add(reader_);
    index_.add(reader_, index_.judge(reader_), position);
    return ok();
  };
  QUARRY_CHECK(log_.for_each(0, written_, add));
  index_.settle(written_);
  return log_.for_each(written_, sealed_, add);
}

Result<void> FeedStore::for_each_newest(
    const std::function<Result<void>(stix::ObjectReader&)>& visit) {
  return log_.for_each(0, sealed_,
                       [&](std::uint64_t position, std::string_view json) -> Result<void> {
                         if (!reader_.read(json) || !index_.is_newest(reader_.id(), position))
                           return ok();
                         return visit(reader_);
                       });
}

// The checkpoint first: a log that is shorter than its checkpoint says is refused.
Result<void> FeedStore::forget() {
  Checkpoint anew;
  anew.feed = checkpoint_.feed;
  anew.generated = checkpoint_.generated;
  QUARRY_CHECK(write_checkpoint(checkpoint_path(), anew));
  checkpoint_ = std::move(anew);
  sealed_ = written_ = 0;
  QUARRY_CHECK(log_.cut(0));
  return rebuild();
}

bool FeedStore::is_blank() const {
  return !checkpoint_.pulled && checkpoint_.objects == 0 && sealed_ == 0;
}

Result<void> FeedStore::discard() {
  exit_ = nullptr;
  std::error_code error;
  std::filesystem::remove_all(folder_, error);
  if (error)
    return fail(Error(ErrorCode::kData, "cannot remove the state: " + error.message()).at(folder_));
  return ok();
}

Result<void> FeedStore::write_rows(RowOptions options, RowExit& exit) {
  // Rules take the row with the latest TimeGenerated: it must not go back with the clock.
  if (checkpoint_.generated)
    options.now = std::max(options.now, Datetime{checkpoint_.generated->ticks + 1});
  checkpoint_.generated = now_ = options.now;
  before_ = checkpoint_;
  run_began_ = checkpoint_.log_size;
  checkpoint_.source = options.source;
  converter_.emplace(std::move(options), context_);
  exit_ = &exit;
  const std::lock_guard lock(exit_->mutex);
  if (exit_->file != nullptr) checkpoint_.output = exit_->file->mark();
  return write_checkpoint(checkpoint_path(), checkpoint_);
}

Result<void> FeedStore::begin() {
  fresh_ = taken_ = 0;
  if (log_.size() == sealed_) return ok();
  QUARRY_CHECK(log_.flush());
  QUARRY_CHECK(log_.cut(sealed_));
  return rebuild();
}

Result<void> FeedStore::take(std::string_view json) {
  ++taken_;
  if (!reader_.read(json)) {
    if (bad_++ == 0)
      first_bad_ = fmt::format("object {} of page {}: {}: {}", taken_, pages_ + 1,
                               reader_.problem(), unicode::prefix_of_bytes(json, kExcerpt));
    return ok();
  }
  const ObjectIndex::Arrival arrival = index_.judge(reader_);
  if (arrival == ObjectIndex::Arrival::kDuplicate) return ok();
  QUARRY_TRY(const std::uint64_t position, log_.append(json));
  index_.add(reader_, arrival, position);
  context_.add(reader_);
  ++fresh_;
  return ok();
}

Result<std::size_t> FeedStore::seal() {
  QUARRY_CHECK(log_.flush());
  sealed_ = log_.size();
  ++pages_;
  fresh_sealed_ += fresh_;
  return std::exchange(fresh_, 0);
}

Result<void> FeedStore::publish(std::optional<Datetime> resume) {
  if (resume) checkpoint_.resume = resume;
  if (monotonic_seconds() >= commit_due_) return commit(Sync::kBeside);
  if (!exit_->exclusive || exit_->file == nullptr) return ok();
  const std::lock_guard lock(exit_->mutex);
  return write_pending();
}

Result<void> FeedStore::write_pending(RowOutput& out) {
  const bool raw = converter_->options().shape == Shape::kRaw;
  std::unordered_set<std::string> kept;
  stix::ObjectReader older;
  const Datetime later{now_.ticks + replacings_ + 1};
  bool replaced_own = false;
  const auto write = [&](std::uint64_t position, std::string_view json) -> Result<void> {
    if (!reader_.read(json)) return ok();
    if (raw) return converter_->write(reader_, out);
    if (!index_.is_newest(reader_.id(), position)) return ok();
    const auto before = index_.replaced_by(position);
    if (!before) return converter_->write(reader_, out);
    ++updates_;
    // A row of this very run is replaced: of two with one time neither would be the latest.
    const bool own = *before >= run_began_;
    replaced_own |= own;
    converter_->set_now(own ? later : now_);
    kept.clear();
    QUARRY_CHECK(converter_->write(reader_, out, &kept));
    QUARRY_TRY(const std::string replaced, log_.read(*before));
    if (older.read(replaced)) QUARRY_CHECK(converter_->withdraw(older, kept, out));
    converter_->set_now(now_);
    return ok();
  };
  QUARRY_CHECK(log_.for_each(written_, sealed_, write));
  if (!replaced_own) return ok();
  ++replacings_;
  checkpoint_.generated = later;
  return ok();
}

Result<void> FeedStore::write_pending() {
  NdjsonRows out([this](std::string_view bytes) {
    return exit_->file != nullptr ? exit_->file->write(bytes) : exit_->write(bytes);
  });
  if (exit_->file != nullptr && !uncounted_) uncounted_ = exit_->file->mark().size;
  QUARRY_CHECK(write_pending(out));
  QUARRY_CHECK(out.finish());
  written_ = sealed_;
  index_.settle(written_);
  return ok();
}

// Rows first, then the checkpoint that counts them. What lies behind the checkpoint's marks after a
// crash, in the log or in the file, is cut off at the next start.
Result<void> FeedStore::commit(Sync how) {
  const std::lock_guard lock(exit_->mutex);
  Result<void> done = syncing_.valid() ? adopt(syncing_.get()) : ok();
  if (done) done = make_lasting(how);
  if (!done) take_back();
  return done;
}

void FeedStore::take_back() {
  if (uncounted_) exit_->file->cut(*std::exchange(uncounted_, std::nullopt));
}

FeedStore::~FeedStore() {
  if (exit_ == nullptr) return;
  const std::lock_guard lock(exit_->mutex);
  if (syncing_.valid()) static_cast<void>(adopt(syncing_.get()).has_value());
  take_back();
  if (exit_->file == nullptr)
    exit_->done.push_back({std::move(lock_), checkpoint_path(), std::move(before_)});
}

Result<void> FeedStore::make_lasting(Sync how) {
  QUARRY_CHECK(write_pending());
  if (exit_->file != nullptr) {
    checkpoint_.output = exit_->file->mark();
  } else {
    QUARRY_CHECK(exit_->flush());
  }
  checkpoint_.log_size = sealed_;
  checkpoint_.objects += std::exchange(fresh_sealed_, 0);
  lasting_ = checkpoint_;
  commit_due_ = monotonic_seconds() + pause_;
  // Beside it others must not write rows behind ours: their checkpoint would count ours too.
  if (how == Sync::kHere || exit_->file == nullptr || !exit_->exclusive)
    return adopt(sync(lasting_));
  syncing_ = std::async(std::launch::async, [this] { return sync(lasting_); });
  return ok();
}

Result<double> FeedStore::sync(const Checkpoint& checkpoint) const {
  const double began = monotonic_seconds();
  QUARRY_CHECK(log_.sync());
  if (exit_->file != nullptr) QUARRY_CHECK(exit_->file->sync());
  QUARRY_CHECK(write_checkpoint(checkpoint_path(), checkpoint));
  return monotonic_seconds() - began;
}

/// The checkpoint is lasting: rows behind its mark alone are still to be counted.
Result<void> FeedStore::adopt(Result<double> seconds) {
  if (!seconds) return fail(seconds.error());
  pause_ = std::clamp(*seconds * kShare, kCommitEvery, kLongest);
  if (exit_->file == nullptr) return ok();
  const std::uint64_t counted = lasting_.output->size;
  exit_->file->settle(counted);
  uncounted_.reset();
  if (exit_->file->mark().size > counted) uncounted_ = counted;
  return ok();
}

Result<void> FeedStore::finish(std::optional<Datetime> resume, const std::string& problem) {
  if (resume) checkpoint_.resume = resume;
  checkpoint_.problem = problem;
  if (problem.empty()) checkpoint_.pulled = now_;
  return commit(Sync::kHere);
}

}  // namespace quarry::taxii_pull
