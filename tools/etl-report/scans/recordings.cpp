#include "tools/etl-report/scans/recordings.h"

#include "tools/etl-report/trace_labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace quarry::etl_report {
namespace {

constexpr std::uint64_t kRecordsBetweenLooks = 4096;

Result<void> check(const CancelToken* cancel) {
  if (cancel == nullptr || !cancel->cancelled()) return ok();
  const std::optional<Error> error = cancel->error();
  return error ? Result<void>(fail(*error)) : ok();
}

RecordingFacts facts_of(const etl::Trace& trace) {
  RecordingFacts facts;
  facts.path = trace.name();
  facts.start = trace.header().start;
  facts.end = trace.header().end;
  if (facts.end.ticks == 0 && trace.survey().last) facts.end = *trace.survey().last;
  for (const etl::Problem& problem : trace.problems()) {
    facts.problems.push_back(etl::describe(problem));
  }
  return facts;
}

}  // namespace

std::int64_t duration_of(const RecordingFacts& recording) {
  return ticks_between(recording.start, recording.end);
}

std::string incomplete_text(const RecordingFacts& recording) {
  if (recording.incomplete == 0) return "";
  return fmt::format("{} scan{} left out: the start or the end is not in the recording",
                     recording.incomplete, recording.incomplete == 1 ? "" : "s");
}

Result<void> add_recording(const etl::Trace& trace, const ReadOptions& options, Recordings& into) {
  const PathMapping paths(trace.volumes());
  const auto number = static_cast<std::uint32_t>(into.facts.size());
  ScanPairing pairing(options.nested, paths, into.texts, number);
  EngineEventDecoder decoder(trace.schemas(), trace.clock());
  etl::EventStream records = trace.events();
  etl::Event record;
  EngineEvent event;
  for (std::uint64_t count = 0;; ++count) {
    if (count % kRecordsBetweenLooks == 0) {
      QUARRY_CHECK(check(options.cancel));
      if (options.records != nullptr) *options.records += kRecordsBetweenLooks;
    }
    QUARRY_TRY(const bool more, records.next(record));
    if (!more) break;
    if (decoder.decode(record, event)) pairing.take(event);
  }
  std::vector<Scan> scans = pairing.finish();
  std::move(scans.begin(), scans.end(), std::back_inserter(into.scans));
  RecordingFacts facts = facts_of(trace);
  facts.incomplete = pairing.incomplete();
  into.facts.push_back(std::move(facts));
  return ok();
}

void complete(Recordings& recordings) {
  std::vector<std::string> paths;
  for (const RecordingFacts& facts : recordings.facts) paths.push_back(facts.path);
  const TraceLabels labels(paths);
  for (RecordingFacts& facts : recordings.facts) facts.label = labels.of(facts.path);
  std::stable_sort(recordings.scans.begin(), recordings.scans.end(), earlier);
}

}  // namespace quarry::etl_report
