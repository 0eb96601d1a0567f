// What every table is to the engine, whether NDJSON, CSV, a datatable or (later) a packed file or a
// service: a schema, and scans that hand out numbered morsels of rows. Readers know no KQL: a
// filter reaches them as an abstract RowFilter.
#pragma once

#include "common/base/cancel.h"
#include "common/base/diagnostics.h"
#include "common/base/result.h"
#include "common/base/text_search.h"
#include "common/time/ticks.h"
#include "common/value/batch.h"
#include "common/value/type.h"

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace quarry::table {

/// A row's raw bytes must contain one of these texts, else the row cannot pass the filter. Sound
/// for JSON and CSV: the texts hold only characters that neither format can write in another way
/// (no quote, backslash, slash, control or non-ASCII character, no CSV separator), and at least one
/// character that no JSON number, true, false or null has. A reader may ignore needles.
struct Needle {
  std::vector<std::string> any_of;  // never empty
  CaseMode mode = CaseMode::kSensitive;
};

/// When rows happened, by their Timestamp or TimeGenerated; both ends belong to it.
struct TimeRange {
  std::optional<Datetime> from;
  std::optional<Datetime> to;
};

/// Selects rows by the columns that a filter needs, before the other columns are read (late
/// materialisation).
class RowFilter {
 public:
  class State {
   public:
    virtual ~State() = default;
  };
  virtual ~RowFilter() = default;
  virtual std::unique_ptr<State> make_state() const = 0;
  /// `batch` holds the columns ScanRequest::filter_columns, in that order. Appends the numbers of
  /// the rows that pass, ascending.
  virtual Result<void> select(State& state, const Batch& batch,
                              std::vector<std::uint32_t>& kept) const = 0;
  /// True: whether a row passes depends on the other rows of the batch, so when one that passed
  /// turns out broken, select() is asked again without it.
  virtual bool rows_compete() const { return false; }
};

/// kAny: morsels may be claimed in any order and their numbers may have gaps; they still sort as
/// the input does. Lets a reader inflate several compressed inputs at once. For plans that read
/// everything and do not stream in order.
enum class MorselOrder : std::uint8_t { kInput, kAny };

/// What one scan wants. Everything but `columns` is an offer that a reader may turn down, except
/// the filter: rows that fail it must not come out.
struct ScanRequest {
  std::vector<std::size_t>
      columns;  // of the reader's schema, in output order; may be empty (count)
  const RowFilter* filter = nullptr;        // outlives the scan
  std::vector<std::size_t> filter_columns;  // of the reader's schema
  std::vector<Needle> needles;              // all must hit
  TimeRange time;                           // rows outside cannot pass the filter
  std::size_t batch_rows = kDefaultBatchRows;
  int workers = 1;  // how many will ask for morsels
  MorselOrder order = MorselOrder::kInput;
};

/// Values that did not fit their column's type, by column. Thread-safe.
class MisfitLog {
 public:
  struct Entry {
    Type type = Type::kUnknown;
    std::uint64_t count = 0;
    std::string example;  // the first in the order of texts, whichever worker met it
  };
  void add(const std::string& column, const Entry& entry);
  std::map<std::string, Entry> entries() const;
  std::uint64_t count() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, Entry> entries_;
};

/// What a scan met, for the footer, --stats and the exit status. Shared by all scans of a run;
/// thread-safe.
struct ScanReport {
  std::atomic<std::uint64_t> bytes_read{0};  // uncompressed input bytes looked at
  std::atomic<std::uint64_t> rows_read{0};   // rows before the filter (lines of good shape)
  std::atomic<std::uint64_t> rows_parsed{
      0};  // rows whose columns were parsed (the rest was ruled out by needles)
  std::atomic<std::uint64_t> bad_lines{0};       // dropped
  std::atomic<std::uint64_t> kept_bad_lines{0};  // kept by --bad-lines
  std::atomic<std::uint64_t> failed_inputs{0};   // missing, unreadable, truncated
  MisfitLog misfits;
  std::atomic<std::uint64_t> inputs{0};          // inputs opened
  std::atomic<std::uint64_t> skipped_inputs{0};  // their path says that no wanted row is in them
};

/// Keeps bad lines verbatim with their position (--bad-lines FILE). Thread-safe.
class BadLineKeeper {
 public:
  virtual ~BadLineKeeper() = default;
  virtual void keep(const std::string& input, std::uint64_t line, std::string_view text,
                    const std::string& why) = 0;
};

/// Handed to a scan by whoever runs it; outlives the scan.
struct ScanContext {
  CancelToken* cancel = nullptr;
  Diagnostics* diagnostics = nullptr;  // data warnings: bad lines, failed inputs
  ScanReport* report = nullptr;
  BadLineKeeper* bad_lines = nullptr;  // null: bad lines are dropped and counted
  bool strict = false;                 // the first bad line ends the scan with a kData error
  bool check_all = false;              // validate every byte (UTF-8, JSON): --strict, --bad-lines
};

/// One pass over a table. next_morsel and read may be called by several workers at once, each with
/// its own Worker.
class Scan {
 public:
  class Worker {
   public:
    virtual ~Worker() = default;
  };
  virtual ~Scan() = default;
  virtual std::unique_ptr<Worker> make_worker() = 0;
  /// Claims the next morsel for this worker; nullopt at the end. Numbers follow input order; they
  /// begin at 0 and have no gaps, unless MorselOrder::kAny was asked for.
  virtual Result<std::optional<std::uint64_t>> next_morsel(Worker& worker) = 0;
  /// The next batch of the worker's morsel (never empty); false when the morsel is used up.
  virtual Result<bool> read(Worker& worker, Batch& out) = 0;
  /// Nobody wants further rows: a next_morsel that waits for input returns nullopt. Thread-safe;
  /// scans that never wait need not listen.
  virtual void stop() {}
};

/// A table. Immutable; scans may run at the same time.
class Reader {
 public:
  virtual ~Reader() = default;
  virtual const Schema& schema() const = 0;
  virtual Result<std::unique_ptr<Scan>> scan(const ScanRequest& request,
                                             const ScanContext& context) const = 0;
  /// Rows, where known without reading (datatable), for planning.
  virtual std::optional<std::uint64_t> row_count() const { return std::nullopt; }
};

}  // namespace quarry::table
