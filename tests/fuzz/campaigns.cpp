#include "tests/fuzz/campaigns.h"

#include <array>

namespace quarry::fuzz {

std::span<Campaign* const> all_campaigns() {
  static const std::array<Campaign*, 8> all{
      &kql_campaign(),    &needle_campaign(), &syntax_campaign(),     &value_campaign(),
      &ndjson_campaign(), &csv_campaign(),    &json_array_campaign(), &gzip_campaign()};
  return all;
}

Campaign* find_campaign(std::string_view name) {
  for (Campaign* const campaign : all_campaigns()) {
    if (campaign->name() == name) return campaign;
  }
  return nullptr;
}

}  // namespace quarry::fuzz
