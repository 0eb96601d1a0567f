// Windows traces: walked with counts, merged in time order, decoded to rows. Bytes are those of the
// file.
#include "common/etl/trace.h"

#include "tests/traces/recording_builder.h"
#include "tests/traces/trace_bytes.h"
#include "tools/etl-report/defender_events.h"
#include "tools/etl-report/event_rows.h"

#include <fmt/format.h>

#include <benchmark/benchmark.h>

#include <functional>

namespace quarry::bench {
namespace {

constexpr std::int64_t kScans = 60'000;
constexpr std::size_t kBatchRows = 1024;

/// A recording of Defender: two events a scan, about 24 MB unpacked.
const std::string& recording() {
  static const std::string bytes = [] {
    traces::RecordingBuilder builder(traces::kStart);
    for (std::int64_t scan = 0; scan < kScans; ++scan)
      builder.stream(
          {static_cast<std::uint32_t>(4000 + scan % 16 * 4), scan * 1000,
           scan * 1000 + 700 + scan % 97 * 40,
           fmt::format("C:\\Users\\dev{}\\source\\repos\\app\\node_modules\\m{}\\index.js",
                       scan % 7, scan % 5000),
           "C:\\Program Files\\nodejs\\node.exe", 6120, 2});
    return builder.bytes();
  }();
  return bytes;
}

Result<etl::Trace> open() {
  const std::string& bytes = recording();
  return etl::Trace::open(
      etl::make_memory_source({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()},
                              "made"),
      {});
}

void trace_walk(benchmark::State& state) {
  recording();
  std::uint64_t bytes = 0;
  for (auto _ : state) {
    const auto trace = open();
    if (!trace) return state.SkipWithError(trace.error().message().c_str());
    bytes += trace->survey().record_bytes;
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(trace_walk);

void each_event(benchmark::State& state,
                const std::function<void(const etl::Trace&, const etl::Event&)>& work) {
  auto trace = open();
  if (!trace) return state.SkipWithError(trace.error().message().c_str());
  etl_report::add_defender_layouts(trace->schemas());
  std::int64_t events = 0;
  for (auto _ : state) {
    etl::EventStream stream = trace->events();
    etl::Event event;
    for (Result<bool> more = true; *more; ++events) {
      more = stream.next(event);
      if (!more) return state.SkipWithError(more.error().message().c_str());
      if (*more) work(*trace, event);
    }
  }
  state.SetItemsProcessed(events);
  state.SetBytesProcessed(state.iterations() *
                          static_cast<std::int64_t>(trace->survey().record_bytes));
}

void trace_time_order(benchmark::State& state) {
  each_event(state,
             [](const etl::Trace&, const etl::Event& event) { benchmark::DoNotOptimize(&event); });
}
BENCHMARK(trace_time_order);

void trace_rows(benchmark::State& state) {
  etl_report::EventRows rows;
  each_event(state, [&rows](const etl::Trace& trace, const etl::Event& event) {
    rows.append(trace, event, "made");
    if (rows.rows() == kBatchRows) benchmark::DoNotOptimize(rows.finish());
  });
  rows.finish();
}
BENCHMARK(trace_rows);

}  // namespace
}  // namespace quarry::bench
