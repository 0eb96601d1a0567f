// SHA-256, SHA-1, MD5 over bytes. Wraps OpenSSL's EVP.
#pragma once

#include <string>
#include <string_view>

namespace quarry {

enum class DigestKind : unsigned char { kMd5, kSha1, kSha256 };

/// Lower-case hexadecimal digest of the bytes.
std::string hex_digest(DigestKind kind, std::string_view bytes);

}  // namespace quarry
