#include "tests/fuzz/grammar/operators.h"

#include "common/kql/operators/operator.h"
#include "common/kql/operators/plugins/plugin.h"
#include "tests/fuzz/grammar/syntax_text.h"
#include "tests/fuzz/grammar/values.h"

#include <fmt/format.h>

#include <cctype>
#include <map>

namespace quarry::fuzz {
namespace {

const SyntaxNode& syntax_of(const kql::OperatorDef& def) {
  static std::map<std::string_view, SyntaxNode> known;
  auto found = known.find(def.name);
  if (found == known.end()) found = known.emplace(def.name, read_syntax(def.syntax)).first;
  return found->second;
}

std::string step_of(Random& random, Type type) {
  switch (type) {
    case Type::kDatetime:
    case Type::kTimespan:
      return std::string(random.pick({"1d", "1h", "10000d", "365d"}));
    case Type::kReal:
      return std::string(random.pick({"0.5", "1.0", "100.0"}));
    default:
      return std::string(random.pick({"1", "2", "10", "1000", "-1"}));
  }
}

std::string bound_of(Random& random, Type type) {
  switch (type) {
    case Type::kDatetime:
      return std::string(random.pick(
          {"datetime(2024-05-01)", "datetime(2024-05-03 05:00)", "datetime(2023-12-31)"}));
    case Type::kTimespan:
      return std::string(random.pick({"0s", "1h", "2d"}));
    case Type::kReal:
      return std::string(random.pick({"0.0", "1.5", "20.0"}));
    default:
      return fmt::format("{}", random.below(30));
  }
}

}  // namespace

bool is_of_graphs(std::string_view name) { return name.starts_with("graph-"); }

std::string OperatorMaker::new_name() {
  if (random_.percent(8)) {
    const std::string old = expressions_.column(Type::kUnknown);
    if (!old.empty()) return old;
  }
  return fmt::format("x{}", random_.below(12));
}

std::string OperatorMaker::prefix() {
  std::string name = random_.percent(70) || scope_.tables.empty()
                         ? expressions_.column(Type::kUnknown)
                         : random_.pick(scope_.tables);
  if (name.empty() || std::isalpha(static_cast<unsigned char>(name[0])) == 0) return "x*";
  return name.substr(0, 1) + "*";
}

std::string OperatorMaker::expression(Type type) { return expressions_.of(type, depth_); }
std::string OperatorMaker::aggregate() { return expressions_.aggregate(depth_); }

std::string OperatorMaker::pipeline(int most) {
  std::string text;
  for (std::uint64_t count = 1 + random_.below(static_cast<std::uint64_t>(most)); count > 0;
       --count) {
    if (!text.empty()) text += " | ";
    text += any();
  }
  return text;
}

std::string OperatorMaker::fill_plugin() {
  const auto plugins_of = kql::operators::all_plugins();
  const auto index = static_cast<std::uint32_t>(random_.below(plugins_of.size()));
  plugins.insert(index);
  const kql::operators::PluginDef& plugin = *plugins_of[index];
  const std::vector<std::string> written = arguments_in(plugin.example, plugin.name);
  std::vector<std::string> arguments;
  for (std::size_t i = 0; i < std::max(written.size(), plugin.params.size()); ++i) {
    const bool optional = i < plugin.params.size() && plugin.params[i].optional;
    if (optional && random_.percent(60)) break;
    const std::string_view name = i < plugin.params.size() ? plugin.params[i].name : "";
    const bool column = name.find("olumn") != std::string_view::npos || name == "dim";
    if (column || i >= written.size() || random_.percent(20)) {
      arguments.push_back(column ? expressions_.column(Type::kUnknown) : expressions_.any(1));
    } else {
      arguments.push_back(written[i]);
    }
  }
  return fmt::format("{}({})", plugin.name, fmt::join(arguments, ", "));
}

std::string OperatorMaker::fill(std::string_view hole, std::string_view before) {
  if (hole.starts_with('"')) {
    const bool column = hole.starts_with("\"Column") || hole.starts_with("\"Prefix");
    if (hole.size() < 6) return std::string(hole);  // ","
    return column ? fmt::format("\"{}\"", expressions_.column(Type::kUnknown))
                  : literal(random_, Type::kString);
  }
  const auto is = [&](std::initializer_list<std::string_view> words) {
    for (const std::string_view word : words) {
      if (hole == word) return true;
    }
    return false;
  };
  if (is({"N"}))
    return fmt::format("{}", random_.percent(95) ? random_.below(20) : random_.below(200000));
  if (hole == "Column" && before.ends_with("=> ") && !declared_.empty()) {
    const ColumnSchema& column = random_.pick(declared_);
    declared_type_ = column.type;
    return column.name;
  }
  if (hole == "Column" && before.rfind("declare (") != std::string_view::npos &&
      before.rfind("declare (") + 40 > before.size()) {
    declared_.push_back({fmt::format("x{}", declared_.size()), Type::kLong});
    return declared_.back().name;
  }
  if (is({"Column", "Old", "Source", "Target", "Id"})) {
    if (hole == "Column" && before.ends_with("=")) return new_name();
    const std::string name = random_.percent(92) ? expressions_.column(Type::kUnknown) : "";
    return name.empty() ? new_name() : name;
  }
  if (is({"Name", "New", "Property"})) return before.ends_with("with_node_id=") ? "id" : new_name();
  if (is({"Predicate", "Condition"})) return expression(Type::kBool);
  if (is({"Aggregate"})) return aggregate();
  if (is({"Array"})) {
    const std::string column = expressions_.column(Type::kDynamic);
    return column.empty() || random_.percent(30) ? expression(Type::kDynamic) : column;
  }
  if (is({"Type", "type"})) {
    declared_type_ = random_.pick(kAllTypes);
    if (!declared_.empty()) declared_.back().type = declared_type_;
    return std::string(name_of(declared_type_));
  }
  if (is({"Default"})) return literal(random_, declared_type_);
  if (is({"Value"}) && !declared_.empty()) return expression(declared_type_);
  if (is({"Table", "Nodes"})) {
    if (scope_.tables.empty()) return "(print k = 1, s = 'a')";
    const std::string& table = random_.pick(scope_.tables);
    return depth_ > 0 && random_.percent(25)
               ? fmt::format("({} | take {})", table, random_.below(9))
               : table;
  }
  if (is({"Prefix*"})) return prefix();
  if (is({"Operators"})) return pipeline(2);
  if (is({"Pipeline"}))
    return scope_.tables.empty() ? "print k = 2"
                                 : fmt::format("{} | {}", random_.pick(scope_.tables), any());
  if (is({"Kind"}))
    return std::string(random_.pick({"inner", "innerunique", "leftouter", "rightouter", "fullouter",
                                     "leftsemi", "rightsemi", "leftanti", "rightanti"}));
  if (is({"Axis"})) {
    constexpr Type kAxes[]{Type::kLong, Type::kDatetime, Type::kReal, Type::kTimespan};
    axis_ = random_.pick(kAxes);
    const std::string column = expressions_.column(axis_);
    return column.empty() ? expression(axis_) : column;
  }
  if (is({"Start", "End"})) return bound_of(random_, axis_);
  if (is({"Step"})) return step_of(random_, axis_);
  if (is({"Flags"})) return std::string(random_.pick({"i", "m", "s", "U"}));
  if (is({"Real"})) return std::string(random_.pick({"0.1", "0.5", "0.99"}));
  if (is({"Text", "Pattern"})) return literal(random_, Type::kString);
  if (is({"Value", "Constant"})) return literal(random_, expressions_.a_type());
  if (is({"Chart"}))
    return std::string(random_.pick({"timechart", "table", "piechart", "columnchart"}));
  if (is({"Key"})) {
    const std::string column = random_.percent(70) ? expressions_.column(Type::kUnknown) : "";
    return column.empty() ? expressions_.any(depth_) : column;
  }
  return expressions_.any(depth_);
}

/// make-graph and what ends it: a graph alone is no result.
std::string OperatorMaker::graph(std::uint32_t index) {
  const auto all = kql::all_operators();
  std::string text = write_syntax(syntax_of(*all[index]), random_,
                                  [this](auto hole, auto before) { return fill(hole, before); });
  if (text.find("with") == std::string::npos) text += " with_node_id=id";
  Scope inside = scope_;
  inside.columns.push_back({"id", Type::kString});
  for (const std::string_view node : {"a", "b", "c"})
    inside.columns.push_back({fmt::format("{}.id", node), Type::kString});
  for (const ColumnSchema& column : scope_.columns)
    inside.columns.push_back({fmt::format("e.{}", column.name), column.type});
  OperatorMaker maker(random_, inside, depth_);
  for (std::uint64_t count = 1 + random_.below(3); count > 0; --count) {
    std::uint32_t next = 0;
    do next = static_cast<std::uint32_t>(random_.below(all.size()));
    while (!is_of_graphs(all[next]->name));
    maker.operators.insert(next);
    text += " | " + write_syntax(syntax_of(*all[next]), random_,
                                 [&](auto hole, auto before) { return maker.fill(hole, before); });
    if (text.rfind("graph-match") != std::string::npos ||
        text.rfind("graph-to-table") != std::string::npos)
      break;
  }
  operators.insert(maker.operators.begin(), maker.operators.end());
  functions.insert(maker.expressions_.used().begin(), maker.expressions_.used().end());
  return text;
}

std::string OperatorMaker::write(std::uint32_t index) {
  const kql::OperatorDef& def = *kql::all_operators()[index];
  operators.insert(index);
  --depth_;
  std::string text;
  if (def.name == "make-graph") {
    text = graph(index);
  } else if (def.name == "evaluate") {
    text = "evaluate " + fill_plugin();
  } else {
    text = write_syntax(syntax_of(def), random_,
                        [this](auto hole, auto before) { return fill(hole, before); });
  }
  ++depth_;
  functions.insert(expressions_.used().begin(), expressions_.used().end());
  for (const std::uint32_t function : expressions_.used())
    repeatable = repeatable && catalogue().functions[function].repeatable;
  return text;
}

std::string OperatorMaker::any() {
  const auto all = kql::all_operators();
  while (true) {
    const auto index = static_cast<std::uint32_t>(random_.below(all.size()));
    if (is_of_graphs(all[index]->name)) continue;
    if (depth_ <= 0 && all[index]->syntax.find("Operators") != std::string_view::npos) continue;
    return write(index);
  }
}

}  // namespace quarry::fuzz
