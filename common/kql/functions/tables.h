// Every function file, listed once. A test reports a file under functions/ that is missing here.
// A file defines its table as `extern constinit const FunctionTable kName{…}`: without extern a
// const stays inside its file.
#pragma once

#include "common/kql/functions/function.h"

namespace quarry::kql::functions {

#define QUARRY_FUNCTION_TABLES(X) \
  X(kArithmetic)                  \
  X(kComparison)                  \
  X(kLogic)                       \
  X(kMembership)                  \
  X(kTermLists)                   \
  X(kTextOperators)               \
  X(kCasts)                       \
  X(kMatchesRegex)                \
  X(kEmptiness)                   \
  X(kIndexof)                     \
  X(kLetterCase)                  \
  X(kReplaceString)               \
  X(kSplit)                       \
  X(kStrcat)                      \
  X(kStringLength)                \
  X(kSubstring)                   \
  X(kCountof)                     \
  X(kExtract)                     \
  X(kExtractAll)                  \
  X(kReplaceRegex)                \
  X(kTrim)                        \
  X(kChoices)                     \
  X(kExtremes)                    \
  X(kCountAggregate)              \
  X(kSumAggregate)                \
  X(kAvgAggregate)                \
  X(kMinMaxAggregates)            \
  X(kArgExtremeAggregates)        \
  X(kTakeAnyAggregate)            \
  X(kDcountAggregates)            \
  X(kMakeListAggregates)          \
  X(kMakeSetAggregate)            \
  X(kMakeBagAggregate)            \
  X(kPercentileAggregates)        \
  X(kVarianceAggregates)          \
  X(kBinaryAllAggregates)         \
  X(kDatetimeArithmetic)          \
  X(kBinFunction)                 \
  X(kBinAtFunction)               \
  X(kFormatDatetime)              \
  X(kMakeDatetimeFunction)        \
  X(kNowFunctions)                \
  X(kDatetimeParts)               \
  X(kStartEndFunctions)           \
  X(kUnixTime)                    \
  X(kFormatTimespan)              \
  X(kMakeTimespanFunction)        \
  X(kDynamicAccess)               \
  X(kArraySearch)                 \
  X(kArrayShift)                  \
  X(kArraySort)                   \
  X(kArrays)                      \
  X(kBagEdit)                     \
  X(kPack)                        \
  X(kBags)                        \
  X(kExtractJsonFunction)         \
  X(kMakeArrays)                  \
  X(kParseJsonFunction)           \
  X(kSetFunctions)                \
  X(kDynamicText)                 \
  X(kAnyRange)                    \
  X(kFormatIpv4)                  \
  X(kHasIpv4)                     \
  X(kIpv4)                        \
  X(kIpv6)                        \
  X(kBase64Functions)             \
  X(kPercentFunctions)            \
  X(kDigests)                     \
  X(kHashFunction)                \
  X(kGeoInfoFunction)             \
  X(kParsePathFunction)           \
  X(kParseText)                   \
  X(kParseUrlFunctions)           \
  X(kGeohash)                     \
  X(kGeoPoints)                   \
  X(kPunycode)                    \
  X(kGeoFromWkt)                  \
  X(kGeoLineMeasures)             \
  X(kGeoPolygonMeasures)          \
  X(kGeoNearest)                  \
  X(kGeoIntersection)             \
  X(kGeoUnion)                    \
  X(kGeoBuffer)                   \
  X(kGeoDensify)                  \
  X(kGeoSimplify)                 \
  X(kGeoS2Cells)                  \
  X(kGeoS2Covering)               \
  X(kGeoH3Cells)                  \
  X(kGeoH3Covering)               \
  X(kCodePoints)                  \
  X(kHasAnyIndex)                 \
  X(kNotation)                    \
  X(kRearrange)                   \
  X(kIndexofRegex)                \
  X(kRandom)                      \
  X(kRealFunctions)               \
  X(kRoundAbs)                    \
  X(kBinary)                      \
  X(kParseXmlFunction)            \
  X(kParseUserAgentFunction)      \
  X(kLocalTime)                   \
  X(kRowNumberFunction)           \
  X(kRowCumsumFunction)           \
  X(kRowRankFunctions)            \
  X(kRowWindowSessionFunction)    \
  X(kPrevNextFunctions)           \
  X(kSeriesElementwise)           \
  X(kSeriesPairwise)              \
  X(kSeriesReduce)                \
  X(kSeriesStats)                 \
  X(kSeriesFill)                  \
  X(kSeriesFilters)               \
  X(kSeriesFitLine)               \
  X(kSeriesFitPoly)               \
  X(kSeriesFft)                   \
  X(kSeriesOutliers)              \
  X(kSeriesPeriods)               \
  X(kSeriesDecompose)             \
  X(kAroundFunction)              \
  X(kBoundByBinder)               \
  X(kBuildSchemaAggregate)        \
  X(kCompressFunctions)           \
  X(kConvertUnits)                \
  X(kDistributions)               \
  X(kEstimateDataSizeFunction)    \
  X(kExtentFunctions)             \
  X(kHashCombineFunctions)        \
  X(kHllAggregates)               \
  X(kHllFunctions)                \
  X(kListTimezonesFunction)       \
  X(kTdigestAggregates)           \
  X(kTdigestFunctions)

#define QUARRY_DECLARE_TABLE(name) extern constinit const FunctionTable name;
QUARRY_FUNCTION_TABLES(QUARRY_DECLARE_TABLE)
#undef QUARRY_DECLARE_TABLE

}  // namespace quarry::kql::functions
