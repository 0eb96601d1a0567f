// punycode_from_string(), punycode_to_string() and, label by label with "xn--",
// punycode_domain_to_string() and punycode_domain_from_string(). Names follow Kusto:
// …_domain_to_string() encodes.
#include "common/kql/functions/encode/punycode.h"

#include "common/base/text.h"
#include "common/base/unicode.h"
#include "common/kql/functions/rowwise_inl.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace quarry::kql::functions {
namespace {

// RFC 3492 §5: the parameters of Punycode.
constexpr std::uint32_t kBase = 36, kTMin = 1, kTMax = 26, kSkew = 38, kDamp = 700,
                        kInitialBias = 72, kInitialN = 128;
constexpr std::string_view kDigits = "abcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::string_view kPrefix = "xn--";

/// RFC 3492 §6.1.
std::uint32_t adapt(std::uint32_t delta, std::uint32_t points, bool first) {
  delta = first ? delta / kDamp : delta / 2;
  delta += delta / points;
  std::uint32_t k = 0;
  for (; delta > (kBase - kTMin) * kTMax / 2; k += kBase) delta /= kBase - kTMin;
  return k + (kBase - kTMin + 1) * delta / (delta + kSkew);
}

std::uint32_t threshold(std::uint32_t k, std::uint32_t bias) {
  return k <= bias ? kTMin : std::min(k - bias, kTMax);
}

std::vector<std::uint32_t> code_points(std::string_view text) {
  std::vector<std::uint32_t> points;
  for (std::size_t at = 0; at < text.size();) points.push_back(unicode::decode(text, at));
  return points;
}

/// RFC 3492 §6.3: one delta as digits of a base that varies with their place.
void append_delta(std::string& out, std::uint32_t delta, std::uint32_t bias) {
  for (std::uint32_t k = kBase;; k += kBase) {
    const std::uint32_t t = threshold(k, bias);
    if (delta < t) break;
    out += kDigits[t + (delta - t) % (kBase - t)];
    delta = (delta - t) / (kBase - t);
  }
  out += kDigits[delta];
}

/// Ideographic full stops separate labels too.
bool is_label_end(char32_t c) { return c == '.' || c == 0x3002 || c == 0xFF0E || c == 0xFF61; }

/// The domain with every label changed; labels are joined by dots.
template <class Change>
std::string each_label(std::string_view domain, const Change& change) {
  std::string out;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < domain.size();) {
    const std::size_t before = at;
    if (!is_label_end(unicode::decode(domain, at))) continue;
    out += change(domain.substr(begin, before - begin)) + '.';
    begin = at;
  }
  return out + change(domain.substr(begin));
}

std::string punycode_from_string(std::string_view text) { return punycode_encode(text); }
std::string punycode_to_string(std::string_view text) {
  return punycode_decode(text).value_or(std::string());
}
std::string punycode_domain_to_string(std::string_view domain) {
  return each_label(domain, [](std::string_view label) {
    return unicode::is_ascii(label) ? std::string(label)
                                    : std::string(kPrefix) + punycode_encode(label);
  });
}
std::string punycode_domain_from_string(std::string_view domain) {
  return each_label(domain, [](std::string_view label) {
    if (!text::iequals_ascii(label.substr(0, kPrefix.size()), kPrefix)) return std::string(label);
    return punycode_decode(label.substr(kPrefix.size())).value_or(std::string(label));
  });
}

constexpr Param kText[]{{"string", "The text."}};
constexpr FunctionDef kFrom{
    .name = "punycode_from_string",
    .summary = "Encodes a text as Punycode.",
    .params = kText,
    .example = {R"(print punycode_from_string("académie-française"))", "acadmie-franaise-npb1a"},
    .overloads = rowwise<punycode_from_string>};
constexpr FunctionDef kTo{
    .name = "punycode_to_string",
    .summary = "Decodes Punycode; \"\" where it is none.",
    .params = kText,
    .example = {R"(print punycode_to_string("acadmie-franaise-npb1a"))", "académie-française"},
    .overloads = rowwise<punycode_to_string>};
constexpr FunctionDef kDomainTo{
    .name = "punycode_domain_to_string",
    .summary = "Encodes the labels of a domain that are not ASCII, as xn--….",
    .params = kText,
    .example = {R"(print punycode_domain_to_string("bücher.example"))", "xn--bcher-kva.example"},
    .overloads = rowwise<punycode_domain_to_string>};
constexpr FunctionDef kDomainFrom{
    .name = "punycode_domain_from_string",
    .summary = "Decodes the labels of a domain that begin with xn--.",
    .params = kText,
    .example = {R"(print punycode_domain_from_string("xn--bcher-kva.example"))", "bücher.example"},
    .overloads = rowwise<punycode_domain_from_string>};

constexpr const FunctionDef* kScalars[]{&kFrom, &kTo, &kDomainTo, &kDomainFrom};

}  // namespace

std::string punycode_encode(std::string_view label) {
  const std::vector<std::uint32_t> points = code_points(label);
  std::string out;
  for (const std::uint32_t point : points) {
    if (point < kInitialN) out += static_cast<char>(point);
  }
  const std::size_t basic = out.size();
  if (basic != 0) out += '-';
  std::uint32_t n = kInitialN, delta = 0, bias = kInitialBias;
  for (std::size_t handled = basic; handled < points.size(); ++delta, ++n) {
    std::uint32_t next = 0x10FFFF + 1;
    for (const std::uint32_t point : points) {
      if (point >= n) next = std::min(next, point);
    }
    delta += (next - n) * static_cast<std::uint32_t>(handled + 1);
    n = next;
    for (const std::uint32_t point : points) {
      if (point < n) ++delta;
      if (point != n) continue;
      append_delta(out, delta, bias);
      const bool first = handled == basic;
      ++handled;
      bias = adapt(delta, static_cast<std::uint32_t>(handled), first);
      delta = 0;
    }
  }
  return out;
}

std::optional<std::string> punycode_decode(std::string_view text) {
  const std::size_t dash = text.rfind('-');
  std::vector<std::uint32_t> points =
      code_points(dash == std::string_view::npos ? std::string_view{} : text.substr(0, dash));
  std::size_t at = dash == std::string_view::npos ? 0 : dash + 1;
  std::uint64_t n = kInitialN, i = 0;
  std::uint32_t bias = kInitialBias;
  while (at < text.size()) {
    const std::uint64_t before = i;
    std::uint64_t weight = 1;
    for (std::uint32_t k = kBase;; k += kBase) {
      const std::size_t digit =
          at < text.size() ? kDigits.find(text::ascii_lower(text[at++])) : std::string_view::npos;
      if (digit == std::string_view::npos) return std::nullopt;
      i += digit * weight;
      const std::uint32_t t = threshold(k, bias);
      if (digit < t) break;
      weight *= kBase - t;
      if (weight > UINT32_MAX || i > UINT32_MAX) return std::nullopt;
    }
    const std::uint64_t count = points.size() + 1;
    bias = adapt(static_cast<std::uint32_t>(i - before), static_cast<std::uint32_t>(count),
                 before == 0);
    n += i / count;
    i %= count;
    if (n > 0x10FFFF || (n >= 0xD800 && n <= 0xDFFF)) return std::nullopt;
    points.insert(points.begin() + static_cast<std::ptrdiff_t>(i++), static_cast<std::uint32_t>(n));
  }
  std::string out;
  for (const std::uint32_t point : points) unicode::append(out, point);
  return out;
}

extern constinit const FunctionTable kPunycode{"encode", kScalars};

}  // namespace quarry::kql::functions
