// identity(): the input as it is.
#include "common/kql/operators/plugins/plugin.h"

namespace quarry::kql::operators {
namespace {

PlanNodePtr bind_identity(const PluginCall&, PlanNodePtr input) { return input; }

}  // namespace

extern constinit const PluginDef kIdentity{
    .name = "identity",
    .summary = "The input as it is.",
    .example = "print a = 1 | evaluate identity()",
    .example_result = "1",
    .bind = bind_identity,
};

}  // namespace quarry::kql::operators
