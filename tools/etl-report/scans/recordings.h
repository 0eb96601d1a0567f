// Performance recordings read as one: their scans, and what is known of each recording.
#pragma once

#include "common/base/cancel.h"
#include "common/base/result.h"
#include "common/etl/filetime.h"
#include "common/etl/trace.h"
#include "tools/etl-report/scans/pairing.h"
#include "tools/etl-report/scans/scan.h"

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

namespace quarry::etl_report {

/// One recording, beside its scans.
struct RecordingFacts {
  std::string path;   // as given
  std::string label;  // what scans call it: the file's name, or the path where two names are equal
  etl::FileTime start{};              // of the session
  etl::FileTime end{};                // of the session, else of its last record
  std::uint64_t incomplete = 0;       // scans that lack their start or their end
  std::vector<std::string> problems;  // what was lost or damaged, a sentence each
};
/// "3 scans left out: …"; "" where none is.
std::string incomplete_text(const RecordingFacts& recording);
/// From start to end in ticks, never below 0.
std::int64_t duration_of(const RecordingFacts& recording);

/// The scans point into `texts`: the object stays where it is.
struct Recordings {
  TextPool texts;
  std::vector<RecordingFacts> facts;
  std::vector<Scan> scans;

  Recordings() = default;
  Recordings(const Recordings&) = delete;
  Recordings& operator=(const Recordings&) = delete;
};

struct ReadOptions {
  Nested nested = Nested::kComments;
  const CancelToken* cancel = nullptr;            // may be null
  std::atomic<std::uint64_t>* records = nullptr;  // counts those read, for progress; may be null
};

/// Adds a recording's scans; its schemas must know the engine's events (add_defender_layouts). An
/// Error is a failing disk, or kInterrupted … where cancelled.
Result<void> add_recording(const etl::Trace& trace, const ReadOptions& options, Recordings& into);
/// After the last one: gives labels, and puts the scans into the order of earlier().
void complete(Recordings& recordings);

}  // namespace quarry::etl_report
