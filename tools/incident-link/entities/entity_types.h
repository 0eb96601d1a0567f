// The entities that an alert can name, the identifiers of each, and the columns they are proposed
// from (microsoft.graph.security.entityDefinitionInput).
#pragma once

#include "tools/incident-link/entities/entity.h"

#include <span>
#include <string_view>

namespace quarry::incident_link {

struct EntityType {
  std::string_view name;
  std::span<const std::string_view> identifiers;  // the first is meant where nothing is said
  Role role;                                      // the portal's group that it belongs to
};
std::span<const EntityType> entity_types();
/// nullptr where none has the name.
const EntityType* find_entity_type(std::string_view name);

struct ColumnProposal {
  std::string_view column;
  std::string_view type;
  std::string_view identifier;
  Role role;
  /// Of the columns of one family the first that has a value counts: they name the same thing.
  std::string_view family;
};
/// In the order of precedence.
std::span<const ColumnProposal> column_proposals();

/// Longer values identify nothing, and the service refuses them.
inline constexpr std::size_t kLongestIdentifier = 1000;

}  // namespace quarry::incident_link
