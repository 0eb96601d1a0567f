#include "common/services/taxii/media.h"

#include <array>

namespace quarry::services::taxii {

std::string_view name_of(Version version) { return version == Version::k21 ? "2.1" : "2.0"; }

std::span<const std::string_view> accepted_forms(Version version, Content content) {
  static constexpr std::array<std::string_view, 3> k21{"application/taxii+json;version=2.1",
                                                       "application/taxii+json; version=2.1",
                                                       "application/taxii+json"};
  static constexpr std::array<std::string_view, 3> k20{
      "application/vnd.oasis.taxii+json; version=2.0",
      "application/vnd.oasis.taxii+json;version=2.0", "application/vnd.oasis.taxii+json"};
  static constexpr std::array<std::string_view, 3> k20Stix{
      "application/vnd.oasis.stix+json; version=2.0", "application/vnd.oasis.stix+json;version=2.0",
      "application/vnd.oasis.stix+json"};
  if (version == Version::k21) return k21;
  return content == Content::kStix ? std::span<const std::string_view>(k20Stix)
                                   : std::span<const std::string_view>(k20);
}

}  // namespace quarry::services::taxii
