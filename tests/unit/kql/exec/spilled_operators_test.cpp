// Operators that write rows to disk give what they give in memory: the same rows in the same order,
// for any number of threads, whenever they begin to write.
#include "common/kql/exec/aggregate.h"
#include "common/kql/exec/hash_join.h"
#include "common/kql/exec/partition.h"
#include "common/kql/exec/scan.h"
#include "common/kql/exec/sort.h"
#include "common/kql/exec/spill/spill_space.h"
#include "common/kql/exec/window.h"
#include "common/value/builder.h"
#include "common/value/scalar.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <functional>
#include <random>
#include <utility>

using namespace quarry;
using namespace quarry::exec;

namespace {

constexpr std::uint64_t kPlenty = std::uint64_t{1} << 30;
const std::vector<Type> kTypes{Type::kLong, Type::kString, Type::kReal, Type::kDynamic};

/// Rows of number, text, real and dynamic, with nulls; few distinct values of each but the number.
std::vector<Batch> random_rows(std::size_t rows, unsigned seed, std::uint64_t distinct) {
  std::mt19937_64 random(seed);
  std::vector<Batch> batches;
  std::int64_t number = 0;
  while (rows > 0) {
    const std::size_t count = std::min<std::size_t>(rows, 1 + random() % 300);
    rows -= count;
    ColumnBuilder<Type::kLong> numbers;
    ColumnBuilder<Type::kString> texts;
    ColumnBuilder<Type::kReal> reals;
    ColumnBuilder<Type::kDynamic> dynamics;
    for (std::size_t i = 0; i < count; ++i) {
      numbers.append(number++);
      texts.append_copy("text of some length " + std::to_string(random() % distinct));
      if (random() % 10 == 0)
        reals.append_null();
      else
        reals.append(static_cast<double>(random() % distinct) / 4);
      if (random() % 5 == 0)
        dynamics.append_null();
      else
        dynamics.append_copy("{\"a\":" + std::to_string(random() % distinct) + "}");
    }
    batches.push_back(
        Batch({numbers.finish(), texts.finish(), reals.finish(), dynamics.finish()}, count));
  }
  return batches;
}

/// Batches as morsels for any number of workers.
class ManyWorkers final : public Source {
 public:
  explicit ManyWorkers(std::vector<Batch> batches) : batches_(std::move(batches)) {}
  Result<std::unique_ptr<table::Scan>> open(const ExecContext&, int) override {
    return std::unique_ptr<table::Scan>(std::make_unique<OneEach>(batches_));
  }

 private:
  class OneEach final : public table::Scan {
   public:
    explicit OneEach(const std::vector<Batch>& batches) : batches_(batches) {}
    struct Mine final : Worker {
      const Batch* batch = nullptr;
    };
    std::unique_ptr<Worker> make_worker() override { return std::make_unique<Mine>(); }
    Result<std::optional<std::uint64_t>> next_morsel(Worker& worker) override {
      const std::size_t at = next_.fetch_add(1);
      if (at >= batches_.size()) return std::optional<std::uint64_t>();
      static_cast<Mine&>(worker).batch = &batches_[at];
      return std::optional<std::uint64_t>(at);
    }
    Result<bool> read(Worker& worker, Batch& out) override {
      const Batch* const batch = std::exchange(static_cast<Mine&>(worker).batch, nullptr);
      if (batch != nullptr) out = *batch;
      return batch != nullptr;
    }

   private:
    const std::vector<Batch>& batches_;
    std::atomic<std::size_t> next_{0};
  };
  std::vector<Batch> batches_;
};

/// Runs pipelines one after the other and prints what comes out of the last, a line a row.
class Run {
 public:
  Run(int threads, std::uint64_t spill_above)
      : space_(std::filesystem::temp_directory_path().string()), memory_(kPlenty, spill_above) {
    context_.spill = &space_;
    context_.memory = &memory_;
    context_.threads = threads;
    context_.batch_rows = 100;
  }
  void run(std::shared_ptr<Source> source, std::vector<std::shared_ptr<const Operator>> operators,
           std::shared_ptr<Sink> sink) {
    Pipeline pipeline;
    pipeline.legs.push_back({std::move(source), std::move(operators)});
    pipeline.sink = std::move(sink);
    const Result<void> result = run_pipeline(pipeline, context_);
    REQUIRE_MESSAGE(result, result.error().message());
  }
  std::string shown(std::shared_ptr<Source> source,
                    std::vector<std::shared_ptr<const Operator>> operators = {}) {
    const auto rows = std::make_shared<Collect>();
    run(std::move(source), std::move(operators), rows);
    std::string text;
    for (const Batch& batch : *rows->batches()) {
      for (std::size_t row = 0; row < batch.rows(); ++row) {
        for (const Column& column : batch.columns())
          text += to_literal(Scalar::from(column, row)) + '\t';
        text += '\n';
      }
    }
    return text;
  }
  bool has_spilled() const { return space_.bytes_written() > 0; }

 private:
  SpillSpace space_;
  MemoryBudget memory_;
  ExecContext context_;
};

/// `query` gives the same text with and without disk.
void check_same(const std::function<std::string(Run&)>& query) {
  Run in_memory(1, kPlenty);
  const std::string expected = query(in_memory);
  REQUIRE(!in_memory.has_spilled());
  for (const int threads : {1, 2, 7}) {
    for (const std::uint64_t spill_above : {std::uint64_t{1}, std::uint64_t{30'000}, kPlenty}) {
      CAPTURE(threads);
      CAPTURE(spill_above);
      Run run(threads, spill_above);
      const bool same = query(run) == expected;
      CHECK(same);
      CHECK(run.has_spilled() == (spill_above != kPlenty));
    }
  }
}

std::shared_ptr<Source> source_of(const std::vector<Batch>& batches) {
  return std::make_shared<ManyWorkers>(batches);
}

Expression column(std::size_t at) { return Expression::of_column(at, kTypes[at]); }

// An aggregate with a flat state (how many rows) and one on the heap (which rows, in order).

void init_count(std::byte* state) { new (state) std::int64_t(0); }
void update_count(kql::AggregateCall& call) {
  for (std::byte* state : call.states) ++*reinterpret_cast<std::int64_t*>(state);
}
void merge_count(std::byte* into, std::byte* from) {
  *reinterpret_cast<std::int64_t*>(into) += *reinterpret_cast<std::int64_t*>(from);
}
void finish_count(kql::FinishCall& call) {
  ColumnBuilder<Type::kLong> out;
  for (std::byte* state : call.states) out.append(*reinterpret_cast<std::int64_t*>(state));
  call.out.push_back(out.finish());
}

struct Orders {
  std::vector<kql::RowOrder> rows;
  void save(kql::StateWriter& out) const { out.put_all(rows); }
  static Orders loaded(kql::StateReader& in) { return {in.take_all<kql::RowOrder>()}; }
};
Orders*& orders_at(std::byte* state) { return *reinterpret_cast<Orders**>(state); }
void init_orders(std::byte* state) { new (state) Orders*(nullptr); }
void destroy_orders(std::byte* state) { delete orders_at(state); }
void update_orders(kql::AggregateCall& call) {
  for (std::size_t i = 0; i < call.states.size(); ++i) {
    Orders*& orders = orders_at(call.states[i]);
    if (orders == nullptr) orders = new Orders();
    orders->rows.push_back(call.first + i);
  }
}
void merge_orders(std::byte* into, std::byte* from) {
  if (orders_at(into) == nullptr) return std::swap(orders_at(into), orders_at(from));
  auto& rows = orders_at(into)->rows;
  rows.insert(rows.end(), orders_at(from)->rows.begin(), orders_at(from)->rows.end());
  std::sort(rows.begin(), rows.end());
}
void finish_orders(kql::FinishCall& call) {
  ColumnBuilder<Type::kString> out;
  for (std::byte* state : call.states) {
    std::string text;
    for (const kql::RowOrder row : orders_at(state)->rows) text += std::to_string(row) + ' ';
    out.append_copy(text);
  }
  call.out.push_back(out.finish());
}

AggregatePlan plan_by(std::vector<Expression> keys) {
  AggregatePlan plan;
  plan.keys = std::move(keys);
  kql::AggregateKernel count;
  count.result = Type::kLong;
  count.state_size = sizeof(std::int64_t);
  count.init = &init_count;
  count.update = &update_count;
  count.merge = &merge_count;
  count.finish = &finish_count;
  count.save = &kql::save_flat<std::int64_t>;
  count.load = &kql::load_flat<std::int64_t>;
  kql::AggregateKernel orders;
  orders.result = Type::kString;
  orders.state_size = sizeof(Orders*);
  orders.init = &init_orders;
  orders.update = &update_orders;
  orders.merge = &merge_orders;
  orders.finish = &finish_orders;
  orders.destroy = &destroy_orders;
  orders.save = &kql::save_pointed<Orders>;
  orders.load = &kql::load_pointed<Orders>;
  plan.steps.push_back({orders, {}, std::nullopt});
  plan.steps.push_back({count, {}, std::nullopt});
  return plan;
}

/// Every second row of the group, twice.
class SecondRows final : public RowProgram {
 public:
  Result<std::vector<Batch>> run(const Batch& rows, const ExecContext&) const override {
    auto second = std::make_shared<std::vector<std::uint32_t>>();
    for (std::uint32_t row = 0; row < rows.rows(); row += 2) second->push_back(row);
    return std::vector<Batch>{rows.selected(second), rows.selected(second)};
  }
};

}  // namespace

TEST_CASE("sort and top on disk are as in memory") {
  const std::vector<Batch> rows = random_rows(20'000, 1, 50);
  for (const auto limit : {std::optional<std::uint64_t>(), std::optional<std::uint64_t>(5000)}) {
    check_same([&](Run& run) {
      const auto sort = std::make_shared<Sort>(
          std::vector<SortKey>{{.column = 2, .descending = true}, {.column = 1}}, kTypes, limit);
      run.run(source_of(rows), {}, sort);
      return run.shown(std::make_shared<BreakerSource>(sort->rows()));
    });
  }
}

TEST_CASE("groups on disk are as in memory") {
  for (const std::uint64_t distinct : {3, 200, 100'000}) {
    const std::vector<Batch> rows = random_rows(20'000, 2, distinct);
    check_same([&](Run& run) {
      const auto sink = std::make_shared<Aggregate>(plan_by({column(1), column(3)}));
      run.run(source_of(rows), {}, sink);
      return run.shown(std::make_shared<BreakerSource>(sink->rows()));
    });
  }
}

TEST_CASE("joins on disk are as in memory, of every mode") {
  const std::vector<Batch> build = random_rows(2000, 3, 700);
  const std::vector<Batch> probe = random_rows(2500, 4, 700);
  for (const JoinMode mode :
       {JoinMode::kInner, JoinMode::kOuter, JoinMode::kSemi, JoinMode::kAnti, JoinMode::kFull}) {
    for (const JoinKeys which : {JoinKeys::kAll, JoinKeys::kDistinct}) {
      if (which == JoinKeys::kDistinct && mode != JoinMode::kInner) continue;  // innerunique
      for (const std::size_t key : {1, 2}) {
        CAPTURE(static_cast<int>(mode));
        CAPTURE(key);
        check_same([&](Run& run) {
          const auto table = std::make_shared<JoinTable>();
          run.run(
              source_of(build), {},
              std::make_shared<JoinBuild>(table, mode, std::vector{column(key)}, kTypes, which));
          return run.shown(
              source_of(probe),
              {std::make_shared<JoinProbe>(table, mode, std::vector{column(key)}, kTypes, kTypes)});
        });
      }
    }
  }
}

TEST_CASE("groups with operators of their own on disk are as in memory") {
  const std::vector<Batch> rows = random_rows(10'000, 5, 700);
  check_same([&](Run& run) {
    const auto sink =
        std::make_shared<Partition>(std::make_shared<SecondRows>(), kTypes, 2, kTypes);
    run.run(source_of(rows), {}, sink);
    return run.shown(std::make_shared<BreakerSource>(sink->rows()));
  });
}

TEST_CASE("rows that wait for later ones do so on disk as in memory") {
  const std::vector<Batch> rows = random_rows(10'000, 6, 1000);
  for (const std::size_t farthest : {1, 150, 4000, 20'000}) {
    CAPTURE(farthest);
    check_same([&](Run& run) {
      std::vector<WindowStep> steps;
      steps.push_back({column(1), farthest, column(1)});
      steps.push_back({column(0), std::nullopt, std::nullopt});
      steps.push_back({column(3), farthest / 2, std::nullopt});
      steps.push_back({column(0), 0, std::nullopt});
      return run.shown(source_of(rows), {std::make_shared<Window>(std::move(steps))});
    });
  }
}
