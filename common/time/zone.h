// Time zones by their names in the tz database ("Europe/Paris"), read from the system's compiled
// files (RFC 8536).
#pragma once

#include "common/base/result.h"
#include "common/time/ticks.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace quarry {

/// Cheap to copy. As a prepared argument: an Error where the name is unknown.
class TimeZone {
 public:
  static Result<TimeZone> prepare(std::string_view name);

  /// What local clocks are ahead of UTC at an instant, in ticks.
  std::int64_t offset_at(Datetime utc) const;
  /// The same for a time that local clocks show. Where they show it twice, it is the second time;
  /// where they skip it, the offset behind the gap counts.
  std::int64_t offset_of_local(Datetime local) const;

  struct Rules;

 private:
  std::shared_ptr<const Rules> rules_;
};

/// The names that TimeZone::prepare() knows, in order; none where the system has no tz database.
std::vector<std::string> time_zone_names();

}  // namespace quarry
