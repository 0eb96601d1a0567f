// Rows that become one alert: those with the same impacted entities, as in the portal.
#pragma once

#include "tools/incident-link/entities/entity.h"

#include <cstddef>
#include <string>
#include <vector>

namespace quarry::incident_link {

/// A row and its entities, both kept by whoever groups.
struct Grouped {
  std::size_t row;  // the caller's number for it
  const std::vector<Entity>* entities;
};

struct Group {
  std::string name;               // "device:0f1e…"; "none" without impacted entities
  std::vector<Entity> entities;   // of all its rows, each once, impacted ones first
  std::vector<std::size_t> rows;  // in their order
};

/// "device:0f1e…,user:9a8b…"
std::string group_name(const std::vector<Entity>& entities);
/// In the order of their first rows.
std::vector<Group> group_rows(const std::vector<Grouped>& rows);

}  // namespace quarry::incident_link
