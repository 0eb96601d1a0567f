// gzip and zlib in base64. KQL: "" stands for whatever cannot be decoded, also for bytes that are
// no UTF-8.
#include "common/base/deflate.h"
#include "common/base/unicode.h"
#include "common/kql/functions/encode/base64.h"
#include "common/kql/functions/rowwise_inl.h"

namespace quarry::kql::functions {
namespace {

/// A few bytes of input may stand for a thousand times as many: what grows beyond this is taken for
/// an attack and gives "".
constexpr std::size_t kMaxInflated = std::size_t{64} << 20;

template <DeflateEnvelope kEnvelope>
std::string compress(std::string_view text) {
  return base64_encode(deflate(kEnvelope, text));
}

template <DeflateEnvelope kEnvelope>
std::string decompress(std::string_view text) {
  const auto bytes = base64_decode(text);
  if (!bytes) return {};
  auto inflated = inflate(kEnvelope, *bytes, kMaxInflated);
  return inflated && unicode::is_valid(*inflated) ? std::move(*inflated) : std::string();
}

constexpr Param kText[]{{"string", "The text to compress."}};
constexpr Param kBase64[]{{"string", "What compression gave, in base64."}};
constexpr FunctionDef kGzip{
    .name = "gzip_compress_to_base64_string",
    .summary =
        "Compresses a text by gzip and encodes it as base64; short texts are stored as they are.",
    .params = kText,
    .example = {R"(print gzip_compress_to_base64_string("1234567890qwertyuiop"))",
                "H4sIAAAAAAAA/wEUAOv/MTIzNDU2Nzg5MHF3ZXJ0eXVpb3A6m7f2FAAAAA=="},
    .overloads = rowwise<compress<DeflateEnvelope::kGzip>>};
constexpr FunctionDef kGunzip{
    .name = "gzip_decompress_from_base64_string",
    .summary = "Decodes base64 and gzip; \"\" where it is none, no UTF-8 or more than 64 MB.",
    .params = kBase64,
    .example =
        {R"(print gzip_decompress_from_base64_string("H4sIAAAAAAAA/wEUAOv/MTIzNDU2Nzg5MHF3ZXJ0eXVpb3A6m7f2FAAAAA=="))",
         "1234567890qwertyuiop"},
    .overloads = rowwise<decompress<DeflateEnvelope::kGzip>>};
constexpr FunctionDef kZlib{
    .name = "zlib_compress_to_base64_string",
    .summary =
        "Compresses a text by zlib and encodes it as base64; short texts are stored as they are.",
    .params = kText,
    .example = {R"(print zlib_compress_to_base64_string("1234567890qwertyuiop"))",
                "eAEBFADr/zEyMzQ1Njc4OTBxd2VydHl1aW9wOAkGdw=="},
    .overloads = rowwise<compress<DeflateEnvelope::kZlib>>};
constexpr FunctionDef kUnzlib{
    .name = "zlib_decompress_from_base64_string",
    .summary = "Decodes base64 and zlib; \"\" where it is none, no UTF-8 or more than 64 MB.",
    .params = kBase64,
    .example = {R"(print zlib_decompress_from_base64_string("eJwLSS0uUSguKcrMS1cwNDIGACxqBQ4="))",
                "Test string 123"},
    .overloads = rowwise<decompress<DeflateEnvelope::kZlib>>};

constexpr const FunctionDef* kScalars[]{&kGzip, &kGunzip, &kZlib, &kUnzlib};

}  // namespace

extern constinit const FunctionTable kCompressFunctions{"encode", kScalars};

}  // namespace quarry::kql::functions
