// url_encode(), url_encode_component() and url_decode().
#include "common/kql/functions/encode/percent.h"

#include "common/base/text.h"
#include "common/base/unicode.h"
#include "common/kql/functions/rowwise_inl.h"

#include <cstdint>

namespace quarry::kql::functions {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kSafe = "-_.!*()";

int hex_digit(char c) {
  const std::size_t at = kHex.find(text::ascii_lower(c));
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

std::string repaired(std::string bytes) {
  if (unicode::is_valid(bytes)) return bytes;
  std::string out;
  for (std::size_t at = 0; at < bytes.size();) unicode::append(out, unicode::decode(bytes, at));
  return out;
}

std::string url_encode(std::string_view url) { return percent_encode(url, Blank::kPlus); }
std::string url_encode_component(std::string_view url) {
  return percent_encode(url, Blank::kPercent);
}
std::string url_decode(std::string_view url) { return percent_decode(url); }

constexpr Param kUrl[]{{"url", "The text to encode."}};
constexpr Param kEncoded[]{{"encoded_url", "The text to decode."}};
constexpr FunctionDef kEncode{
    .name = "url_encode",
    .summary = "Encodes a text for use in a URL's query; a blank becomes +.",
    .params = kUrl,
    .example = {R"(print url_encode("https://www.bing.com/hello world"))",
                "https%3a%2f%2fwww.bing.com%2fhello+world"},
    .overloads = rowwise<url_encode>};
constexpr FunctionDef kEncodeComponent{
    .name = "url_encode_component",
    .summary = "Encodes a text for use in a URL; a blank becomes %20.",
    .params = kUrl,
    .example = {R"(print url_encode_component("https://www.bing.com/hello world"))",
                "https%3a%2f%2fwww.bing.com%2fhello%20world"},
    .overloads = rowwise<url_encode_component>};
constexpr FunctionDef kDecode{
    .name = "url_decode",
    .summary = "Decodes %xx and + in a URL.",
    .params = kEncoded,
    .example = {R"(print url_decode("https%3a%2f%2fwww.bing.com%2f"))", "https://www.bing.com/"},
    .overloads = rowwise<url_decode>};

constexpr const FunctionDef* kScalars[]{&kEncode, &kEncodeComponent, &kDecode};

}  // namespace

std::string percent_encode(std::string_view url, Blank blank) {
  std::string out;
  for (const char c : url) {
    if (text::is_ascii_alnum(c) || kSafe.find(c) != std::string_view::npos) {
      out += c;
    } else if (c == ' ' && blank == Blank::kPlus) {
      out += '+';
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  return out;
}

std::string percent_decode(std::string_view url) {
  std::string out;
  for (std::size_t i = 0; i < url.size(); ++i) {
    if (url[i] == '%' && i + 2 < url.size() && hex_digit(url[i + 1]) >= 0 &&
        hex_digit(url[i + 2]) >= 0) {
      out += static_cast<char>(hex_digit(url[i + 1]) * 16 + hex_digit(url[i + 2]));
      i += 2;
    } else {
      out += url[i] == '+' ? ' ' : url[i];
    }
  }
  return repaired(std::move(out));
}

extern constinit const FunctionTable kPercentFunctions{"encode", kScalars};

}  // namespace quarry::kql::functions
