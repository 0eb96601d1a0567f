#include "common/cli/safe_text.h"

#include "common/base/unicode.h"

#include <fmt/format.h>

#include <cstdio>

namespace quarry::cli {

std::string safe_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t end = text.find_first_of("\n\t");
    out += unicode::escape_for_terminal(text.substr(0, end));
    if (end == std::string_view::npos) break;
    out += text[end];
    text.remove_prefix(end + 1);
  }
  return out;
}

void tell_people(std::string_view text) {
  fmt::print(stderr, "{}", safe_text(text));
  std::fflush(stderr);
}

}  // namespace quarry::cli
