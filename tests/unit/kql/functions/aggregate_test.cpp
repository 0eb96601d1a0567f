// States merge in any order: what one worker gathers from all rows, several workers must gather
// from their shares.
#include "common/kql/functions/registry.h"
#include "common/value/builder.h"
#include "common/value/scalar.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace quarry::kql {
namespace {

constexpr std::size_t kGroups = 3;
constexpr std::size_t kBatch = 64;

struct Input {
  std::vector<Column> columns;
  std::vector<std::optional<Scalar>> constants;  // of the arguments behind the columns
};

/// One aggregate with the states of all groups of one worker.
class Worker {
 public:
  Worker(const AggregateKernel& kernel, const RunContext& run, const Input& input)
      : kernel_(kernel), run_(run), input_(input) {
    std::vector<const Scalar*> constants(input.columns.size());
    for (const auto& constant : input.constants)
      constants.push_back(constant ? &*constant : nullptr);
    if (kernel.prepare != nullptr) state_ = std::move(*kernel.prepare(run, constants));
    bytes_.resize(kGroups * words());
    for (std::size_t group = 0; group < kGroups; ++group) kernel.init(at(group));
  }
  ~Worker() {
    if (kernel_.destroy == nullptr) return;
    for (std::size_t group = 0; group < kGroups; ++group) kernel_.destroy(at(group));
  }

  /// Row i belongs to group i % kGroups.
  void push(std::size_t first, std::size_t count) {
    std::vector<Column> arguments;
    for (const Column& column : input_.columns) arguments.push_back(column.slice(first, count));
    for (const auto& constant : input_.constants) arguments.push_back(constant->as_column(count));
    std::vector<std::byte*> states;
    for (std::size_t i = 0; i < count; ++i) states.push_back(at((first + i) % kGroups));
    AggregateCall call{run_, state_.get(), arguments, states, first};
    kernel_.update(call);
  }
  void merge(Worker& from) {
    for (std::size_t group = 0; group < kGroups; ++group) kernel_.merge(at(group), from.at(group));
  }
  /// A worker whose states were written and read back.
  std::unique_ptr<Worker> reloaded() {
    auto copy = std::make_unique<Worker>(kernel_, run_, input_);
    std::string bytes;
    StateWriter out(bytes);
    for (std::size_t group = 0; group < kGroups; ++group) kernel_.save(at(group), out);
    StateReader in(bytes);
    for (std::size_t group = 0; group < kGroups; ++group) kernel_.load(copy->at(group), in);
    return copy;
  }
  std::string finish() {
    std::vector<std::byte*> states;
    for (std::size_t group = 0; group < kGroups; ++group) states.push_back(at(group));
    std::vector<Type> types;
    for (const Column& column : input_.columns) types.push_back(column.type());
    for (const auto& constant : input_.constants) types.push_back(constant->type());
    std::vector<Column> out;
    FinishCall call{run_, state_.get(), types, states, out};
    kernel_.finish(call);
    std::string text;
    for (const Column& column : out) {
      for (std::size_t row = 0; row < kGroups; ++row)
        text += to_literal(Scalar::from(column, row)) + "\n";
    }
    return text;
  }

 private:
  std::size_t words() const { return (kernel_.state_size + 7) / 8; }
  std::byte* at(std::size_t group) {
    return reinterpret_cast<std::byte*>(bytes_.data() + group * words());
  }

  const AggregateKernel& kernel_;
  const RunContext& run_;
  const Input& input_;
  std::unique_ptr<KernelState> state_;
  std::vector<std::uint64_t> bytes_;
};

AggregateKernel kernel_of(std::string_view name, const Input& input) {
  const AggregateDef* const def = FunctionRegistry::built_in().aggregate(name).def;
  REQUIRE(def != nullptr);
  std::vector<Argument> arguments;
  for (const Column& column : input.columns) arguments.push_back({column.type(), nullptr, "x"});
  for (const auto& constant : input.constants)
    arguments.push_back({constant->type(), &*constant, ""});
  if (def->resolve != nullptr) return def->resolve(arguments)->kernel;
  for (const AggregateOverload& overload : def->overloads) {
    if (overload.count != arguments.size()) continue;
    bool fits = true;
    for (std::size_t i = 0; i < arguments.size(); ++i)
      fits = fits && overload.params[i] == arguments[i].type;
    if (fits) return overload.kernel;
  }
  FAIL("no overload");
  return {};
}

/// Feeds all batches to one worker, then to several in a random deal, merged in a random order;
/// some of them are written and read back before.
void check_merge(std::string_view name, const Input& input) {
  CAPTURE(name);
  const AggregateKernel kernel = kernel_of(name, input);
  const RunContext run{};
  const std::size_t rows = input.columns.front().rows();
  Worker alone(kernel, run, input);
  for (std::size_t first = 0; first < rows; first += kBatch)
    alone.push(first, std::min(kBatch, rows - first));
  const std::string expected = alone.finish();
  const bool can_be_written = kernel.save != nullptr;
  REQUIRE(can_be_written);
  CHECK(alone.reloaded()->finish() == expected);
  std::mt19937 random(7);
  for (const std::size_t count : {2, 5}) {
    std::vector<std::unique_ptr<Worker>> workers;
    for (std::size_t i = 0; i < count; ++i)
      workers.push_back(std::make_unique<Worker>(kernel, run, input));
    for (std::size_t first = 0; first < rows; first += kBatch)
      workers[random() % count]->push(first, std::min(kBatch, rows - first));
    std::shuffle(workers.begin(), workers.end(), random);
    for (auto& worker : workers) {
      if (random() % 2 == 0) worker = worker->reloaded();
    }
    for (std::size_t i = 1; i < count; ++i) workers[0]->merge(*workers[i]);
    CHECK(workers[0]->finish() == expected);
  }
}

template <Type T, class Make>
Column column_of(std::size_t rows, const Make& make) {
  ColumnBuilder<T> out(rows);
  for (std::size_t i = 0; i < rows; ++i) make(out, i);
  return out.finish();
}

Column longs(std::size_t rows, std::int64_t range) {
  std::mt19937_64 random(1);
  return column_of<Type::kLong>(rows, [&](auto& out, std::size_t) {
    if (random() % 10 == 0)
      out.append_null();
    else
      out.append(static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(range)) -
                 range / 3);
  });
}
Column reals(std::size_t rows) {
  std::mt19937_64 random(2);
  return column_of<Type::kReal>(rows, [&](auto& out, std::size_t) {
    out.append(std::ldexp(static_cast<double>(random() % 1'000'003) - 5e5,
                          static_cast<int>(random() % 40)));
  });
}
Column texts(std::size_t rows, std::uint64_t range) {
  std::mt19937_64 random(3);
  return column_of<Type::kString>(rows, [&](auto& out, std::size_t) {
    const std::uint64_t number = random() % range;
    out.append_copy(number == 0 ? ""
                                : (number % 2 == 0 ? "a text too long for a cell " : "t") +
                                      std::to_string(number));
  });
}
Column bags(std::size_t rows) {
  std::mt19937_64 random(4);
  return column_of<Type::kDynamic>(rows, [&](auto& out, std::size_t i) {
    const std::string key = std::to_string(random() % 40);
    out.append_copy(i % 3 == 0 ? "[" + key + ",\"" + key + "\"]"
                               : "{\"" + key + "\":" + std::to_string(i) + "}");
  });
}

}  // namespace

TEST_CASE("aggregates of numbers merge in any order") {
  for (const std::size_t rows :
       {std::size_t{0}, std::size_t{1}, std::size_t{3000}, std::size_t{40'000}}) {
    for (const std::string_view name :
         {"sum", "avg", "min", "max", "dcount", "count_distinct", "make_set", "make_list",
          "take_any", "hll", "tdigest", "make_list_with_nulls"}) {
      check_merge(name, {{longs(rows, 20'000)}, {}});
      check_merge(name, {{reals(rows)}, {}});
    }
    for (const std::string_view name : {"binary_all_and", "binary_all_or", "binary_all_xor"})
      check_merge(name, {{longs(rows, 1 << 20)}, {}});
    for (const std::string_view name : {"stdev", "variancep"})
      check_merge(name, {{reals(rows)}, {}});
  }
}

TEST_CASE("aggregates of texts and dynamic values merge in any order") {
  for (const std::size_t rows : {std::size_t{1}, std::size_t{500}, std::size_t{5000}}) {
    for (const std::string_view name :
         {"min", "max", "dcount", "make_set", "make_list", "take_any"}) {
      check_merge(name, {{texts(rows, 800)}, {}});
      check_merge(name, {{bags(rows)}, {}});
    }
    check_merge("make_bag", {{bags(rows)}, {}});
    check_merge("buildschema", {{bags(rows)}, {}});
    check_merge("make_set", {{texts(rows, 800)}, {Scalar::of(std::int64_t{17})}});
    check_merge("make_list", {{bags(rows)}, {Scalar::of(std::int64_t{17})}});
    check_merge("make_bag", {{bags(rows)}, {Scalar::of(std::int64_t{5})}});
  }
}

TEST_CASE("extreme rows are the earliest of equals, however they are merged") {
  for (const std::size_t rows : {std::size_t{1}, std::size_t{700}, std::size_t{9000}}) {
    for (const std::string_view name : {"arg_max", "arg_min"}) {
      check_merge(name, {{longs(rows, 12), texts(rows, 100'000), bags(rows)}, {}});
      check_merge(name, {{texts(rows, 30), longs(rows, 1000)}, {}});
    }
    check_merge("take_any", {{texts(rows, 4), longs(rows, 50)}, {}});
  }
}

TEST_CASE("percentiles merge in any order, exact or sketched") {
  for (const std::size_t rows :
       {std::size_t{2}, std::size_t{4000}, std::size_t{13'000}, std::size_t{100'000}}) {
    check_merge("percentiles",
                {{reals(rows)}, {Scalar::of(1.0), Scalar::of(50.0), Scalar::of(99.9)}});
    check_merge("percentiles", {{longs(rows, 1'000'000'000)}, {Scalar::of(25.0)}});
  }
}

}  // namespace quarry::kql
