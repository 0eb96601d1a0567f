// The categories of alerts, as Defender spells them (CreateAlertByReference).
#pragma once

#include <span>
#include <string_view>

namespace quarry::incident_link {

std::span<const std::string_view> categories();
bool is_category(std::string_view word);

}  // namespace quarry::incident_link
