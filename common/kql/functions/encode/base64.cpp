#include "common/kql/functions/encode/base64.h"

#include "common/base/text.h"
#include "common/base/unicode.h"
#include "common/kql/functions/dynamic/json_function.h"
#include "common/kql/functions/rowwise_inl.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace quarry::kql::functions {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr auto kDigits = [] {
  std::array<std::int8_t, 256> digits{};
  digits.fill(-1);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i)
    digits[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::int8_t>(i);
  return digits;
}();

std::string encode_tostring(std::string_view text) { return base64_encode(text); }

/// KQL: "" where the bytes are no UTF-8.
std::string decode_tostring(std::string_view text) {
  auto bytes = base64_decode(text);
  return bytes && unicode::is_valid(*bytes) ? std::move(*bytes) : std::string();
}

DynamicText decode_toarray(std::string_view text) {
  const auto bytes = base64_decode(text);
  if (!bytes) return {};
  std::string json(1, '[');
  for (const char byte : *bytes) {
    append_separator(json);
    json += std::to_string(static_cast<unsigned char>(byte));
  }
  json += ']';
  return {std::move(json)};
}

/// KQL: "" where an element is no byte.
std::string encode_fromarray(DynamicView array) {
  std::string bytes;
  DynamicView element;
  for (ArrayCursor cursor(array); cursor.next(element);) {
    const auto value = element.as_long();
    if (!value || *value < 0 || *value > 255) return {};
    bytes += static_cast<char>(*value);
  }
  return base64_encode(bytes);
}

/// A guid's bytes as .NET lays them out: the first three fields with their low byte first.
constexpr std::array<std::size_t, 16> kGuidOrder{3, 2, 1,  0,  5,  4,  7,  6,
                                                 8, 9, 10, 11, 12, 13, 14, 15};

std::optional<Guid> decode_toguid(std::string_view text) {
  const auto bytes = base64_decode(text);
  if (!bytes || bytes->size() != kGuidOrder.size()) return std::nullopt;
  Guid guid;
  for (std::size_t i = 0; i < kGuidOrder.size(); ++i)
    guid.bytes[i] = static_cast<std::uint8_t>((*bytes)[kGuidOrder[i]]);
  return guid;
}
std::string encode_fromguid(Guid guid) {
  std::string bytes(kGuidOrder.size(), '\0');
  for (std::size_t i = 0; i < kGuidOrder.size(); ++i)
    bytes[kGuidOrder[i]] = static_cast<char>(guid.bytes[i]);
  return base64_encode(bytes);
}

constexpr std::string_view kEncodeAliases[]{"base64_encodestring"};
constexpr std::string_view kDecodeAliases[]{"base64_decodestring"};
constexpr Param kText[]{{"string", "The text to encode."}};
constexpr Param kBase64[]{{"base64_string", "Base64 with padding."}};
constexpr Param kArray[]{{"array", "An array of bytes: 0 to 255."}};
constexpr Param kGuid[]{{"guid", "Any guid."}};
constexpr FunctionDef kEncode{.name = "base64_encode_tostring",
                              .aliases = kEncodeAliases,
                              .summary = "Encodes the UTF-8 bytes of a text as base64.",
                              .params = kText,
                              .example = {R"(print base64_encode_tostring("Kusto"))", "S3VzdG8="},
                              .overloads = rowwise<encode_tostring>};
constexpr FunctionDef kDecode{
    .name = "base64_decode_tostring",
    .aliases = kDecodeAliases,
    .summary = "Decodes base64 to text; \"\" where it is no base64 or no UTF-8.",
    .params = kBase64,
    .example = {R"(print base64_decode_tostring("S3VzdG8="))", "Kusto"},
    .overloads = rowwise<decode_tostring>};
constexpr FunctionDef kToArray{
    .name = "base64_decode_toarray",
    .summary = "Decodes base64 to an array of bytes.",
    .params = kBase64,
    .example = {R"(print base64_decode_toarray("S3VzdG8="))", "[75,117,115,116,111]"},
    .overloads = rowwise<decode_toarray>};
constexpr FunctionDef kFromArray{
    .name = "base64_encode_fromarray",
    .summary = "Encodes an array of bytes as base64.",
    .params = kArray,
    .example = {"print base64_encode_fromarray(dynamic([75, 117, 115, 116, 111]))", "S3VzdG8="},
    .overloads = rowwise<encode_fromarray>};
constexpr FunctionDef kToGuid{
    .name = "base64_decode_toguid",
    .summary = "Decodes 16 bytes in base64 to a guid.",
    .params = kBase64,
    .example = {R"(print base64_decode_toguid("JpbpECu8dUy7Pv5gbeJXAA=="))",
                "10e99626-bc2b-4c75-bb3e-fe606de25700"},
    .overloads = rowwise<decode_toguid>};
constexpr FunctionDef kFromGuid{
    .name = "base64_encode_fromguid",
    .summary = "Encodes the 16 bytes of a guid as base64.",
    .params = kGuid,
    .example = {"print base64_encode_fromguid(guid(10e99626-bc2b-4c75-bb3e-fe606de25700))",
                "JpbpECu8dUy7Pv5gbeJXAA=="},
    .overloads = rowwise<encode_fromguid>};

constexpr const FunctionDef* kScalars[]{&kEncode,    &kDecode, &kToArray,
                                        &kFromArray, &kToGuid, &kFromGuid};

}  // namespace

std::string base64_encode(std::string_view bytes) {
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 3; ++j)
      group = group << 8 | (j < count ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    for (std::size_t j = 0; j < 4; ++j)
      out += j <= count ? kAlphabet[group >> (18 - 6 * j) & 63] : '=';
  }
  return out;
}

std::optional<std::string> base64_decode(std::string_view base64) {
  std::string out;
  out.reserve(base64.size() / 4 * 3);
  std::uint32_t group = 0;
  std::size_t digits = 0, padding = 0;
  for (const char c : base64) {
    if (text::is_ascii_space(c)) continue;
    if (c == '=') {
      ++padding;
      continue;
    }
    const std::int8_t digit = kDigits[static_cast<unsigned char>(c)];
    if (digit < 0 || padding != 0) return std::nullopt;
    group = group << 6 | static_cast<std::uint32_t>(digit);
    if (++digits % 4 != 0) continue;
    for (const int shift : {16, 8, 0}) out += static_cast<char>(group >> shift & 255);
    group = 0;
  }
  const std::size_t rest = digits % 4;
  if (padding > 2 || (digits + padding) % 4 != 0 || rest == 1) return std::nullopt;
  if (rest == 2) out += static_cast<char>(group >> 4 & 255);
  if (rest == 3) {
    out += static_cast<char>(group >> 10 & 255);
    out += static_cast<char>(group >> 2 & 255);
  }
  return out;
}

extern constinit const FunctionTable kBase64Functions{"encode", kScalars};

}  // namespace quarry::kql::functions
