#include "common/kql/functions/registry.h"

#include "common/base/assert.h"
#include "common/kql/functions/known_names.h"
#include "common/kql/functions/tables.h"

#include <algorithm>
#include <memory>
#include <unordered_map>

namespace quarry::kql {
namespace {

constexpr const FunctionTable* kTables[]{
#define QUARRY_TABLE_ADDRESS(name) &functions::name,
    QUARRY_FUNCTION_TABLES(QUARRY_TABLE_ADDRESS)
#undef QUARRY_TABLE_ADDRESS
};

}  // namespace

struct FunctionRegistry::Index {
  std::unordered_map<std::string_view, const FunctionDef*> scalars;
  std::unordered_map<std::string_view, AggregateMatch> aggregates;
  std::vector<Entry> entries;
  std::vector<std::string_view> names;

  void add(std::string_view name, const FunctionDef* def) {
    const bool is_new = scalars.emplace(name, def).second;
    QUARRY_ASSERT(is_new, "a function name belongs to one definition");
    if (!def->hidden) names.push_back(name);
  }
  void add(std::string_view name, AggregateMatch match) {
    const bool is_new = aggregates.emplace(name, match).second;
    QUARRY_ASSERT(is_new, "an aggregate name belongs to one definition");
    names.push_back(name);
  }
  void add_table(const FunctionTable& table) {
    for (const FunctionDef* const def : table.scalars) {
      add(def->name, def);
      for (const std::string_view alias : def->aliases) add(alias, def);
      if (!def->hidden) entries.push_back({table.family, def, nullptr});
    }
    for (const AggregateDef* const def : table.aggregates) {
      add(def->name, AggregateMatch{def, false});
      for (const std::string_view alias : def->aliases) add(alias, AggregateMatch{def, false});
      if (!def->predicate_form.empty()) add(def->predicate_form, AggregateMatch{def, true});
      for (const std::string_view alias : def->predicate_aliases)
        add(alias, AggregateMatch{def, true});
      entries.push_back({table.family, nullptr, def});
    }
  }
};

FunctionRegistry::FunctionRegistry() {
  auto index = std::make_shared<Index>();
  for (const FunctionTable* const table : kTables) index->add_table(*table);
  const auto name_of_entry = [](const Entry& entry) {
    return entry.scalar != nullptr ? entry.scalar->name : entry.aggregate->name;
  };
  std::sort(index->entries.begin(), index->entries.end(),
            [&](const Entry& a, const Entry& b) { return name_of_entry(a) < name_of_entry(b); });
  std::sort(index->names.begin(), index->names.end());
  index->names.erase(std::unique(index->names.begin(), index->names.end()), index->names.end());
  index_ = std::move(index);
}

const FunctionRegistry& FunctionRegistry::built_in() {
  static const FunctionRegistry registry;
  return registry;
}

const FunctionDef* FunctionRegistry::scalar(std::string_view name) const {
  const auto found = index_->scalars.find(name);
  return found == index_->scalars.end() ? nullptr : found->second;
}

FunctionRegistry::AggregateMatch FunctionRegistry::aggregate(std::string_view name) const {
  const auto found = index_->aggregates.find(name);
  return found == index_->aggregates.end() ? AggregateMatch{} : found->second;
}

bool FunctionRegistry::is_known_unsupported(std::string_view name) const {
  const std::span<const std::string_view> known = functions::known_names();
  if (!std::binary_search(known.begin(), known.end(), name)) return false;
  return scalar(name) == nullptr && aggregate(name).def == nullptr &&
         find_language_part(name) == nullptr;
}

std::vector<FunctionRegistry::Entry> FunctionRegistry::entries() const { return index_->entries; }

std::vector<std::string_view> FunctionRegistry::names() const { return index_->names; }

}  // namespace quarry::kql
