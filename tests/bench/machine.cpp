// What the machine can do with the same bytes: no reader is faster than these.
#include "tests/bench/made_events.h"

#include <simdjson.h>

#include <benchmark/benchmark.h>

#include <cstring>
#include <string>

namespace quarry::bench {
namespace {

void machine_memcpy(benchmark::State& state) {
  const Events& events = made_events();
  std::string copy(events.size, '\0');
  for (auto _ : state) {
    std::memcpy(copy.data(), events.padded.data(), events.size);
    benchmark::ClobberMemory();
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(events.size));
}
BENCHMARK(machine_memcpy);

void machine_memchr_lines(benchmark::State& state) {
  const std::string_view text = made_events().text();
  for (auto _ : state) {
    std::size_t lines = 0;
    for (const char *at = text.data(), *end = at + text.size();
         (at = static_cast<const char*>(
              std::memchr(at, '\n', static_cast<std::size_t>(end - at)))) != nullptr;
         ++at)
      ++lines;
    benchmark::DoNotOptimize(lines);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(machine_memchr_lines);

/// The structure of every object (simdjson's first stage), without looking at a value.
void machine_simdjson_stage1(benchmark::State& state) {
  const Events& events = made_events();
  std::unique_ptr<simdjson::internal::dom_parser_implementation> parser;
  const auto error = simdjson::get_active_implementation()->create_dom_parser_implementation(
      events.size + simdjson::SIMDJSON_PADDING, 64, parser);
  if (error != simdjson::SUCCESS) return state.SkipWithError("simdjson has no parser");
  std::string padded = events.padded;
  padded.resize(events.size + simdjson::SIMDJSON_PADDING);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(padded.data());
  for (auto _ : state)
    benchmark::DoNotOptimize(
        parser->stage1(bytes, events.size, simdjson::stage1_mode::streaming_final));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(events.size));
}
BENCHMARK(machine_simdjson_stage1);

}  // namespace
}  // namespace quarry::bench
