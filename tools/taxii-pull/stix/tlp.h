// The Traffic Light Protocol in STIX: fixed markings of both versions, markings that say their
// level themselves, and which of several counts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace quarry::taxii_pull::stix {

class ObjectReader;

/// From the least to the most restrictive.
enum class Tlp : std::uint8_t { kWhite, kGreen, kAmber, kAmberStrict, kRed };

/// "white", "green", "amber", "red": the words of the column; amber+strict is amber there.
std::string_view column_word(Tlp level);
/// "TLP:CLEAR", "TLP:AMBER+STRICT".
std::string_view exact_name(Tlp level);
/// "TLP:AMBER", "amber", "clear" …; nullopt for anything else.
std::optional<Tlp> parse_tlp(std::string_view text);
/// The level of the fixed id; nullopt where the standards know none.
std::optional<Tlp> tlp_of_id(std::string_view marking_id);
/// What a marking-definition says of itself.
std::optional<Tlp> tlp_of_marking(ObjectReader& marking);

}  // namespace quarry::taxii_pull::stix
