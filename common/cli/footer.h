// The line under a table: 1,204 rows · 3 files · 1.2 GB read · 0.9 s · 2 lines skipped
#pragma once

#include <cstdint>
#include <string>

namespace quarry::cli {

struct Footer {
  std::uint64_t rows = 0;
  std::uint64_t files = 0;       // 0: left out
  std::uint64_t bytes_read = 0;  // 0: left out
  double seconds = 0;
  std::uint64_t lines_skipped = 0;  // 0: left out
};

std::string footer_text(const Footer& footer);

}  // namespace quarry::cli
