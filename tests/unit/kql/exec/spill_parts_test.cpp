// Rows that wait on disk: queues, and parts by the hash of a key.
#include "common/kql/exec/spill/batch_queue.h"
#include "common/kql/exec/spill/part_writer.h"
#include "common/kql/exec/spill/spill_space.h"
#include "common/value/builder.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <random>

using namespace quarry;
using namespace quarry::exec;

namespace {

constexpr std::uint64_t kPlenty = std::uint64_t{1} << 30;

/// A run with a budget that is tight from so many bytes on.
struct Disk {
  explicit Disk(std::uint64_t spill_above)
      : space(std::filesystem::temp_directory_path().string()), memory(kPlenty, spill_above) {
    context.spill = &space;
    context.memory = &memory;
  }
  SpillSpace space;
  MemoryBudget memory;
  ExecContext context;
};

Column longs(std::int64_t first, std::size_t rows, std::int64_t modulus) {
  ColumnBuilder<Type::kLong> builder;
  for (std::size_t i = 0; i < rows; ++i)
    builder.append((first + static_cast<std::int64_t>(i)) % modulus);
  return builder.finish();
}

constexpr std::int64_t kNoModulus = std::int64_t{1} << 40;
const std::vector<Expression> kKey{Expression::of_column(0, Type::kLong)};

/// Runs of rows (key, place); batches were written in the order of their numbers here.
std::vector<SpillRun> runs_of(Disk& disk, const std::vector<std::int64_t>& order,
                              std::int64_t keys) {
  std::vector<SpillRun> runs;
  for (const std::int64_t number : order) {
    RunWriter writer(disk.space, 100);
    const std::int64_t first = number * 50;
    REQUIRE(writer.write(Batch({longs(first, 50, keys), longs(first, 50, kNoModulus)}, 50)));
    runs.push_back(*writer.finish());
  }
  return runs;
}

Result<std::variant<Batch, Partitions>> load(Disk& disk, std::vector<SpillRun> runs, int level) {
  MemoryShare share(&disk.memory);
  return load_part({std::move(runs), kKey, {Type::kLong, Type::kLong}, level}, disk.context, share);
}

}  // namespace

TEST_CASE("a queue gives batches in the order in which they came, from memory or disk") {
  std::mt19937 random(3);
  for (const std::uint64_t spill_above : {std::uint64_t{1}, std::uint64_t{5000}, kPlenty}) {
    Disk disk(spill_above);
    BatchQueue queue({Type::kLong}, disk.context);
    std::int64_t pushed = 0, popped = 0;
    for (int step = 0; step < 1500 || popped < pushed; ++step) {
      if (step < 1500 && random() % 3 != 0) {
        const std::size_t rows = 1 + random() % 100;
        REQUIRE(queue.push(Batch({longs(pushed, rows, kNoModulus)}, rows)));
        pushed += static_cast<std::int64_t>(rows);
        continue;
      }
      Batch batch;
      const auto more = queue.pop(batch);
      REQUIRE(more);
      if (!*more) {
        REQUIRE(popped == pushed);
        continue;
      }
      const Cells<Type::kLong> cells(batch.column(0));
      for (std::size_t i = 0; i < batch.rows(); ++i) REQUIRE(cells[i] == popped++);
    }
    CHECK(popped == pushed);
    CHECK((disk.space.bytes_written() > 0) == (spill_above < kPlenty));
  }
}

TEST_CASE("a part comes back whole, in the order of places, where memory has room") {
  Disk disk(kPlenty);
  const auto loaded = load(disk, runs_of(disk, {3, 0, 2, 1}, 7), 0);
  REQUIRE(loaded);
  const Batch& rows = std::get<Batch>(*loaded);
  REQUIRE(rows.rows() == 200);
  const Cells<Type::kLong> places(rows.column(1));
  for (std::size_t i = 0; i < rows.rows(); ++i) CHECK(places[i] == static_cast<std::int64_t>(i));
}

TEST_CASE("a part that does not fit is cut by the next bits of the hash, and keeps its order") {
  Disk disk(1);
  auto loaded = load(disk, runs_of(disk, {3, 0, 2, 1}, 60), 0);
  REQUIRE(loaded);
  const Partitions& parts = std::get<Partitions>(*loaded);
  REQUIRE(parts.size() == kPartitions);
  std::vector<std::size_t> part_of(60, kPartitions);
  std::size_t rows = 0;
  for (std::size_t p = 0; p < kPartitions; ++p) {
    std::int64_t before = -1;
    for (const SpillRun& run : parts[p]) {
      RunReader reader(disk.space, run, {Type::kLong, Type::kLong}, RunReader::Room::kKept);
      for (Batch batch; *reader.next(batch);) {
        const Cells<Type::kLong> keys(batch.column(0)), places(batch.column(1));
        for (std::size_t i = 0; i < batch.rows(); ++i, ++rows) {
          auto& part = part_of[static_cast<std::size_t>(keys[i])];
          if (part == kPartitions) part = p;
          CHECK(part == p);
          CHECK(places[i] > before);
          before = places[i];
        }
      }
    }
  }
  CHECK(rows == 200);
}

TEST_CASE("rows of one key, and of the last level, are not cut again") {
  Disk disk(1);
  CHECK(std::holds_alternative<Batch>(*load(disk, runs_of(disk, {0, 1}, 1), 0)));
  CHECK(std::holds_alternative<Batch>(*load(disk, runs_of(disk, {0, 1}, 60), kMostLevels - 1)));
}
