// SHA-256, SHA-1, MD5 over bytes. Wraps OpenSSL's EVP.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace quarry {

enum class DigestKind : unsigned char { kMd5, kSha1, kSha256 };

/// Lower-case hexadecimal digest of the bytes.
std::string hex_digest(DigestKind kind, std::string_view bytes);

/// SHA-256 of bytes that come piece by piece.
class Sha256 {
 public:
  Sha256();
  void update(std::string_view bytes);
  /// Lower-case hexadecimal; once, at the end.
  std::string hex();

 private:
  std::shared_ptr<void> context_;
};

}  // namespace quarry
