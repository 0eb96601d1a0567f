// --min-confidence: the same for rows, bodies and uploads.
#pragma once

#include "tools/taxii-pull/rows/indicator.h"

#include <cstdint>
#include <string>

namespace quarry::taxii_pull {

/// Not thread-safe.
class ConfidenceLimit {
 public:
  /// `least`: 0 to 100. What its maker gave no confidence is not known to reach it, and passes only
  /// with `unscored_too`.
  ConfidenceLimit(std::uint64_t least, bool unscored_too)
      : least_(least), unscored_too_(unscored_too) {}

  /// Counts what it does not let through.
  bool admits(const Indicator& indicator);
  /// What was left out, in words; "" where nothing was.
  std::string left_out() const;
  /// Whether some of it had no confidence at all.
  bool left_out_unscored() const { return unscored_ > 0; }

 private:
  std::uint64_t least_;
  bool unscored_too_;
  std::uint64_t below_ = 0;
  std::uint64_t unscored_ = 0;
};

}  // namespace quarry::taxii_pull
