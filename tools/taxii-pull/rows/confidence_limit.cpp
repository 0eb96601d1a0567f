#include "tools/taxii-pull/rows/confidence_limit.h"

#include "common/base/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::taxii_pull {

bool ConfidenceLimit::admits(const Indicator& indicator) {
  if (!indicator.confidence) {
    if (!unscored_too_) ++unscored_;
    return unscored_too_;
  }
  const bool enough =
      static_cast<std::uint64_t>(std::max<std::int64_t>(0, *indicator.confidence)) >= least_;
  if (!enough) ++below_;
  return enough;
}

std::string ConfidenceLimit::left_out() const {
  const std::uint64_t all = below_ + unscored_;
  if (all == 0) return {};
  return fmt::format(
      "--min-confidence {} left out {} indicator{}: {} below it, {} without any "
      "confidence",
      least_, text::with_thousands(all), all == 1 ? "" : "s", text::with_thousands(below_),
      text::with_thousands(unscored_));
}

}  // namespace quarry::taxii_pull
