// Runs the example of every function, aggregate and operator, as function.h and operator.h promise,
// and compares the first cell.
#include "common/json/writer.h"
#include "common/kql/engine.h"
#include "common/kql/functions/registry.h"
#include "common/kql/operators/operator.h"
#include "common/value/dynamic.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace quarry::kql {
namespace {

/// Keeps the first cell of the first row of the first result, as NDJSON spells it, a text without
/// its quotes.
class FirstCell final : public BatchSink {
 public:
  Result<void> begin(const Schema&, const std::string&) override { return {}; }
  Result<void> write(const Batch& batch) override {
    if (cell_ || batch.rows() == 0 || batch.column_count() == 0) return {};
    std::string text;
    json::append_cell(text, batch.column(0), 0);
    cell_.emplace();
    if (text.starts_with('"'))
      decode_json_string(std::string_view(text).substr(1, text.size() - 2), *cell_);
    else
      *cell_ = text;
    return {};
  }
  Result<void> end() override { return {}; }
  std::string text() const { return cell_.value_or("(no row)"); }

 private:
  std::optional<std::string> cell_;
};

std::string first_cell(std::string_view query) {
  CancelToken cancel;
  Diagnostics diagnostics;
  Catalog catalog({}, cancel, diagnostics);
  EngineOptions options;
  options.now = Datetime{638'500'000'000'000'000};
  options.random_seed = 1;
  Engine engine(std::move(options), catalog, cancel, diagnostics);
  FirstCell sink;
  if (engine.prepare(std::string(query))) {
    const Result<void> ran = engine.run(sink);
    if (!ran) return "error: " + ran.error().message();
  }
  for (const Diagnostic& diagnostic : diagnostics.sorted()) {
    if (diagnostic.level == Level::kError) return "error: " + diagnostic.message;
  }
  return sink.text();
}

void check(std::string_view name, std::string_view query, std::string_view result) {
  const std::string given = first_cell(query);
  CHECK_MESSAGE(given == result,
                fmt::format("{}: {}\n  promised {}\n  gives    {}", name, query, result, given));
}

}  // namespace

TEST_CASE("the example of every function and aggregate gives the declared result") {
  for (const FunctionRegistry::Entry& entry : FunctionRegistry::built_in().entries()) {
    const Example& example =
        entry.scalar != nullptr ? entry.scalar->example : entry.aggregate->example;
    check(entry.scalar != nullptr ? entry.scalar->name : entry.aggregate->name, example.query,
          example.result);
  }
}

TEST_CASE("the example of every operator gives the declared result") {
  for (const OperatorDef* const op : all_operators()) {
    if (!op->example.empty()) check(op->name, op->example, op->example_result);
  }
}

}  // namespace quarry::kql
