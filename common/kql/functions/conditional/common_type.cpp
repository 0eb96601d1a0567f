#include "common/kql/functions/conditional/common_type.h"

#include "common/kql/functions/operator/operand_types.h"

#include <fmt/format.h>

namespace quarry::kql::functions {

Result<Type> common_type_of(std::span<const Type> types) {
  Type common = Type::kUnknown;
  for (const Type type : types) {
    if (type == common || type == Type::kUnknown) continue;
    if (common == Type::kUnknown || common == Type::kDynamic) {
      common = type;
      continue;
    }
    if (type == Type::kDynamic) continue;
    const Type widest = widest_number(common, type);
    if (widest == Type::kUnknown) {
      return fail(
          ErrorCode::kQuery,
          fmt::format("the values have no common type: {} and {}", name_of(common), name_of(type)),
          "cast them to one type, for example with tostring()");
    }
    common = widest;
  }
  return common == Type::kUnknown ? Type::kString : common;
}

}  // namespace quarry::kql::functions
