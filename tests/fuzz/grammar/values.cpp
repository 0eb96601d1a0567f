#include "tests/fuzz/grammar/values.h"

#include <fmt/format.h>

#include <limits>

namespace quarry::fuzz {
namespace {

constexpr std::string_view kTexts[]{
    "",
    "a",
    "A",
    "abc",
    "powershell.exe",
    "cmd.exe /c dir",
    "user1",
    "USER1",
    "user=7;x",
    "10.0.0.1",
    "192.168.1.0/24",
    "fe80::1",
    "true",
    "null",
    "1",
    "-17.5",
    "1e308",
    "2024-05-01",
    "01:02:03",
    "système",
    "Straße",
    "\u212Aelvin",
    "ſmith",
    "日本語",
    "x'y",
    "q\"q",
    "back\\slash",
    "tab\there",
    "line\nend",
    "%41%zz",
    "a,b,,c",
    "k=v, l=\"w\"",
    "{\"a\":1}",
    "[1,2]",
    "<a b='c'>d</a>",
    "aGVsbG8=",
    "(a+)+$",
    "[",
    "\\d{2,}",
    "http://u:p@h.example:80/p/q?x=1#f",
    "POINT(1 2)",
    "s00000000000",
    "C:\\Windows\\System32\\cmd.exe",
    "😀",
    "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,0],[1,1],[0,0]]]}",
    "3f2504e0-4f89-11d3-9a0c-0305e82c3301"};

constexpr std::int64_t kIntegers[]{
    0,    1,    -1,    2,  7,   10,    63,      64,         100,           1000,        1023,
    1024, 1025, 65536, -5, 255, 86400, 1 << 30, 2147483647, -2147483648LL, 4294967296LL};
constexpr std::string_view kReals[]{"0.0",   "1.5",    "-2.25",  "1e-9", "0.1",    "3.14", "1e10",
                                    "1e300", "-1e308", "5e-324", "90.0", "-180.0", "42.0"};
constexpr std::string_view kDatetimes[]{"2024-05-01",          "2024-02-29T23:59:59.9999999Z",
                                        "1970-01-01",          "0001-01-01",
                                        "9999-12-31 23:59:59", "2023-12-31 12:00",
                                        "2024-05-01T01:00:00Z"};
constexpr std::string_view kTimespans[]{"1d",    "1h", "5m",  "1s",  "1ms",
                                        "1tick", "0s", "10d", "1.5h"};
constexpr std::string_view kGuids[]{"3f2504e0-4f89-11d3-9a0c-0305e82c3301",
                                    "00000000-0000-0000-0000-000000000000"};

std::int64_t integer(Random& random) {
  if (random.percent(50)) return static_cast<std::int64_t>(random.below(20));
  if (random.percent(80)) return random.pick(kIntegers);
  return static_cast<std::int64_t>(random.bits());
}

/// A JSON-safe text in single or double quotes, or verbatim.
std::string quoted(Random& random, std::string_view text) {
  if (random.percent(10) && text.find_first_of("\n\"") == std::string_view::npos)
    return fmt::format("@\"{}\"", text);
  const char quote = random.percent(50) ? '\'' : '"';
  std::string out(1, quote);
  for (const char c : text) {
    if (c == quote || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else {
      out += c;
    }
  }
  return out + quote;
}

std::string null_of(Type type) {
  return type == Type::kString ? "''" : fmt::format("{}(null)", name_of(type));
}

}  // namespace

std::string text(Random& random) {
  std::string out(random.pick(kTexts));
  if (random.percent(15)) out += random.pick(kTexts);
  if (random.percent(2)) out.append(random.below(300), 'x');
  return out;
}

std::string json_document(Random& random, int depth) {
  const std::uint64_t kind = random.below(depth > 0 ? 8 : 5);
  switch (kind) {
    case 0:
      return "null";
    case 1:
      return std::string(random.pick({"true", "false"}));
    case 2:
      return fmt::format("{}", integer(random));
    case 3:
      return std::string(random.pick(kReals));
    case 4:
      return json_string(random, text(random));
    case 5:
    case 6: {
      std::string out = "[";
      for (std::uint64_t count = random.below(5); count > 0; --count) {
        if (out.size() > 1) out += ',';
        out += kind == 5 ? fmt::format("{}", integer(random)) : json_document(random, depth - 1);
      }
      return out + "]";
    }
    default: {
      std::string out = "{";
      for (std::uint64_t count = random.below(4); count > 0; --count) {
        if (out.size() > 1) out += ',';
        out += fmt::format("\"{}\":{}", random.pick({"a", "b", "k", "v", "deep", "", "é"}),
                           json_document(random, depth - 1));
      }
      return out + "}";
    }
  }
}

std::string json_string(Random& random, std::string_view text) {
  const unsigned escapes = random.percent(20) ? 30 : 0;
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || (byte < 0x80 && random.percent(escapes))) {
      out += fmt::format(fmt::runtime(random.percent(50) ? "\\u{:04x}" : "\\u{:04X}"),
                         static_cast<unsigned>(byte));
    } else if (c == '/' && escapes != 0) {
      out += "\\/";
    } else {
      out += c;
    }
  }
  if (random.percent(1)) out += "\\ud83d";   // half a pair
  if (random.percent(1)) out += "\xff\xc3";  // no UTF-8
  if (random.percent(1)) out += "\\ud83d\\ude00";
  return out + '"';
}

std::string literal(Random& random, Type type) {
  if (random.percent(6)) return null_of(type);
  switch (type) {
    case Type::kBool:
      return std::string(random.pick({"true", "false"}));
    case Type::kInt:
      return fmt::format("int({})", static_cast<std::int32_t>(integer(random)));
    case Type::kLong: {
      const std::int64_t value = integer(random);
      return value >= 0 ? fmt::format("{}", value) : fmt::format("long({})", value);
    }
    case Type::kReal:
      return random.percent(90) ? fmt::format("real({})", random.pick(kReals))
                                : fmt::format("real({})", random.pick({"nan", "+inf", "-inf"}));
    case Type::kDecimal:
      return fmt::format("decimal({})", random.percent(50) ? fmt::format("{}", integer(random))
                                                           : std::string(random.pick(kReals)));
    case Type::kDatetime:
      return fmt::format("datetime({})", random.pick(kDatetimes));
    case Type::kTimespan:
      return random.percent(80) ? std::string(random.pick(kTimespans))
                                : fmt::format("timespan({}.01:02:03)", integer(random) % 10000000);
    case Type::kGuid:
      return fmt::format("guid({})", random.pick(kGuids));
    case Type::kDynamic:
      return fmt::format("dynamic({})", json_document(random, 3));
    case Type::kString:
    case Type::kUnknown:
      break;
  }
  return quoted(random, text(random));
}

std::string json_value(Random& random, Type type) {
  if (random.percent(8)) return "null";
  if (random.percent(6)) type = random.pick(kAllTypes);
  if (random.percent(2))
    return std::string(
        random.pick({"1e999", "-0", "123456789012345678901234567890", "0.1e-400", "\"\"",
                     "[[[[[[]]]]]]", "{\"a\":{\"a\":{}}}", "9223372036854775808"}));
  switch (type) {
    case Type::kBool:
      return std::string(random.pick({"true", "false"}));
    case Type::kInt:
      return fmt::format("{}", static_cast<std::int32_t>(integer(random)));
    case Type::kLong:
      return fmt::format("{}", integer(random));
    case Type::kReal:
      return std::string(random.pick(kReals));
    case Type::kDecimal:
      return fmt::format("\"{}\"", random.pick(kReals));
    case Type::kDatetime:
      return fmt::format("\"{}\"", random.pick(kDatetimes));
    case Type::kTimespan:
      return fmt::format("\"{:02}:{:02}:{:02}\"", random.below(24), random.below(60),
                         random.below(60));
    case Type::kGuid:
      return fmt::format("\"{}\"", random.pick(kGuids));
    case Type::kDynamic:
      return json_document(random, 3);
    case Type::kString:
    case Type::kUnknown:
      break;
  }
  return json_string(random, text(random));
}

}  // namespace quarry::fuzz
