// The columns of a row in the shape of ThreatIntelligenceIndicator, by name.
#pragma once

#include <cstddef>
#include <cstdint>

namespace quarry::taxii_pull {

enum class LegacyColumn : std::uint8_t {
#define COLUMN(name, type) k##name,
#include "tools/taxii-pull/rows/legacy_columns.def"
#undef COLUMN
  kCount,
};

inline constexpr std::size_t kLegacyColumns = static_cast<std::size_t>(LegacyColumn::kCount);

}  // namespace quarry::taxii_pull
