#include "tools/taxii-pull/flatten/flattener.h"

#include "tools/taxii-pull/flatten/conjunctions.h"
#include "tools/taxii-pull/flatten/observable_key.h"
#include "tools/taxii-pull/flatten/refang.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace quarry::taxii_pull::flatten {
namespace {

using pattern::Comparison;
using pattern::NodeIndex;
using pattern::NodeKind;
using pattern::Pattern;

/// What is known about the path of a comparison; looked up once a comparison.
struct Target {
  std::string key;
  const ObservableColumn* column = nullptr;
  bool is_hash = false;
  bool names_content = false;
};

/// One equality of a conjunction.
struct Atom {
  const Comparison* comparison;
  const Target* target;
  std::string_view value;
  std::vector<ColumnValue> cells;

  bool is_primary() const { return target->column != nullptr && target->column->is_primary; }
};

/// The equalities of a conjunction that concern one type of object.
struct Group {
  std::string_view type;
  std::vector<Atom> atoms;
};

class Flattener {
 public:
  Flattener(const Pattern& pattern, FlattenOptions options) : pattern_(pattern), options_(options) {
    for (const Comparison& comparison : pattern.comparisons) {
      const pattern::HashName* const hash = hash_of(comparison.path);
      const ObservableColumn* const column = find_observable_column(comparison.path);
      targets_.push_back({key_of(comparison.path), column,
                          column != nullptr && comparison.path.steps[0].text == "hashes",
                          hash != nullptr && hash->names_content});
    }
    out_.qualified = pattern.qualified;
  }

  Flattened run() {
    list_observables();
    observe(pattern_.root, true);
    return std::move(out_);
  }

 private:
  void list_observables();
  void observe(NodeIndex index, bool alone);
  void add_conjunction(const Conjunction& conjunction, bool alone);
  bool add_group(const Group& group, bool alone, bool hash_alone);
  void add_row(const Group& group, const Atom& lead, bool alone);

  const Pattern& pattern_;
  FlattenOptions options_;
  std::vector<Target> targets_;
  Flattened out_;
  std::unordered_map<std::string, std::size_t> rows_;   // everything but alone -> index
  std::unordered_map<std::string, unsigned> variants_;  // key and value -> how many
};

void Flattener::list_observables() {
  std::unordered_set<std::string> seen;
  for (std::size_t i = 0; i < targets_.size(); ++i) {
    const Comparison& comparison = pattern_.comparisons[i];
    if (!is_equality(comparison)) {
      out_.partial = true;
      continue;
    }
    for (const pattern::Constant& constant : comparison.constants) {
      if (seen.insert(targets_[i].key + '\0' + constant.text).second)
        out_.observables.push_back({targets_[i].key, constant.text});
    }
  }
}

// Different observations are needed for each side of AND and FOLLOWEDBY, so no row is enough there.
void Flattener::observe(NodeIndex index, bool alone) {
  const pattern::Node& node = pattern_.nodes[index];
  if (node.kind == NodeKind::kObservation) {
    for (const Conjunction& conjunction : conjunctions_of(pattern_, node.children.front()))
      add_conjunction(conjunction, alone);
    return;
  }
  for (const NodeIndex child : node.children)
    observe(child, alone && node.kind == NodeKind::kObservationOr);
}

void Flattener::add_conjunction(const Conjunction& conjunction, bool alone) {
  std::vector<Group> groups;
  const std::string_view type = pattern_.comparisons[conjunction.terms[0].comparison].path.type;
  bool one_type = true, opaque = false, negated = false;
  for (const Term& term : conjunction.terms) {
    const Comparison& comparison = pattern_.comparisons[term.comparison];
    one_type &= comparison.path.type == type;
    negated |= comparison.negated || comparison.op == pattern::Operator::kNotEqual;
    if (term.constant < 0) {
      opaque = true;
      continue;
    }
    const Target& target = targets_[term.comparison];
    const std::string& value = comparison.constants[static_cast<std::size_t>(term.constant)].text;
    auto cells =
        column_values(comparison.path, target.column, options_.refang ? refanged(value) : value);
    if (!cells) {
      opaque = out_.partial = true;
      continue;
    }
    auto group = std::find_if(groups.begin(), groups.end(),
                              [&](const Group& g) { return g.type == comparison.path.type; });
    if (group == groups.end()) group = groups.insert(group, {comparison.path.type, {}});
    group->atoms.push_back({&comparison, &target, value, *std::move(cells)});
  }
  alone = alone && conjunction.complete && one_type && !negated;
  for (const Group& group : groups) {
    if (!add_group(group, alone && !opaque, alone)) out_.partial = true;
  }
}

/// False where nothing in the group may lead a row.
bool Flattener::add_group(const Group& group, bool alone, bool hash_alone) {
  const auto hashes = std::count_if(group.atoms.begin(), group.atoms.end(),
                                    [](const Atom& atom) { return atom.target->is_hash; });
  if (hashes > 0) {
    for (const Atom& atom : group.atoms) {
      if (!atom.target->is_hash) continue;
      add_row(group, atom, atom.target->names_content ? hash_alone : alone && hashes == 1);
    }
    return true;
  }
  const Atom* lead = nullptr;
  for (const Atom& atom : group.atoms) {
    // The table's order is the order of leading.
    if (atom.is_primary() && (lead == nullptr || atom.target->column < lead->target->column))
      lead = &atom;
  }
  if (lead == nullptr) return false;
  add_row(group, *lead, alone);
  return true;
}

void Flattener::add_row(const Group& group, const Atom& lead, bool alone) {
  FlatRow row{.key = lead.target->key,
              .value = std::string(lead.value),
              .alone = alone,
              .columns = lead.cells,
              .others = {}};
  for (const Atom& atom : group.atoms) {
    if (&atom == &lead || atom.target->is_hash) continue;
    const bool taken = std::any_of(row.columns.begin(), row.columns.end(), [&](const auto& cell) {
      return !atom.cells.empty() && cell.column == atom.cells.front().column;
    });
    if (atom.cells.empty() || taken) {
      row.others.push_back({atom.target->key, std::string(atom.value)});
    } else {
      row.columns.insert(row.columns.end(), atom.cells.begin(), atom.cells.end());
    }
  }
  const std::string name = row.key + '\0' + row.value;
  std::string all = name;
  for (const ColumnValue& cell : row.columns) {
    all += '\0';
    all += static_cast<char>(cell.column);
    all += cell.text;
  }
  for (const Observable& other : row.others) all += '\1' + other.key + '\0' + other.value;
  const auto [known, is_new] = rows_.emplace(std::move(all), out_.rows.size());
  if (!is_new) {
    out_.rows[known->second].alone |= alone;
    return;
  }
  row.variant = variants_[name]++;
  out_.rows.push_back(std::move(row));
}

}  // namespace

Flattened flatten(const pattern::Pattern& pattern, FlattenOptions options) {
  return Flattener(pattern, options).run();
}

}  // namespace quarry::taxii_pull::flatten
