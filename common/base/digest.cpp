#include "common/base/digest.h"

#include "common/base/assert.h"

#include <openssl/evp.h>

#include <array>

namespace quarry {
namespace {

const EVP_MD* algorithm_of(DigestKind kind) {
  switch (kind) {
    case DigestKind::kMd5:
      return EVP_md5();
    case DigestKind::kSha1:
      return EVP_sha1();
    case DigestKind::kSha256:
      return EVP_sha256();
  }
  return nullptr;
}

std::string hex_of(const unsigned char* digest, unsigned int size) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  hex.reserve(size * 2);
  for (unsigned int i = 0; i < size; ++i) {
    hex.push_back(kDigits[digest[i] >> 4]);
    hex.push_back(kDigits[digest[i] & 15]);
  }
  return hex;
}

EVP_MD_CTX* as_context(const std::shared_ptr<void>& context) {
  return static_cast<EVP_MD_CTX*>(context.get());
}

}  // namespace

std::string hex_digest(DigestKind kind, std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned int size = 0;
  const int done =
      EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, algorithm_of(kind), nullptr);
  QUARRY_ASSERT(done == 1, "the digest is available in OpenSSL");
  return hex_of(digest.data(), size);
}

Sha256::Sha256()
    : context_(EVP_MD_CTX_new(),
               [](void* context) { EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context)); }) {
  const int done = EVP_DigestInit_ex(as_context(context_), EVP_sha256(), nullptr);
  QUARRY_ASSERT(done == 1, "SHA-256 is available in OpenSSL");
}

void Sha256::update(std::string_view bytes) {
  EVP_DigestUpdate(as_context(context_), bytes.data(), bytes.size());
}

std::string Sha256::hex() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned int size = 0;
  EVP_DigestFinal_ex(as_context(context_), digest.data(), &size);
  return hex_of(digest.data(), size);
}

}  // namespace quarry
