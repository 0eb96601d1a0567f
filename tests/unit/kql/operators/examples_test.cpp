// The examples that operators and plugins carry are run: one that lies is a red test.
#include "common/kql/engine.h"
#include "common/kql/operators/operator.h"
#include "common/kql/operators/plugins/plugin.h"

#include <doctest/doctest.h>

#include <optional>
#include <string>

namespace {

using namespace quarry;

/// Keeps the first cell of the first row of the first result that has one.
class FirstCell final : public BatchSink {
 public:
  Result<void> begin(const Schema&, const std::string&) override { return {}; }
  Result<void> write(const Batch& batch) override {
    if (!cell && batch.rows() > 0 && batch.column_count() > 0)
      cell = Scalar::from(batch.column(0), 0);
    return {};
  }
  Result<void> end() override { return {}; }
  std::optional<Scalar> cell;
};

std::string first_cell(std::string_view query) {
  Diagnostics diagnostics;
  CancelToken cancel;
  kql::Catalog catalog({}, cancel, diagnostics);
  kql::Engine engine({}, catalog, cancel, diagnostics);
  FirstCell sink;
  if (!engine.prepare(std::string(query)) || !engine.run(sink))
    return diagnostics.has_errors() ? diagnostics.sorted().front().message : "an error";
  if (!sink.cell) return "no row";
  if (sink.cell->type() == Type::kDynamic) return sink.cell->get<DynamicText>().json;
  return kql::operators::text_of(*sink.cell);
}

}  // namespace

TEST_CASE("the examples of plugins give what they say") {
  for (const kql::operators::PluginDef* plugin : kql::operators::all_plugins()) {
    INFO(plugin->example);
    CHECK(first_cell(plugin->example) == std::string(plugin->example_result));
  }
}

TEST_CASE("the examples of operators give what they say") {
  for (const kql::OperatorDef* op : kql::all_operators()) {
    if (op->example.empty()) continue;
    INFO(op->example);
    CHECK(first_cell(op->example) == std::string(op->example_result));
  }
}

TEST_CASE("every plugin is documented") {
  for (const kql::operators::PluginDef* plugin : kql::operators::all_plugins()) {
    CHECK_MESSAGE(!plugin->summary.empty(), plugin->name);
    for (const kql::Param& param : plugin->params) CHECK_MESSAGE(!param.help.empty(), plugin->name);
  }
}
