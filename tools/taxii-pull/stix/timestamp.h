// Times as STIX data really has them.
#pragma once

#include "common/time/ticks.h"

#include <optional>
#include <string_view>

namespace quarry::taxii_pull::stix {

/// RFC 3339 with Z, an offset or none (then UTC), and any number of fraction digits: what is finer
/// than a tick is cut off. nullopt for anything else.
std::optional<Datetime> parse_timestamp(std::string_view text);

}  // namespace quarry::taxii_pull::stix
