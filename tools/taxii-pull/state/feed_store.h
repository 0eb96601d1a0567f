// The state of one collection: its log, its checkpoint, and the rows on their way out. What a walk
// brings goes into the log; from time to time log, rows and checkpoint are made lasting together,
// in an order in which being killed at any moment loses nothing and doubles nothing.
#pragma once

#include "common/base/private_file.h"
#include "common/services/taxii/page_fetch.h"
#include "tools/taxii-pull/rows/converter.h"
#include "tools/taxii-pull/state/checkpoint.h"
#include "tools/taxii-pull/state/object_index.h"
#include "tools/taxii-pull/state/object_log.h"
#include "tools/taxii-pull/state/row_exit.h"

#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>

namespace quarry::taxii_pull {

class FeedStore : public services::taxii::ObjectSink {
 public:
  /// Opens or makes the state in its folder below `states` and reads its log. Another process that
  /// uses it is waited for, or refused (kRefused).
  static Result<std::unique_ptr<FeedStore>> open(const std::string& states, const FeedName& feed,
                                                 LockedFile::Wait wait);

  /// Rows that no checkpoint counts are taken back: what others write behind them must not make
  /// them count.
  ~FeedStore() override;

  /// Nothing was ever received: the next pull begins at the beginning. TimeGenerated goes on.
  Result<void> forget();

  /// No pull of it ever brought anything or came to its end.
  bool is_blank() const;
  /// Of a blank one: as if it had never been opened. Nothing but destruction may follow.
  Result<void> discard();

  const Checkpoint& checkpoint() const { return checkpoint_; }
  ObjectIndex& index() { return index_; }
  const stix::Context& context() const { return context_; }
  /// Each object's newest version.
  Result<void> for_each_newest(const std::function<Result<void>(stix::ObjectReader&)>& visit);

  /// Rows are written from now on. `exit` outlives the store. Makes a first checkpoint, so that
  /// what a file held before is never taken for ours.
  Result<void> write_rows(RowOptions options, RowExit& exit);
  Result<void> begin() override;
  Result<void> take(std::string_view json) override;
  Result<std::size_t> seal() override;
  Result<void> publish(std::optional<Datetime> resume) override;
  /// The walk is over: everything is made lasting. `problem`: why it ended early; "": it did not.
  Result<void> finish(std::optional<Datetime> resume, const std::string& problem);

  std::uint64_t bad_objects() const { return bad_; }
  const std::string& first_bad() const { return first_bad_; }
  const RowCounts& counts() const { return converter_->counts(); }
  const std::string& first_pattern_problem() const { return converter_->first_problem(); }
  std::uint64_t updates() const { return updates_; }

 private:
  FeedStore(std::string folder, LockedFile lock, Checkpoint checkpoint, ObjectLog log)
      : folder_(std::move(folder)),
        lock_(std::move(lock)),
        checkpoint_(std::move(checkpoint)),
        log_(std::move(log)),
        sealed_(checkpoint_.log_size),
        written_(checkpoint_.log_size) {}
  Result<void> rebuild();
  enum class Sync : unsigned char { kHere, kBeside };
  Result<void> commit(Sync how);
  Result<void> make_lasting(Sync how);
  Result<double> sync(const Checkpoint& checkpoint) const;
  Result<void> adopt(Result<double> seconds);
  void take_back();
  Result<void> write_pending();
  Result<void> write_pending(RowOutput& out);
  std::string checkpoint_path() const { return folder_ + "/checkpoint.json"; }

  std::string folder_;
  LockedFile lock_;
  Checkpoint checkpoint_;
  ObjectLog log_;
  ObjectIndex index_;
  stix::Context context_;
  stix::ObjectReader reader_;
  std::optional<Converter> converter_;
  Checkpoint before_;  // this run
  RowExit* exit_ = nullptr;
  std::uint64_t sealed_;                    // end of the pages that are complete
  std::uint64_t written_;                   // end of the objects whose rows have been written
  std::optional<std::uint64_t> uncounted_;  // where rows begin that no checkpoint counts
  std::size_t fresh_ = 0;
  std::size_t taken_ = 0;           // of the page
  std::size_t pages_ = 0;           // complete ones
  std::uint64_t fresh_sealed_ = 0;  // since the last commit
  std::uint64_t updates_ = 0;
  std::uint64_t bad_ = 0;
  std::string first_bad_;
  double commit_due_ = 0;  // monotonic seconds
  double pause_ = 0;       // from one commit to the next; grows on a slow disk
  /// Seconds that it took to make lasting_ lasting, on a thread of its own: pages arrive meanwhile.
  std::future<Result<double>> syncing_;
  Checkpoint lasting_;
  Datetime now_{};               // TimeGenerated of this run
  std::int64_t replacings_ = 0;  // commits in which rows of this run were replaced
  std::uint64_t run_began_ = 0;  // size of the log then
};

}  // namespace quarry::taxii_pull
