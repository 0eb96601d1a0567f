// The file in which a tool writes what it is about to do and what became of it. Append-only, one
// writer, every line chained to the one before; what append() returned for is on disk, whatever
// happens next.
#pragma once

#include "common/base/private_file.h"
#include "common/base/result.h"
#include "common/journal/record.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace quarry::journal {

struct JournalOptions {
  std::string path;
  std::string tool;  // "lr"
  std::string run;   // make_run_id(), or the run that is resumed
  std::string by;    // who: the user's name
  /// The time of a record, in ticks; the system's clock without.
  std::function<std::int64_t()> now = {};
};

class Journal {
 public:
  /// Makes the file (0600, its folder 0700), or goes on with it. A last line that was cut off, by a
  /// crash or by others, is moved into a file beside, and a record tells of it: see note().
  /// kRefused while another process writes it; kData where a line is damaged or the chain is
  /// broken.
  static Result<Journal> open(JournalOptions options);

  enum class Sync : std::uint8_t { kNow, kLater };
  /// Writes all or none of the records. With kNow they are on disk when this returns: before a
  /// request is sent, its intent must be. Once this failed (the disk is full) every later call
  /// fails alike: what is not written down must not be done.
  Result<void> append(std::span<const Record> records, Sync sync = Sync::kNow);
  Result<void> append(const Record& record, Sync sync = Sync::kNow) {
    return append(std::span(&record, 1), sync);
  }
  /// What was appended with kLater, too.
  Result<void> sync();
  /// Sets room aside for so many bytes of outcomes, so that a disk that fills up meanwhile cannot
  /// keep them from being written. Without effect where the file system cannot.
  void reserve(std::uint64_t bytes);

  /// The records that were there when the journal was opened.
  const std::vector<Entry>& earlier() const { return earlier_; }
  /// What happened on opening and should be said: "a last line was cut off: its 57 bytes are kept
  /// in PATH.cut-1204"; or "".
  const std::string& note() const { return note_; }
  const JournalOptions& options() const { return options_; }

 private:
  Journal(JournalOptions options, LockedFile file);
  Result<void> load();
  Result<void> set_aside(std::string_view cut);
  Result<void> broken(const char* what);

  JournalOptions options_;
  LockedFile file_;
  std::vector<Entry> earlier_;
  std::string note_;
  std::uint64_t next_seq_ = 1;
  std::string last_hash_;
  std::uint64_t size_ = 0;      // of what was written whole
  std::optional<Error> error_;  // nothing more is written after it
};

/// The user's name on this machine, for JournalOptions::by.
std::string current_user();
/// "20261120T091201Z-4f2a9c": the time and six random digits.
std::string make_run_id(std::int64_t now_ticks);
/// "…/quarry/runs/RUN.ndjson" below the state folder; kUsage where `run` is no run's name.
Result<std::string> run_path(const std::string& state_folder, const std::string& run);

}  // namespace quarry::journal
