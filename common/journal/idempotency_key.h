// The name of an act: the same act has the same name in every run, so that it is done once.
#pragma once

#include <string>
#include <string_view>

namespace quarry::journal {

/// SHA-256 of the parts, which cannot be shifted into each other. `target` and `parameters` are
/// texts in a form that does not change from run to run.
std::string idempotency_key(std::string_view tenant, std::string_view action,
                            std::string_view target, std::string_view parameters);

}  // namespace quarry::journal
