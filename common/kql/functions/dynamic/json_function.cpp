#include "common/kql/functions/dynamic/json_function.h"

namespace quarry::kql::functions {
namespace {

Failure refuse(std::size_t argument, std::string_view wanted, Type given, std::string hint = {}) {
  return Failure(Error(ErrorCode::kQuery,
                       fmt::format("{} is expected here, not {}", wanted, name_of(given)),
                       std::move(hint))
                     .at(SourceSpan{static_cast<std::uint32_t>(argument), 0}));
}

}  // namespace

void JsonRow::write_array(std::span<const DynamicView> elements) {
  out_ += '[';
  for (const DynamicView& element : elements) {
    append_separator(out_);
    append_value(out_, element);
  }
  out_ += ']';
}

std::vector<DynamicView> elements_of(const DynamicView& array) {
  std::vector<DynamicView> result;
  DynamicView element;
  for (ArrayCursor cursor(array); cursor.next(element);) result.push_back(element);
  return result;
}

Result<std::vector<Type>> json_argument_types(std::string_view pattern,
                                              std::span<const Argument> arguments) {
  std::vector<Type> types;
  char wanted = 'v';
  std::size_t at = 0;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (at < pattern.size() && pattern[at] != '*') wanted = pattern[at++];
    const Type given = arguments[i].type;
    const bool converts = given == Type::kUnknown || given == Type::kDynamic;
    switch (wanted) {
      case 'd':
        if (!converts)
          return refuse(i, "a dynamic value", given,
                        given == Type::kString ? "parse_json() reads one from a text" : "");
        types.push_back(Type::kDynamic);
        break;
      case 'l':
        if (!converts && !is_integer(given)) return refuse(i, "an integer", given);
        types.push_back(Type::kLong);
        break;
      case 't':
        if (!converts && given != Type::kString) return refuse(i, "a string", given);
        types.push_back(Type::kString);
        break;
      case 'n':
        if (!converts && !is_numeric(given))
          return refuse(i, "a number or an array of numbers", given);
        types.push_back(given == Type::kUnknown ? Type::kDynamic : given);
        break;
      case 'b':
        if (!converts && given != Type::kBool) return refuse(i, "a bool", given);
        types.push_back(Type::kBool);
        break;
      default:
        types.push_back(given == Type::kUnknown ? Type::kDynamic : given);
    }
  }
  return types;
}

}  // namespace quarry::kql::functions
