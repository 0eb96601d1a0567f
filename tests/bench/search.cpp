// Ruling out lines by their raw bytes.
#include "common/base/text_search.h"
#include "common/table/prefilter.h"
#include "tests/bench/made_events.h"

#include <benchmark/benchmark.h>

namespace quarry::bench {
namespace {

void search_text(benchmark::State& state, std::string_view needle, CaseMode mode) {
  const std::string_view text = made_events().text();
  const TextSearcher searcher(needle, mode);
  for (auto _ : state) {
    std::size_t hits = 0;
    for (std::size_t at = 0; (at = searcher.find(text, at)) != std::string_view::npos; ++at) ++hits;
    benchmark::DoNotOptimize(hits);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK_CAPTURE(search_text, absent, kAbsentText, CaseMode::kSensitive);
BENCHMARK_CAPTURE(search_text, absent_any_case, kAbsentText, CaseMode::kIgnoreAscii);
BENCHMARK_CAPTURE(search_text, rare_any_case, kRareText, CaseMode::kIgnoreAscii);
BENCHMARK_CAPTURE(search_text, frequent, "powershell", CaseMode::kIgnoreAscii);

void search_split_rows(benchmark::State& state) {
  const std::string_view text = made_events().text();
  std::vector<table::LineRef> lines;
  for (auto _ : state) {
    table::split_rows(text, lines);
    benchmark::DoNotOptimize(lines.data());
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(search_split_rows);

/// What `ProcessCommandLine has_any (…)` asks of the raw bytes.
void search_prefilter(benchmark::State& state) {
  const Events& events = made_events();
  table::Needle needle;
  needle.any_of = {std::string(kRareText), std::string(kAbsentText), "sekurlsa"};
  needle.mode = CaseMode::kIgnoreAscii;
  const table::Prefilter prefilter({needle}, table::Escapes::kJson);
  std::vector<std::uint8_t> hits;
  for (auto _ : state)
    benchmark::DoNotOptimize(prefilter.run(events.text(), events.lines, table::kWholeLine, hits));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(events.size));
}
BENCHMARK(search_prefilter);

}  // namespace
}  // namespace quarry::bench
