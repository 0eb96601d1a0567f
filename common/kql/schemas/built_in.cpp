#include "common/kql/schemas/built_in.h"

#include <algorithm>

#include "common/base/assert.h"
#include "common/base/text.h"

namespace quarry::kql {
namespace {

#define QUARRY_TABLE(name, open, columns) BuiltInTable{name, open, columns},
constexpr BuiltInTable kDefender[]{
#include "common/kql/schemas/defender.def"
};
constexpr BuiltInTable kSentinel[]{
#include "common/kql/schemas/sentinel.def"
};
#undef QUARRY_TABLE

/// Both lists are sorted by name.
template <std::size_t N>
const BuiltInTable* find_in(const BuiltInTable (&tables)[N], std::string_view name) {
  const auto found = std::lower_bound(std::begin(tables), std::end(tables), name, [](const BuiltInTable& t, std::string_view n) { return t.name < n; });
  return found != std::end(tables) && found->name == name ? found : nullptr;
}

}  // namespace

Schema BuiltInTable::schema() const {
  Schema result;
  for (const std::string_view entry : text::split(columns, ' ')) {
    const std::size_t colon = entry.rfind(':');
    const auto type = parse_type(entry.substr(colon + 1));
    QUARRY_ASSERT(type.has_value(), "the catalogue names types of KQL");
    result.columns.push_back({std::string(entry.substr(0, colon)), *type});
  }
  return result;
}

const BuiltInTable* find_built_in(std::string_view name) {
  const BuiltInTable* const table = find_in(kDefender, name);
  return table != nullptr ? table : find_in(kSentinel, name);
}

const std::vector<std::string_view>& built_in_names() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> all;
    for (const BuiltInTable& table : kDefender) all.push_back(table.name);
    for (const BuiltInTable& table : kSentinel) all.push_back(table.name);
    std::sort(all.begin(), all.end());
    return all;
  }();
  return names;
}

}  // namespace quarry::kql
