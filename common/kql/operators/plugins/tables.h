// Every plugin, listed once.
#pragma once

#include "common/kql/operators/plugins/plugin.h"

namespace quarry::kql::operators {

#define QUARRY_PLUGINS(X)      \
  X(kActiveUsersCount)         \
  X(kActivityCountsMetrics)    \
  X(kActivityEngagement)       \
  X(kActivityMetrics)          \
  X(kAutocluster)              \
  X(kBagUnpack)                \
  X(kBasket)                   \
  X(kDcountIntersect)          \
  X(kDiffpatterns)             \
  X(kDiffpatternsText)         \
  X(kFunnelSequence)           \
  X(kFunnelSequenceCompletion) \
  X(kGeoLineLookup)            \
  X(kGeoPolygonLookup)         \
  X(kIdentity)                 \
  X(kIpv4Lookup)               \
  X(kIpv6Lookup)               \
  X(kNarrow)                   \
  X(kNewActivityMetrics)       \
  X(kPivot)                    \
  X(kPreview)                  \
  X(kRollingPercentile)        \
  X(kRowsNear)                 \
  X(kSchemaMerge)              \
  X(kSequenceDetect)           \
  X(kSessionCount)             \
  X(kSlidingWindowCounts)

#define QUARRY_DECLARE_PLUGIN(name) extern const PluginDef name;
QUARRY_PLUGINS(QUARRY_DECLARE_PLUGIN)
#undef QUARRY_DECLARE_PLUGIN

}  // namespace quarry::kql::operators
