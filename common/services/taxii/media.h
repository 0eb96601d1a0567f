// Versions of TAXII and how requests name them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace quarry::services::taxii {

enum class Version : std::uint8_t { k21, k20 };
std::string_view name_of(Version version);  ///< "2.1"

/// TAXII 2.0 has a media type of its own for STIX content.
enum class Content : std::uint8_t { kResource, kStix };

/// What Accept may say, in the order to be tried: servers disagree about blanks and versions.
std::span<const std::string_view> accepted_forms(Version version, Content content);

}  // namespace quarry::services::taxii
