#include "tools/incident-link/entities/entity_choice.h"

#include "common/base/suggest.h"
#include "tools/incident-link/entities/entity_types.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>

namespace quarry::incident_link {
namespace {

/// SYSTEM, LOCAL SERVICE, NETWORK SERVICE and the window manager's: accounts of every machine.
bool is_machine_account(std::string_view sid) {
  return sid == "S-1-5-18" || sid == "S-1-5-19" || sid == "S-1-5-20" ||
         sid.starts_with("S-1-5-90-") || sid.starts_with("S-1-5-96-");
}

/// The identifier that the column is known to hold, else the type's first.
std::string usual_identifier(const EntityType& type, std::string_view column) {
  for (const ColumnProposal& proposal : column_proposals()) {
    if (proposal.column == column && proposal.type == type.name)
      return std::string(proposal.identifier);
  }
  return std::string(type.identifiers.front());
}

Result<ChosenColumn> parse_one(const std::string& text, std::string_view option) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals + 1 == text.size())
    return fail(ErrorCode::kUsage, fmt::format("--{} takes TYPE=COLUMN, not '{}'", option, text),
                fmt::format("--{} device=DeviceId", option));
  const std::string left = text.substr(0, equals);
  const std::size_t dot = left.find('.');
  const std::string name = left.substr(0, dot);
  const EntityType* const type = find_entity_type(name);
  if (type == nullptr) {
    std::vector<std::string_view> names;
    for (const EntityType& one : entity_types()) names.push_back(one.name);
    return fail(ErrorCode::kUsage, fmt::format("no entity is called '{}'", name),
                did_you_mean(name, names));
  }
  ChosenColumn chosen{.type = name, .identifier = {}, .column = text.substr(equals + 1)};
  if (dot == std::string::npos) {
    chosen.identifier = usual_identifier(*type, chosen.column);
    return chosen;
  }
  chosen.identifier = left.substr(dot + 1);
  const auto& known = type->identifiers;
  if (std::find(known.begin(), known.end(), chosen.identifier) == known.end())
    return fail(ErrorCode::kUsage, fmt::format("a {} has no '{}'", name, chosen.identifier),
                fmt::format("it has {}", fmt::join(known, ", ")));
  return chosen;
}

Result<std::optional<std::vector<ChosenColumn>>> parse_all(const std::vector<std::string>& texts,
                                                           std::string_view option) {
  if (texts.empty()) return std::nullopt;
  std::vector<ChosenColumn> chosen;
  if (texts.size() == 1 && texts[0] == "none") return chosen;
  for (const std::string& text : texts) {
    QUARRY_TRY(ChosenColumn one, parse_one(text, option));
    chosen.push_back(std::move(one));
  }
  return chosen;
}

bool is_usable(const Entity& entity) {
  return !entity.value.empty() && entity.value.size() <= kLongestIdentifier &&
         !(entity.type == "user" && is_machine_account(entity.value));
}

void add_proposed(const Row& row, Role role, std::set<Entity>& into) {
  std::set<std::string_view> families;
  for (const ColumnProposal& proposal : column_proposals()) {
    if (proposal.role != role || families.contains(proposal.family) || !row.has(proposal.column))
      continue;
    Entity entity{.type = std::string(proposal.type),
                  .id = std::string(proposal.identifier),
                  .value = row.text(proposal.column),
                  .role = role};
    if (!is_usable(entity)) continue;
    families.insert(proposal.family);
    into.insert(std::move(entity));
  }
}

void add_chosen(const Row& row, const std::vector<ChosenColumn>& chosen, Role role,
                std::set<Entity>& into) {
  for (const ChosenColumn& one : chosen) {
    Entity entity{
        .type = one.type, .id = one.identifier, .value = row.text(one.column), .role = role};
    if (!entity.value.empty() && entity.value.size() <= kLongestIdentifier)
      into.insert(std::move(entity));
  }
}

}  // namespace

Result<EntityChoice> EntityChoice::parse(const std::vector<std::string>& impacted,
                                         const std::vector<std::string>& related) {
  EntityChoice choice;
  QUARRY_TRY(choice.impacted_, parse_all(impacted, "impacted"));
  QUARRY_TRY(choice.related_, parse_all(related, "related"));
  return choice;
}

std::vector<Entity> EntityChoice::entities_of(const Row& row) const {
  std::set<Entity> found;
  if (impacted_) {
    add_chosen(row, *impacted_, Role::kImpacted, found);
  } else {
    add_proposed(row, Role::kImpacted, found);
  }
  std::set<Entity> related;
  if (related_) {
    add_chosen(row, *related_, Role::kRelated, related);
  } else {
    add_proposed(row, Role::kRelated, related);
  }
  for (const Entity& entity : related) {
    Entity impacted = entity;
    impacted.role = Role::kImpacted;
    if (!found.contains(impacted)) found.insert(entity);
  }
  return {found.begin(), found.end()};
}

std::vector<std::string> EntityChoice::chosen_columns() const {
  std::vector<std::string> columns;
  for (const auto* const list : {&impacted_, &related_}) {
    if (!*list) continue;
    for (const ChosenColumn& one : **list) columns.push_back(one.column);
  }
  return columns;
}

}  // namespace quarry::incident_link
