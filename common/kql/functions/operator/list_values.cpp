#include "common/kql/functions/operator/list_values.h"

#include "common/kql/functions/convert/cast.h"

namespace quarry::kql::functions {

Scalar element_scalar(const DynamicView& element) {
  switch (element.kind()) {
    case DynamicKind::kNull:
      return Scalar::null(Type::kDynamic);
    case DynamicKind::kBool:
      return Scalar::of(*element.as_bool());
    case DynamicKind::kLong:
      return Scalar::of(*element.as_long());
    case DynamicKind::kReal:
      return Scalar::of(*element.as_real());
    case DynamicKind::kString: {
      std::string scratch;
      return Scalar::of(std::string(*element.as_string(scratch)));
    }
    case DynamicKind::kArray:
    case DynamicKind::kBag:
      break;
  }
  return Scalar::dynamic(std::string(element.json()));
}

std::vector<Scalar> flatten_constants(std::span<const Scalar* const> constants) {
  std::vector<Scalar> values;
  for (const Scalar* const constant : constants) {
    if (constant == nullptr || constant->is_null()) continue;
    if (constant->type() != Type::kDynamic) {
      values.push_back(*constant);
      continue;
    }
    const DynamicView view(constant->get<DynamicText>().json);
    if (view.kind() != DynamicKind::kArray) {
      values.push_back(element_scalar(view));
      continue;
    }
    ArrayCursor cursor(view);
    DynamicView element;
    while (cursor.next(element)) {
      if (!element.is_null()) values.push_back(element_scalar(element));
    }
  }
  return values;
}

std::vector<std::string> flatten_texts(std::span<const Scalar* const> constants) {
  std::vector<std::string> texts;
  for (const Scalar& value : flatten_constants(constants))
    append_cell_text(texts.emplace_back(), value.as_column(1), 0);
  return texts;
}

}  // namespace quarry::kql::functions
