#include "tools/taxii-pull/pattern/hash_names.h"

#include "common/base/text.h"
#include "common/base/unicode.h"
#include "tools/taxii-pull/pattern/literal.h"
#include "tools/taxii-pull/pattern/parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace quarry::taxii_pull::pattern {
namespace {

constexpr std::array<HashName, 14> kHashNames{{
    {"MD5", "MD5", 32, true},
    {"SHA1", "SHA-1", 40, true},
    {"SHA256", "SHA-256", 64, true},
    {"SHA512", "SHA-512", 128, true},
    {"SHA224", "SHA-224", 56, true},
    {"SHA384", "SHA-384", 96, true},
    {"SHA3224", "SHA3-224", 56, true},
    {"SHA3256", "SHA3-256", 64, true},
    {"SHA3384", "SHA3-384", 96, true},
    {"SHA3512", "SHA3-512", 128, true},
    {"RIPEMD160", "RIPEMD-160", 40, true},
    {"WHIRLPOOL", "WHIRLPOOL", 128, true},
    {"SSDEEP", "SSDEEP", 0, false},
    {"TLSH", "TLSH", 0, false},
}};

bool is_same(std::string_view name, std::string_view plain) {
  std::size_t matched = 0;
  for (const char c : name) {
    if (c == '-') continue;
    if (matched == plain.size() || text::ascii_upper(c) != plain[matched]) return false;
    ++matched;
  }
  return matched == plain.size();
}

bool is_hex(std::string_view text, std::size_t digits) {
  return text.size() == digits && is_hex_pairs(text);
}

bool compares_equal(const Comparison& comparison) {
  return comparison.op == Operator::kEqual || comparison.op == Operator::kNotEqual ||
         comparison.op == Operator::kIn;
}

}  // namespace

const HashName* find_hash_name(std::string_view name) {
  const auto found = std::find_if(kHashNames.begin(), kHashNames.end(), [&](const HashName& known) {
    return is_same(name, known.plain);
  });
  return found == kHashNames.end() ? nullptr : found;
}

std::optional<Fault> check_hashes(const Pattern& pattern) {
  for (const Comparison& comparison : pattern.comparisons) {
    const std::vector<PathStep>& steps = comparison.path.steps;
    if (steps.size() < 2 || steps[0].text != "hashes" || !compares_equal(comparison)) continue;
    const HashName* const hash = find_hash_name(steps.back().text);
    if (hash == nullptr || hash->digits == 0) continue;
    for (const Constant& constant : comparison.constants) {
      if (is_hex(constant.text, hash->digits)) continue;
      return Fault{
          Fault::Kind::kHashValue,
          fmt::format("'{}' is no {} hash: {} hexadecimal digits are",
                      unicode::prefix_of_bytes(constant.text, 80), hash->spelling, hash->digits),
          comparison.offset};
    }
  }
  return std::nullopt;
}

}  // namespace quarry::taxii_pull::pattern
