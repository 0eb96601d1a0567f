// Every operator, listed once.
#pragma once

#include "common/kql/operators/operator.h"

namespace quarry::kql::operators {

#define QUARRY_OPERATORS(X) \
  X(kAs)                    \
  X(kConsume)               \
  X(kCount)                 \
  X(kDistinct)              \
  X(kEvaluate)              \
  X(kExtend)                \
  X(kFacet)                 \
  X(kFind)                  \
  X(kFork)                  \
  X(kGetschema)             \
  X(kGraphMarkComponents)   \
  X(kGraphMatch)            \
  X(kGraphShortestPaths)    \
  X(kGraphToTable)          \
  X(kGraphWhereEdges)       \
  X(kGraphWhereNodes)       \
  X(kInvoke)                \
  X(kJoin)                  \
  X(kLookup)                \
  X(kMacroExpand)           \
  X(kMakeGraph)             \
  X(kMakeSeries)            \
  X(kMvApply)               \
  X(kMvExpand)              \
  X(kParse)                 \
  X(kParseKv)               \
  X(kParseWhere)            \
  X(kPartition)             \
  X(kPrint)                 \
  X(kProject)               \
  X(kProjectAway)           \
  X(kProjectByNames)        \
  X(kProjectKeep)           \
  X(kProjectRename)         \
  X(kProjectReorder)        \
  X(kRange)                 \
  X(kReduce)                \
  X(kRender)                \
  X(kSample)                \
  X(kSampleDistinct)        \
  X(kScan)                  \
  X(kSearch)                \
  X(kSerialize)             \
  X(kSort)                  \
  X(kSummarize)             \
  X(kTake)                  \
  X(kTop)                   \
  X(kTopHitters)            \
  X(kTopNested)             \
  X(kUnion)                 \
  X(kWhere)

#define QUARRY_DECLARE_OPERATOR(name) extern const OperatorDef name;
QUARRY_OPERATORS(QUARRY_DECLARE_OPERATOR)
#undef QUARRY_DECLARE_OPERATOR

}  // namespace quarry::kql::operators
