// Runs a campaign for a while in worker processes: one that crashes or hangs is a finding, told
// with the case that it was at, and another goes on behind it.
#pragma once

#include "tests/fuzz/campaign.h"

#include <cstdint>

namespace quarry::fuzz {

struct Plan {
  std::uint64_t seed = 1;
  std::uint64_t first_case = 0;
  std::uint64_t cases = ~std::uint64_t{0};  ///< at most so many
  std::int64_t seconds = 60;
  unsigned jobs = 1;
  std::int64_t hang_ms = 30000;  ///< a case that works longer hangs
};

/// Prints findings as they come and figures at the end. Returns the number of findings.
std::uint64_t run_campaign(Campaign& campaign, const Plan& plan);

}  // namespace quarry::fuzz
