// Rows into the case: each once, whatever is linked where.
#pragma once

#include "tools/incident-link/case/case_file.h"
#include "tools/incident-link/entities/entity_choice.h"
#include "tools/incident-link/link/link_settings.h"
#include "tools/incident-link/rows/row.h"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace quarry::incident_link {

/// A row of the input, with what was found in it.
struct LinkRow {
  const Row* row = nullptr;
  std::vector<Entity> entities;
  std::string group;
};

/// kUsage where --impacted or --related names a column that no row has.
Result<std::vector<LinkRow>> with_entities(std::span<const Row> rows, const EntityChoice& choice);

/// kRefused where the case is closed and not all of the rows are in it.
Result<void> check_open(const CaseState& state, const std::string& folder,
                        std::span<const LinkRow> rows);

struct Added {
  std::size_t rows = 0;
  std::size_t already = 0;
};
/// Appends those that the case has not yet; on disk when this returns. kRefused as check_open().
Result<Added> add_rows(CaseFile& file, std::span<const LinkRow> rows, const LinkSettings& settings);

}  // namespace quarry::incident_link
