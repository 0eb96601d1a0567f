// Which entities a row has: those proposed from its columns, or those that --impacted and --related
// choose.
#pragma once

#include "tools/incident-link/entities/entity.h"
#include "tools/incident-link/rows/row.h"

#include <optional>
#include <string>
#include <vector>

namespace quarry::incident_link {

/// "device=DeviceId", "device.deviceName=Computer".
struct ChosenColumn {
  std::string type;
  std::string identifier;
  std::string column;
};

class EntityChoice {
 public:
  /// The values of --impacted and --related; "none" alone: no entity of that role. kUsage where a
  /// type or identifier does not exist, with the nearest one.
  static Result<EntityChoice> parse(const std::vector<std::string>& impacted,
                                    const std::vector<std::string>& related);

  /// The columns of the row that name its entities in this role.
  std::vector<ChosenColumn> columns_in(const Row& row, Role role) const;
  /// Sorted, each once; an impacted one is not related too.
  std::vector<Entity> entities_of(const Row& row) const;
  /// Nothing was chosen: columns tell.
  bool is_usual() const { return !impacted_ && !related_; }
  /// One that no row has is a mistake of the command line.
  std::vector<std::string> chosen_columns() const;

 private:
  // Not given: proposals count.
  std::optional<std::vector<ChosenColumn>> impacted_;
  std::optional<std::vector<ChosenColumn>> related_;
};

}  // namespace quarry::incident_link
