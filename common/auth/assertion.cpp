#include "common/auth/assertion.h"

#include "common/base/base64.h"
#include "common/base/random.h"
#include "common/json/object_writer.h"

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <string_view>
#include <utility>

namespace quarry::auth {
namespace {

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(PKCS12* store) const { PKCS12_free(store); }
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

Owned<BIO> bio_of(const Secret& text) {
  return Owned<BIO>(BIO_new_mem_buf(text.reveal().data(), static_cast<int>(text.reveal().size())));
}

/// OpenSSL asks for a password here; it would ask at the terminal otherwise.
int give_password(char* buffer, int size, int, void* user) {
  const std::string_view password = static_cast<const Secret*>(user)->reveal();
  if (password.empty() || password.size() > static_cast<std::size_t>(size)) return -1;
  password.copy(buffer, password.size());
  return static_cast<int>(password.size());
}

std::string der_of(X509* certificate) {
  unsigned char* bytes = nullptr;
  const int size = i2d_X509(certificate, &bytes);
  std::string der(reinterpret_cast<char*>(bytes), size > 0 ? static_cast<std::size_t>(size) : 0);
  OPENSSL_free(bytes);
  return der;
}

std::string digest_of(X509* certificate, const EVP_MD* algorithm) {
  unsigned char bytes[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  X509_digest(certificate, algorithm, bytes, &size);
  return base64_url(std::string_view(reinterpret_cast<char*>(bytes), size));
}

Failure refused(std::string what, std::string hint = {}) {
  ERR_clear_error();
  return fail(ErrorCode::kAuth, std::move(what), std::move(hint));
}

struct Pair {
  Owned<X509> certificate;
  Owned<EVP_PKEY> key;
};

Pair read_pem(const Secret& certificate, const Secret& key, const Secret& password) {
  auto* const user = const_cast<Secret*>(&password);
  Pair pair;
  pair.certificate.reset(
      PEM_read_bio_X509(bio_of(certificate).get(), nullptr, give_password, user));
  const Secret& key_text = key.empty() ? certificate : key;
  pair.key.reset(PEM_read_bio_PrivateKey(bio_of(key_text).get(), nullptr, give_password, user));
  return pair;
}

Pair read_pkcs12(const Secret& store_text, const Secret& password) {
  const Owned<PKCS12> store(d2i_PKCS12_bio(bio_of(store_text).get(), nullptr));
  Pair pair;
  if (!store) return pair;
  EVP_PKEY* key = nullptr;
  X509* certificate = nullptr;
  // A Secret's text ends with a zero, as that of a std::string does.
  if (PKCS12_parse(store.get(), password.reveal().data(), &key, &certificate, nullptr) == 1) {
    pair.key.reset(key);
    pair.certificate.reset(certificate);
  }
  return pair;
}

}  // namespace

struct SigningCertificate::Parts {
  Owned<X509> certificate;
  Owned<EVP_PKEY> key;
};

Result<SigningCertificate> SigningCertificate::load(const Secret& certificate, const Secret& key,
                                                    const Secret& password) {
  const bool is_pem = certificate.reveal().find("-----BEGIN ") != std::string_view::npos;
  Pair pair = is_pem ? read_pem(certificate, key, password) : read_pkcs12(certificate, password);
  if (!pair.certificate && !pair.key && !is_pem)
    return refused("neither PEM nor PKCS#12 that the password opens",
                   "give the password with --certificate-password-file");
  if (!pair.certificate) return refused("no certificate in it");
  if (!pair.key)
    return refused("no key in it that can be read",
                   "give --client-key, or --certificate-password-file for an encrypted key");
  if (EVP_PKEY_get_base_id(pair.key.get()) != EVP_PKEY_RSA)
    return refused("the key is no RSA key", "Entra ID takes RSA certificates only");
  if (X509_check_private_key(pair.certificate.get(), pair.key.get()) != 1)
    return refused("the key does not belong to the certificate");
  SigningCertificate result;
  result.parts_ =
      std::make_shared<const Parts>(Parts{std::move(pair.certificate), std::move(pair.key)});
  return result;
}

std::string SigningCertificate::thumbprint_sha256() const {
  return digest_of(parts_->certificate.get(), EVP_sha256());
}

std::string SigningCertificate::thumbprint_sha1() const {
  return digest_of(parts_->certificate.get(), EVP_sha1());
}

std::string SigningCertificate::chain_entry() const {
  return base64(der_of(parts_->certificate.get()));
}

bool SigningCertificate::is_expired() const {
  return X509_cmp_current_time(X509_get0_notAfter(parts_->certificate.get())) < 0;
}

std::string SigningCertificate::expires() const {
  const Owned<BIO> bio(BIO_new(BIO_s_mem()));
  ASN1_TIME_print(bio.get(), X509_get0_notAfter(parts_->certificate.get()));
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return std::string(data, static_cast<std::size_t>(size));
}

Result<std::string> SigningCertificate::sign(const std::string& text, Algorithm algorithm) const {
  const Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* options = nullptr;
  if (EVP_DigestSignInit(context.get(), &options, EVP_sha256(), nullptr, parts_->key.get()) != 1)
    return refused("the key cannot sign");
  if (algorithm == Algorithm::kPs256) {
    EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING);
    EVP_PKEY_CTX_set_rsa_pss_saltlen(options, 32);  // RFC 7518 §3.5: as long as the digest
  }
  const auto* const data = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t size = 0;
  if (EVP_DigestSign(context.get(), nullptr, &size, data, text.size()) != 1)
    return refused("the key cannot sign");
  std::string signature(size, '\0');
  if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, data,
                     text.size()) != 1)
    return refused("the key cannot sign");
  signature.resize(size);
  return signature;
}

Result<Secret> make_assertion(const SigningCertificate& certificate, const AssertionClaims& claims,
                              SigningCertificate::Algorithm algorithm, bool with_chain) {
  const bool is_pss = algorithm == SigningCertificate::Algorithm::kPs256;
  json::ObjectWriter header;
  header.text("alg", is_pss ? "PS256" : "RS256").text("typ", "JWT");
  if (is_pss) {
    header.text("x5t#S256", certificate.thumbprint_sha256());
  } else {
    header.text("x5t", certificate.thumbprint_sha1());
  }
  if (with_chain) header.raw("x5c", fmt::format("[\"{}\"]", certificate.chain_entry()));
  json::ObjectWriter payload;
  payload.text("aud", claims.audience)
      .text("iss", claims.client_id)
      .text("sub", claims.client_id)
      .text("jti", random_guid())
      .number("nbf", claims.now)
      .number("iat", claims.now)
      .number("exp", claims.now + 600);
  std::string text = base64_url(header.take()) + "." + base64_url(payload.take());
  QUARRY_TRY(const std::string signature, certificate.sign(text, algorithm));
  return Secret(text + "." + base64_url(signature));
}

}  // namespace quarry::auth
