// Groups: keys hashed and found in the table that summarize, distinct and join share.
#include "common/kql/exec/row_table.h"
#include "common/value/builder.h"
#include "common/value/hash.h"

#include <fmt/format.h>

#include <benchmark/benchmark.h>

namespace quarry::bench {
namespace {

constexpr std::size_t kRows = std::size_t{1} << 16;

Column numbers(std::size_t distinct) {
  ColumnBuilder<Type::kLong> builder;
  for (std::size_t row = 0; row < kRows; ++row)
    builder.append(static_cast<std::int64_t>(mix(row) % distinct));
  return builder.finish();
}

Column texts(std::size_t distinct) {
  ColumnBuilder<Type::kString> builder;
  for (std::size_t row = 0; row < kRows; ++row)
    builder.append_copy(fmt::format("host{:05}.example.com", mix(row) % distinct));
  return builder.finish();
}

void aggregate_hash(benchmark::State& state, const Column& column) {
  std::vector<std::uint64_t> hashes;
  const Column* columns[]{&column};
  for (auto _ : state) {
    hash_rows(columns, kRows, hashes);
    benchmark::DoNotOptimize(hashes.data());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kRows));
}
BENCHMARK_CAPTURE(aggregate_hash, long, numbers(kRows));
BENCHMARK_CAPTURE(aggregate_hash, string, texts(kRows));

void aggregate_groups(benchmark::State& state, const Column& keys, Type type) {
  std::vector<std::byte*> rows, added;
  for (auto _ : state) {
    exec::RowTable table({type}, 8);
    for (int batch = 0; batch < 4; ++batch) {
      added.clear();
      table.find_or_add({&keys, 1}, kRows, static_cast<kql::RowOrder>(batch) * kRows, rows, added);
    }
    benchmark::DoNotOptimize(table.rows().size());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(4 * kRows));
}
BENCHMARK_CAPTURE(aggregate_groups, long_100, numbers(100), Type::kLong);
BENCHMARK_CAPTURE(aggregate_groups, long_50000, numbers(50'000), Type::kLong);
BENCHMARK_CAPTURE(aggregate_groups, string_100, texts(100), Type::kString);
BENCHMARK_CAPTURE(aggregate_groups, string_50000, texts(50'000), Type::kString);

}  // namespace
}  // namespace quarry::bench
