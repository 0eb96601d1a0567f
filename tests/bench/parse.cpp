// Lines into cells.
#include "common/time/parse.h"

#include "common/json/row_parser.h"
#include "tests/bench/made_events.h"

#include <benchmark/benchmark.h>

namespace quarry::bench {
namespace {

void parse_keys(benchmark::State& state, const std::vector<std::string>& keys) {
  const Events& events = made_events();
  json::RowParser parser(keys);
  for (auto _ : state)
    for (const table::LineRef& line : events.lines)
      if (!parser.parse(line.in(events.text()))) return state.SkipWithError(parser.problem().what);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(events.size));
}
/// The parser stops behind the last key that is wanted.
BENCHMARK_CAPTURE(parse_keys, one_at_the_front, std::vector<std::string>{"Timestamp"});
BENCHMARK_CAPTURE(parse_keys, three,
                  std::vector<std::string>{"Timestamp", "DeviceName", "FileName"});
BENCHMARK_CAPTURE(parse_keys, one_at_the_end, std::vector<std::string>{"AdditionalFields"});

void parse_timestamps(benchmark::State& state) {
  const Events& events = made_events();
  constexpr std::string_view kBefore = R"({"Timestamp":")";
  constexpr std::size_t kSize = 28;
  for (auto _ : state)
    for (const table::LineRef& line : events.lines)
      benchmark::DoNotOptimize(
          parse_datetime(line.in(events.text()).substr(kBefore.size(), kSize)));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(events.lines.size()));
}
BENCHMARK(parse_timestamps);

}  // namespace
}  // namespace quarry::bench
