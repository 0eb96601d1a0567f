// A Windows trace (.etl): opened, walked once from end to end, then read in time order.
//
// Opening reads the file once: it expands and walks every buffer, counts records, notes where each
// buffer lies and when it begins, and collects the layouts of events and the volume names that the
// file holds (they may lie behind the events that need them). Of a buffer only some 40 bytes stay.
//
// Reading in time order is a merge: every buffer is a run that begins at its earliest record. A
// buffer is read (and expanded) again when the merge reaches its first time and is let go at its
// last record, so memory holds the buffers that overlap in time: one for each CPU as a rule.
// Buffers whose records are not in order get sorted on their own. At most kOpenBytes of expanded
// buffers are held; where more overlap, each is cut to its next records and read anew for those
// behind them. The order is exactly that of a stable sort by time: equal times, lower place in the
// file first.
#pragma once

#include "common/base/cancel.h"
#include "common/base/result.h"
#include "common/etl/clock.h"
#include "common/etl/compress/decompress.h"
#include "common/etl/event.h"
#include "common/etl/problem.h"
#include "common/etl/schema/schema_set.h"
#include "common/etl/source.h"
#include "common/etl/survey.h"
#include "common/etl/trace_header.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace quarry::etl {

/// A volume as the file maps it (records of SystemConfigEx, type 35): "\Device\HarddiskVolume2\" ->
/// "C:\". UTF-8, as written, in the order of the file, each once; the second may be empty.
struct VolumeMapping {
  std::string nt_prefix;
  std::string dos_prefix;
  friend bool operator==(const VolumeMapping&, const VolumeMapping&) = default;
};

class EventStream;

/// Not thread-safe. Keeps the file open.
class Trace {
 public:
  struct Options {
    const CancelToken* cancel = nullptr;  // looked at once per buffer; may be null
  };
  /// kData, placed at the path, where the file cannot be read or is no trace at all; a damaged
  /// trace is opened as far as it goes, problems() tells. kInterrupted … where cancelled.
  static Result<Trace> open(const std::string& path, const Options& options);
  static Result<Trace> open(std::unique_ptr<Source> source, const Options& options);
  Trace(Trace&&) noexcept;
  Trace& operator=(Trace&&) noexcept;
  ~Trace();

  const std::string& name() const;  ///< the path
  std::uint64_t size() const;       ///< of the file, bytes
  const TraceHeader& header() const;
  CompressionFormat compression() const;  ///< of its buffers; kNone as a rule
  const Clock& clock() const;             ///< raw values in payloads (StartQPC) -> FILETIME
  const Survey& survey() const;
  const std::vector<VolumeMapping>& volumes() const;
  /// Found in the walk of open(); one entry a kind.
  const std::vector<Problem>& problems() const;
  /// Bytes could not be read: exit status 3, whatever was printed.
  bool damaged() const;
  /// Layouts of events: those of the file; a tool adds manifests and built-in ones.
  SchemaSet& schemas();
  const SchemaSet& schemas() const;

  /// A new pass over all records in time order. The trace must outlive the stream; several streams
  /// may run side by side.
  EventStream events() const;

 private:
  friend class EventStream;
  struct State;
  explicit Trace(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Every record of the trace, the header record and metadata included, in time order. Records
/// without a time go with the record before them.
class EventStream {
 public:
  static constexpr std::size_t kOpenBytes = std::size_t{48} << 20;

  EventStream(EventStream&&) noexcept;
  EventStream& operator=(EventStream&&) noexcept;
  ~EventStream();

  /// False at the end. The event's views are valid until the next call. Damaged places were told by
  /// Trace::problems() and are passed over; an Error is a failing disk.
  Result<bool> next(Event& event);
  /// Bytes of expanded buffers that are held now: never more than kOpenBytes.
  std::size_t open_bytes() const;

 private:
  friend class Trace;
  struct State;
  explicit EventStream(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace quarry::etl
