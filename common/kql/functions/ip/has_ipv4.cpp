// has_ipv4(), has_ipv4_prefix() and their has_any_… forms: IPv4 addresses inside texts.
// KQL: an address counts only where no letter or digit touches it; 256 is in no address. A prefix
// ends in a dot or is a whole address.
#include "common/base/text.h"
#include "common/kql/functions/dynamic/json_function.h"
#include "common/kql/kernel/ip_address.h"

namespace quarry::kql::functions {
namespace {

bool is_part(char c) { return text::is_ascii_digit(c) || c == '.'; }

/// Walks the addresses in a text.
class AddressScan {
 public:
  explicit AddressScan(std::string_view source) : source_(source) {}
  bool next(std::uint32_t& address) {
    while (at_ < source_.size()) {
      if (!text::is_ascii_digit(source_[at_])) {
        ++at_;
        continue;
      }
      const std::size_t begin = at_;
      while (at_ < source_.size() && is_part(source_[at_])) ++at_;
      if (begin > 0 && text::is_ascii_alpha(source_[begin - 1])) continue;
      if (at_ < source_.size() && text::is_ascii_alpha(source_[at_])) continue;
      std::string_view token = source_.substr(begin, at_ - begin);
      while (!token.empty() && token.back() == '.')
        token.remove_suffix(1);  // the end of a sentence
      if (const auto ip = parse_ipv4(token)) {
        address = ip->address;
        return true;
      }
    }
    return false;
  }

 private:
  std::string_view source_;
  std::size_t at_ = 0;
};

/// An address to look for, or all that begin alike: of `bits` bits.
struct Wanted {
  std::uint32_t address = 0;
  int bits = 32;

  static std::optional<Wanted> whole(std::string_view text) {
    const auto ip = parse_ipv4(text);
    if (!ip || text.find('/') != std::string_view::npos) return std::nullopt;
    return Wanted{ip->address, 32};
  }
  /// "10.1." is "10.1.0.0" of 16 bits.
  static std::optional<Wanted> prefix(std::string_view text) {
    if (text.empty() || text.back() != '.') return whole(text);
    std::string filled(text);
    int dots = 0;
    for (const char c : text) dots += c == '.' ? 1 : 0;
    if (dots > 3) return std::nullopt;
    for (int i = dots; i < 4; ++i) filled += i == 3 ? "0" : "0.";
    const auto ip = parse_ipv4(filled);
    return ip ? std::optional(Wanted{ip->address, 8 * dots}) : std::nullopt;
  }
};

enum class Look : std::uint8_t { kWhole, kPrefix };

void add_wanted(std::vector<Wanted>& all, Look look, const DynamicView& given) {
  std::string scratch;
  if (const auto text = given.as_string(scratch)) {
    if (const auto wanted = look == Look::kWhole ? Wanted::whole(*text) : Wanted::prefix(*text))
      all.push_back(*wanted);
    return;
  }
  DynamicView element;
  for (ArrayCursor cursor(given); cursor.next(element);) {
    if (element.kind() == DynamicKind::kString) add_wanted(all, look, element);
  }
}

template <Look kLook>
std::optional<bool> has_any(JsonRow& row) {
  std::vector<Wanted> wanted;
  for (std::size_t i = 1; i < row.size(); ++i) add_wanted(wanted, kLook, row[i]);
  std::uint32_t address = 0;
  for (AddressScan scan(row.text(0)); scan.next(address);) {
    for (const Wanted& one : wanted) {
      if (masked(address, one.bits) == one.address) return true;
    }
  }
  return false;
}

constexpr Param kOne[]{{"source", "The text to search."}, {"ip", "An IPv4 address."}};
constexpr Param kOnePrefix[]{{"source", "The text to search."},
                             {"ip_prefix", "The start of an address up to a dot, or a whole one."}};
constexpr Param kAny[]{{"source", "The text to search."},
                       {"ips", "Addresses: texts, or one array of texts.", false, true}};
constexpr Param kAnyPrefix[]{
    {"source", "The text to search."},
    {"ip_prefixes", "Starts of addresses: texts, or one array of texts.", false, true}};
constexpr FunctionDef kHas{
    .name = "has_ipv4",
    .summary = "Tells whether a text holds an IPv4 address.",
    .params = kOne,
    .example = {R"(print has_ipv4("05:04:54 127.0.0.1 GET /favicon.ico 404", "127.0.0.1"))",
                "true"},
    .resolve = resolve_json<has_any<Look::kWhole>, "tt">};
constexpr FunctionDef kHasPrefix{
    .name = "has_ipv4_prefix",
    .summary = "Tells whether a text holds an IPv4 address that begins in a certain way.",
    .params = kOnePrefix,
    .example = {R"(print has_ipv4_prefix("05:04:54 127.0.0.1 GET /favicon.ico 404", "127.0."))",
                "true"},
    .resolve = resolve_json<has_any<Look::kPrefix>, "tt">};
constexpr FunctionDef kHasAny{
    .name = "has_any_ipv4",
    .summary = "Tells whether a text holds one of several IPv4 addresses.",
    .params = kAny,
    .example =
        {R"(print has_any_ipv4("05:04:54 127.0.0.1 GET /", dynamic(["127.0.0.1", "127.0.0.2"])))",
         "true"},
    .resolve = resolve_json<has_any<Look::kWhole>, "tv*">};
constexpr FunctionDef kHasAnyPrefix{
    .name = "has_any_ipv4_prefix",
    .summary = "Tells whether a text holds an IPv4 address that begins in one of several ways.",
    .params = kAnyPrefix,
    .example = {R"(print has_any_ipv4_prefix("05:04:54 127.0.0.1 GET /", "127.0.", "192.168."))",
                "true"},
    .resolve = resolve_json<has_any<Look::kPrefix>, "tv*">};

constexpr const FunctionDef* kScalars[]{&kHas, &kHasPrefix, &kHasAny, &kHasAnyPrefix};

}  // namespace

extern constinit const FunctionTable kHasIpv4{"ip", kScalars};

}  // namespace quarry::kql::functions
