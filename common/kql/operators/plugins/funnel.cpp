#include "common/kql/operators/plugins/funnel.h"

#include "common/value/dynamic.h"

#include <fmt/format.h>

namespace quarry::kql::operators {

std::optional<std::vector<std::string>> array_argument(const PluginCall& call,
                                                       std::string_view param) {
  const auto value = call.constant(param, Type::kDynamic);
  std::vector<std::string> texts;
  if (!value) return call.binder().checking() ? std::optional(texts) : std::nullopt;
  const std::string json = value->is_null() ? std::string() : value->get<DynamicText>().json;
  const DynamicView array(json);
  if (array.kind() != DynamicKind::kArray || array.size() == 0) {
    call.binder().error(call.argument(param)->span,
                        fmt::format("{} must be an array with at least one element", param),
                        "dynamic(['a', 'b'])");
    return std::nullopt;
  }
  ArrayCursor elements(array);
  DynamicView element;
  while (elements.next(element)) append_dynamic_as_text(texts.emplace_back(), element);
  return texts;
}

std::vector<std::uint32_t> states_of(const Activity& activity,
                                     const std::vector<std::string>& sequence) {
  std::vector<std::uint32_t> states(sequence.size(), kNoState);
  for (std::uint32_t number = 0; number < activity.states.first_row.size(); ++number) {
    const std::string text = text_of(activity.state(number));
    for (std::size_t i = 0; i < sequence.size(); ++i) {
      if (sequence[i] == text) states[i] = number;
    }
  }
  return states;
}

}  // namespace quarry::kql::operators
