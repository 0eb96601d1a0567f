#include "tools/taxii-pull/flatten/refang.h"

#include "common/base/text.h"

#include <array>
#include <utility>

namespace quarry::taxii_pull::flatten {

std::string refanged(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kMarks{
      {{"[.]", "."}, {"(.)", "."}, {"[dot]", "."}, {"[:]", ":"}, {"[://]", "://"}, {"[@]", "@"}}};
  std::string out;
  if (text.size() >= 4 && text::iequals_ascii(text.substr(0, 4), "hxxp")) {
    out = "http";
    text.remove_prefix(4);
  }
  while (!text.empty()) {
    bool found = false;
    for (const auto& [mark, meant] : kMarks) {
      if (!text.starts_with(mark)) continue;
      out += meant;
      text.remove_prefix(mark.size());
      found = true;
      break;
    }
    if (found) continue;
    out += text.front();
    text.remove_prefix(1);
  }
  return out;
}

}  // namespace quarry::taxii_pull::flatten
