// Instrumentation manifests: the XML in which providers describe their events.
#pragma once

#include "common/base/result.h"
#include "common/etl/schema/layout.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quarry::etl {

struct Manifest {
  std::vector<EventLayout> layouts;
  std::vector<std::pair<Guid, ValueMap>> maps;
};

/// kData at "name:line:column" where the text is no XML or holds no provider.
Result<Manifest> parse_manifest(std::string_view xml, const std::string& name);

}  // namespace quarry::etl
