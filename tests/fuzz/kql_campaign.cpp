// Queries out of the grammar over small random tables, in several shapes.
#include "common/kql/operators/operator.h"
#include "common/kql/operators/plugins/plugin.h"
#include "tests/fuzz/campaigns.h"
#include "tests/fuzz/engine/compare.h"
#include "tests/fuzz/grammar/inputs.h"
#include "tests/fuzz/grammar/queries.h"
#include "tests/fuzz/test_text.h"

#include <fmt/format.h>

namespace quarry::fuzz {
namespace {

constexpr std::size_t kBatchSizes[]{1, 2, 3, 7, 64, 1023, 1024, 1025, 4096};

Shape random_shape(Random& random) {
  return {.batch_rows = random.pick(kBatchSizes),
          .threads = static_cast<int>(1 + random.below(4)),
          .use_needles = random.percent(70),
          .block_bytes = random.percent(50) ? 0 : 64 + random.below(500),
          .spill = random.percent(30)};
}

std::string missing(std::string_view what, std::size_t total, const std::set<std::uint32_t>& seen,
                    const std::function<std::string_view(std::uint32_t)>& name) {
  std::string names;
  for (std::uint32_t i = 0; i < total; ++i) {
    if (!seen.contains(i)) names += fmt::format(" {}", name(i));
  }
  return fmt::format("{}: {} of {}{}{}\n", what, seen.size(), total,
                     names.empty() ? "" : "; never:", names);
}

class KqlCampaign final : public Campaign {
 public:
  std::string_view name() const override { return "kql"; }
  std::string_view summary() const override {
    return "queries out of the grammar over small tables, compared in several shapes";
  }
  void prepare() override { (void)catalogue(); }

  void run_case(Random& random, Recorder& recorder) override {
    const std::vector<InputTable> tables = random_tables(random);
    const Query query = random_query(random, tables, [&](const std::string& text) {
      recorder.describe(print_case(text, tables));
    });
    recorder.describe(print_case(query.text, tables));
    const Shape shapes[]{{}, random_shape(random)};
    const Ran ran = run(query.text, tables, shapes, query.repeatable, recorder);
    recorder.count("queries");
    if (query.broken) recorder.count("broken on purpose");
    if (ran.accepted) recorder.count("accepted");
    if (ran.limited) recorder.count("limited");
    if (!ran.finished) return;
    recorder.count("executed");
    if (ran.rows > 0) recorder.count("with rows");
    if (query.broken) return;
    for (const std::uint32_t i : query.functions) recorder.covered(0, i);
    for (const std::uint32_t i : query.operators) recorder.covered(1, i);
    for (const std::uint32_t i : query.plugins) recorder.covered(2, i);
  }

  void run_bytes(std::span<const std::uint8_t> bytes, Recorder& recorder) override {
    Random random(bytes);
    run_case(random, recorder);
  }

  void run_file(const std::string& text, Recorder& recorder) override {
    const Shape shapes[]{{},
                         {.batch_rows = 3, .threads = 3, .use_needles = false, .block_bytes = 64},
                         {.batch_rows = 64, .spill = true}};
    for (const TextCase& each : read_cases(text)) {
      for (const std::string& query : each.queries) {
        recorder.describe(print_case(query, each.tables));
        (void)run(query, each.tables, shapes, true, recorder);
      }
    }
  }

  std::string coverage(const std::set<std::uint32_t> (&seen)[3]) const override {
    const auto& functions = catalogue().functions;
    const auto operators = kql::all_operators();
    const auto plugins = kql::operators::all_plugins();
    return missing("functions", functions.size(), seen[0],
                   [&](auto i) -> std::string_view { return functions[i].name; }) +
           missing("operators", operators.size(), seen[1],
                   [&](auto i) { return operators[i]->name; }) +
           missing("plugins", plugins.size(), seen[2], [&](auto i) { return plugins[i]->name; });
  }

 private:
  static Ran run(const std::string& query, std::span<const InputTable> tables,
                 std::span<const Shape> shapes, bool repeatable, Recorder& recorder) {
    write_files(tables, recorder.folder());
    const std::string layout = check_layout(query, tables);
    if (!layout.empty()) recorder.finding(layout);
    Compared compared = compare_shapes(query, tables, recorder.folder(), shapes, repeatable);
    if (!compared.finding.empty()) recorder.finding(compared.finding);
    return std::move(compared.first);
  }
};

}  // namespace

Campaign& kql_campaign() {
  static KqlCampaign campaign;
  return campaign;
}

}  // namespace quarry::fuzz
