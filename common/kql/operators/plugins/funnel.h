// What the funnel plugins share: a sequence of states that ids go through.
#pragma once

#include "common/kql/operators/plugins/activity.h"

namespace quarry::kql::operators {

/// A constant array's elements as texts; nullopt after an error. While checking, one that only a
/// run can tell is empty.
std::optional<std::vector<std::string>> array_argument(const PluginCall& call,
                                                       std::string_view param);

/// The states of a sequence as numbers of Activity::states; kNoState for one that no row has.
inline constexpr std::uint32_t kNoState = ~std::uint32_t{0};
std::vector<std::uint32_t> states_of(const Activity& activity,
                                     const std::vector<std::string>& sequence);

}  // namespace quarry::kql::operators
