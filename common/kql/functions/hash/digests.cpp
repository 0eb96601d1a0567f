// hash_md5(), hash_sha1() and hash_sha256(): digests of the value's text, as tostring() gives it.
#include "common/base/digest.h"
#include "common/kql/functions/text_arguments_inl.h"

namespace quarry::kql::functions {
namespace {

template <DigestKind kKind>
std::string digest(std::string_view text) {
  return hex_digest(kKind, text);
}

constexpr Param kParams[]{
    {"source", "Any scalar; what is no text is hashed as tostring() writes it."}};
constexpr FunctionDef kMd5{
    .name = "hash_md5",
    .summary = "Returns the MD5 of a value in hexadecimal.",
    .params = kParams,
    .example = {R"(print hash_md5("World"))", "f5a7924e621e84c9280a9a27e1bcb7f6"},
    .resolve = resolve_any_text<digest<DigestKind::kMd5>>};
constexpr FunctionDef kSha1{
    .name = "hash_sha1",
    .summary = "Returns the SHA-1 of a value in hexadecimal.",
    .params = kParams,
    .example = {R"(print hash_sha1("World"))", "70c07ec18ef89c5309bbb0937f3a6342411e1fdd"},
    .resolve = resolve_any_text<digest<DigestKind::kSha1>>};
constexpr FunctionDef kSha256{
    .name = "hash_sha256",
    .summary = "Returns the SHA-256 of a value in hexadecimal.",
    .params = kParams,
    .example = {R"(print hash_sha256("World"))",
                "78ae647dc5544d227130a0682a51e30bc7777fbb6d8a8f17007463a3ecd1d524"},
    .resolve = resolve_any_text<digest<DigestKind::kSha256>>};

constexpr const FunctionDef* kScalars[]{&kMd5, &kSha1, &kSha256};

}  // namespace

extern constinit const FunctionTable kDigests{"hash", kScalars};

}  // namespace quarry::kql::functions
