#include "tools/incident-link/entities/group.h"

#include <algorithm>
#include <map>
#include <set>

namespace quarry::incident_link {

std::string group_name(const std::vector<Entity>& entities) {
  std::string name;
  for (const Entity& entity : entities) {
    if (entity.role != Role::kImpacted) continue;
    if (!name.empty()) name += ',';
    name += entity.type + ":" + entity.value;
  }
  return name.empty() ? "none" : name;
}

std::vector<Group> group_rows(const std::vector<Grouped>& rows) {
  std::vector<Group> groups;
  std::vector<std::set<Entity>> entities;
  std::map<std::string, std::size_t> numbers;
  for (const Grouped& one : rows) {
    const auto [found, fresh] = numbers.try_emplace(group_name(*one.entities), groups.size());
    if (fresh) {
      groups.push_back({.name = found->first, .entities = {}, .rows = {}});
      entities.emplace_back();
    }
    groups[found->second].rows.push_back(one.row);
    entities[found->second].insert(one.entities->begin(), one.entities->end());
  }
  for (std::size_t i = 0; i < groups.size(); ++i) {
    groups[i].entities.assign(entities[i].begin(), entities[i].end());
    std::stable_sort(groups[i].entities.begin(), groups[i].entities.end(),
                     [](const Entity& a, const Entity& b) { return a.role < b.role; });
  }
  return groups;
}

}  // namespace quarry::incident_link
