#include "common/kql/operators/nodes/pass_node.h"

#include "common/kql/plan/builder.h"

namespace quarry::kql {

Result<plan::Stream> PassNode::build(plan::Builder& builder) const {
  return builder.build(*inputs[0]);
}

}  // namespace quarry::kql
