// count() and countif().
#include "common/kql/functions/aggregate_inl.h"

namespace quarry::kql::functions {
namespace {

struct Count {
  std::int64_t rows = 0;
  void add() { ++rows; }
  void merge(const Count& later) { rows += later.rows; }
  std::int64_t result() const { return rows; }
};

constexpr std::string_view kAliases[]{"cnt"};
constexpr AggregateDef kCount{.name = "count",
                              .aliases = kAliases,
                              .predicate_form = "countif",
                              .summary = "Counts the rows of a group.",
                              .example = {"range x from 1 to 5 step 1 | summarize count()", "5"},
                              .overloads = aggregates<Count>};

constexpr const AggregateDef* kDefs[]{&kCount};

}  // namespace

extern constinit const FunctionTable kCountAggregate{.family = "aggregate", .aggregates = kDefs};

}  // namespace quarry::kql::functions
