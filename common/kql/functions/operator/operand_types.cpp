#include "common/kql/functions/operator/operand_types.h"

#include <fmt/format.h>

#include <string>

namespace quarry::kql::functions {
namespace {

int rank(Type type) {
  switch (type) {
    case Type::kInt:
      return 1;
    case Type::kLong:
      return 2;
    case Type::kReal:
      return 3;
    case Type::kDecimal:
      return 4;
    default:
      return 0;
  }
}

}  // namespace

Failure not_defined_for(std::string_view operator_name, Type left, Type right, std::string hint) {
  return fail(ErrorCode::kQuery,
              fmt::format("the operator '{}' is not defined for {} and {}", operator_name,
                          name_of(left), name_of(right)),
              std::move(hint));
}

Type widest_number(Type a, Type b) {
  if (rank(a) == 0 || rank(b) == 0) return Type::kUnknown;
  return rank(a) >= rank(b) ? a : b;
}

}  // namespace quarry::kql::functions
