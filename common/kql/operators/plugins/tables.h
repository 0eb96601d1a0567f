// Every plugin, listed once.
#pragma once

#include "common/kql/operators/plugins/plugin.h"

namespace quarry::kql::operators {

#define QUARRY_PLUGINS(X) \
  X(kBagUnpack)           \
  X(kGeoLineLookup)       \
  X(kGeoPolygonLookup)    \
  X(kIdentity)            \
  X(kIpv4Lookup)          \
  X(kIpv6Lookup)          \
  X(kNarrow)              \
  X(kPivot)               \
  X(kRowsNear)            \
  X(kSchemaMerge)

#define QUARRY_DECLARE_PLUGIN(name) extern const PluginDef name;
QUARRY_PLUGINS(QUARRY_DECLARE_PLUGIN)
#undef QUARRY_DECLARE_PLUGIN

}  // namespace quarry::kql::operators
