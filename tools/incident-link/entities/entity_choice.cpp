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
  return !entity.value.empty() && entity.value.size() <= kLongestIdentifier;
}

Entity entity_of(const Row& row, const ChosenColumn& column, Role role) {
  return {
      .type = column.type, .id = column.identifier, .value = row.text(column.column), .role = role};
}

std::vector<ChosenColumn> proposed_columns(const Row& row, Role role) {
  std::vector<ChosenColumn> columns;
  std::set<std::string_view> families;
  for (const ColumnProposal& proposal : column_proposals()) {
    if (proposal.role != role || families.contains(proposal.family) || !row.has(proposal.column))
      continue;
    ChosenColumn column{.type = std::string(proposal.type),
                        .identifier = std::string(proposal.identifier),
                        .column = std::string(proposal.column)};
    const Entity entity = entity_of(row, column, role);
    if (!is_usable(entity) || (entity.type == "user" && is_machine_account(entity.value))) continue;
    families.insert(proposal.family);
    columns.push_back(std::move(column));
  }
  return columns;
}

}  // namespace

Result<EntityChoice> EntityChoice::parse(const std::vector<std::string>& impacted,
                                         const std::vector<std::string>& related) {
  EntityChoice choice;
  QUARRY_TRY(choice.impacted_, parse_all(impacted, "impacted"));
  QUARRY_TRY(choice.related_, parse_all(related, "related"));
  return choice;
}

std::vector<ChosenColumn> EntityChoice::columns_in(const Row& row, Role role) const {
  const auto& chosen = role == Role::kImpacted ? impacted_ : related_;
  if (!chosen) return proposed_columns(row, role);
  std::vector<ChosenColumn> columns;
  for (const ChosenColumn& one : *chosen) {
    if (is_usable(entity_of(row, one, role))) columns.push_back(one);
  }
  return columns;
}

std::vector<Entity> EntityChoice::entities_of(const Row& row) const {
  std::set<Entity> found;
  for (const ChosenColumn& column : columns_in(row, Role::kImpacted))
    found.insert(entity_of(row, column, Role::kImpacted));
  for (const ChosenColumn& column : columns_in(row, Role::kRelated)) {
    if (!found.contains(entity_of(row, column, Role::kImpacted)))
      found.insert(entity_of(row, column, Role::kRelated));
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
