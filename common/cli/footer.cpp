#include "common/cli/footer.h"

#include "common/base/text.h"

#include <fmt/format.h>

#include <string_view>

namespace quarry::cli {
namespace {

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", text::with_thousands(count), count == 1 ? one : many);
}

}  // namespace

std::string footer_text(const Footer& footer) {
  std::string line = counted(footer.rows, "row", "rows");
  if (footer.files > 0) line += " · " + counted(footer.files, "file", "files");
  if (footer.bytes_read > 0)
    line += fmt::format(" · {} read", text::human_bytes(footer.bytes_read));
  line += fmt::format(" · {:.1f} s", footer.seconds);
  if (footer.lines_skipped > 0) {
    line += fmt::format(" · {} skipped", counted(footer.lines_skipped, "line", "lines"));
  }
  return line;
}

}  // namespace quarry::cli
