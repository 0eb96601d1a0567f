#include "tools/taxii-pull/flatten/observable_key.h"

#include "common/base/text.h"

#include <algorithm>
#include <string_view>

namespace quarry::taxii_pull::flatten {
namespace {

using pattern::PathStep;

bool is_plain(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(),
                                      [](char c) { return text::is_ascii_alnum(c) || c == '_'; });
}

void append_name(std::string& out, std::string_view name) {
  if (is_plain(name)) {
    out += name;
    return;
  }
  out += '\'';
  for (const char c : name) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  out += '\'';
}

bool is_below_hashes(const pattern::Path& path, std::size_t i) {
  return i > 0 && path.steps[i - 1].kind == PathStep::Kind::kName &&
         path.steps[i - 1].text == "hashes";
}

std::string join(const pattern::Path& path, bool general) {
  std::string out = path.type;
  for (std::size_t i = 0; i < path.steps.size(); ++i) {
    const PathStep& step = path.steps[i];
    if (step.kind != PathStep::Kind::kName) {
      out += '[';
      out += general ? "*" : step.text;
      out += ']';
      continue;
    }
    out += i == 0 ? ':' : '.';
    const pattern::HashName* const hash =
        is_below_hashes(path, i) ? pattern::find_hash_name(step.text) : nullptr;
    append_name(out, hash == nullptr ? std::string_view(step.text) : hash->spelling);
  }
  return out;
}

}  // namespace

std::string key_of(const pattern::Path& path) { return join(path, false); }
std::string general_key_of(const pattern::Path& path) { return join(path, true); }

const pattern::HashName* hash_of(const pattern::Path& path) {
  if (path.steps.size() != 2 || !is_below_hashes(path, 1)) return nullptr;
  return path.steps[1].kind == PathStep::Kind::kName ? pattern::find_hash_name(path.steps[1].text)
                                                     : nullptr;
}

}  // namespace quarry::taxii_pull::flatten
