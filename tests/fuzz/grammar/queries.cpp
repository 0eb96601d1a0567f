#include "tests/fuzz/grammar/queries.h"

#include "common/kql/operators/operator.h"
#include "common/kql/operators/plugins/plugin.h"
#include "tests/fuzz/grammar/inputs.h"
#include "tests/fuzz/grammar/operators.h"
#include "tests/fuzz/grammar/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace quarry::fuzz {
namespace {

constexpr int kAttempts = 6;  // for one operator

/// Documented examples are queries too: they reach what a random argument seldom does.
struct Example {
  std::string_view query;
  int kind = 0;  // 0 function, 1 operator, 2 plugin
  std::uint32_t index = 0;
};

/// By kind.
using Examples = std::array<std::vector<Example>, 3>;

const Examples& examples() {
  static const Examples all = [] {
    Examples made;
    const auto& functions = catalogue().functions;
    for (std::uint32_t i = 0; i < functions.size(); ++i) {
      if (!functions[i].example.empty()) made[0].push_back({functions[i].example, 0, i});
    }
    const auto operators = kql::all_operators();
    for (std::uint32_t i = 0; i < operators.size(); ++i) {
      if (!operators[i]->example.empty()) made[1].push_back({operators[i]->example, 1, i});
    }
    const auto plugins = kql::operators::all_plugins();
    for (std::uint32_t i = 0; i < plugins.size(); ++i)
      made[2].push_back({plugins[i]->example, 2, i});
    return made;
  }();
  return all;
}

bool orders_rows(std::string_view name) {
  return name == "sort" || name == "serialize" || name == "top" || name == "range";
}

/// Which operators give rows by chance is told by their words alone.
bool is_by_chance(std::string_view name) { return name.starts_with("sample"); }

class QueryMaker {
 public:
  QueryMaker(Random& random, std::span<const InputTable> tables,
             const std::function<void(const std::string&)>& before_check)
      : random_(random), tables_(tables), before_check_(before_check) {}

  Query make() {
    if (!begin()) return std::move(query_);
    const std::uint64_t operators = random_.below(6);
    for (std::uint64_t i = 0; i < operators && checked_.results == 1; ++i) grow();
    if (random_.percent(6)) damage();
    return std::move(query_);
  }

 private:
  bool accept(const std::string& text) {
    before_check_(text);
    Checked checked = check_query(text, tables_);
    if (!checked.accepted) return false;
    query_.text = text;
    checked_ = std::move(checked);
    return true;
  }

  void note(const OperatorMaker& maker) {
    query_.functions.insert(maker.functions.begin(), maker.functions.end());
    query_.operators.insert(maker.operators.begin(), maker.operators.end());
    query_.plugins.insert(maker.plugins.begin(), maker.plugins.end());
    query_.repeatable = query_.repeatable && maker.repeatable;
    for (const std::uint32_t index : maker.operators) {
      if (is_by_chance(kql::all_operators()[index]->name)) query_.repeatable = false;
    }
  }

  void note(const Example& example) {
    (example.kind == 0   ? query_.functions
     : example.kind == 1 ? query_.operators
                         : query_.plugins)
        .insert(example.index);
    if (example.kind == 0 && !catalogue().functions[example.index].repeatable)
      query_.repeatable = false;
    if (example.kind == 1 && is_by_chance(kql::all_operators()[example.index]->name))
      query_.repeatable = false;
  }

  Scope scope() const {
    Scope scope;
    for (const ColumnSchema& column : checked_.schema.columns)
      scope.columns.push_back({written_name(column.name), column.type});
    for (const InputTable& table : tables_) scope.tables.push_back(table.name());
    scope.serialized = serialized_;
    return scope;
  }

  bool begin() {
    if (random_.percent(10)) {
      const Example& example = random_.pick(examples()[random_.below(3)]);
      if (accept(std::string(example.query))) {
        note(example);
        return true;
      }
    }
    if (random_.percent(20)) return accept(random_datatable(random_));
    if (random_.percent(15)) {
      const auto all = kql::all_operators();
      const auto index = static_cast<std::uint32_t>(random_.below(all.size()));
      const Scope from = scope();
      OperatorMaker maker(random_, from, 3);
      if (all[index]->may_start && accept(maker.write(index))) {
        note(maker);
        return true;
      }
    }
    std::string text = random_.pick(tables_).name();
    if (random_.percent(10))
      text = fmt::format("let L = {}; {}", text, random_.percent(50) ? "L" : "L | union L");
    return accept(text) || accept("print a = 1");
  }

  void grow() {
    const Scope now = scope();
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
      OperatorMaker maker(random_, now, 3);
      const std::string op = maker.any();
      if (!accept(fmt::format("{} | {}", query_.text, op))) {
        if (random_.percent(1)) {  // keep what is refused, now and then
          query_.text = fmt::format("{} | {}", query_.text, op);
          checked_.results = 0;
          return;
        }
        continue;
      }
      note(maker);
      serialized_ = orders_rows(op.substr(0, op.find(' ')));
      return;
    }
  }

  void damage() {
    query_.broken = true;
    constexpr std::string_view kPieces[]{"|",    "(",     ")",  "[",  "]",  "{",    "}",
                                         ",",    ";",     "\"", "'",  "\\", "//",   "\n",
                                         " by ", " let ", "..", "=",  "==", "*",    "-",
                                         "@",    "\xff",  "é",  "0x", "1e", "null", "$left."};
    for (std::uint64_t count = 1 + random_.below(3); count > 0 && !query_.text.empty(); --count) {
      const std::size_t at = random_.below(query_.text.size());
      const std::size_t length = std::min<std::size_t>(random_.below(6), query_.text.size() - at);
      if (random_.percent(50)) query_.text.erase(at, length);
      if (random_.percent(60))
        query_.text.insert(std::min(at, query_.text.size()), random_.pick(kPieces));
    }
  }

  Random& random_;
  std::span<const InputTable> tables_;
  const std::function<void(const std::string&)>& before_check_;
  Query query_;
  Checked checked_;
  bool serialized_ = false;
};

}  // namespace

Query random_query(Random& random, std::span<const InputTable> tables,
                   const std::function<void(const std::string&)>& before_check) {
  return QueryMaker(random, tables, before_check).make();
}

}  // namespace quarry::fuzz
