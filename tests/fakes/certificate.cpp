#include "tests/fakes/certificate.h"

#include "common/base/assert.h"
#include "common/base/base64.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <map>
#include <memory>
#include <mutex>

namespace quarry::fakes {
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

std::string content(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return std::string(data, static_cast<std::size_t>(size));
}

void add_extension(X509* certificate, int kind, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

std::string digest_of(X509* certificate, const EVP_MD* algorithm) {
  unsigned char bytes[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  X509_digest(certificate, algorithm, bytes, &size);
  return base64_url(std::string_view(reinterpret_cast<char*>(bytes), size));
}

Certificate make(const std::string& name) {
  const Owned<EVP_PKEY> key(EVP_RSA_gen(2048));
  const Owned<X509> certificate(X509_new());
  X509* const x = certificate.get();
  X509_set_version(x, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(x), 1);
  X509_gmtime_adj(X509_getm_notBefore(x), -3600);
  X509_gmtime_adj(X509_getm_notAfter(x), 24 * 3600);
  X509_set_pubkey(x, key.get());
  X509_NAME* const subject = X509_get_subject_name(x);
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  X509_set_issuer_name(x, subject);
  add_extension(x, NID_basic_constraints, "critical,CA:TRUE");
  add_extension(x, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1");
  const int signed_size = X509_sign(x, key.get(), EVP_sha256());
  QUARRY_ASSERT(signed_size > 0, "a fresh key signs its certificate");

  Certificate result;
  const Owned<BIO> pem(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(pem.get(), x);
  result.certificate_pem = content(pem.get());
  const Owned<BIO> key_pem(BIO_new(BIO_s_mem()));
  PEM_write_bio_PrivateKey(key_pem.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  result.key_pem = content(key_pem.get());
  result.sha256 = digest_of(x, EVP_sha256());
  result.sha1 = digest_of(x, EVP_sha1());
  return result;
}

Owned<X509> read_certificate(const Certificate& certificate) {
  const Owned<BIO> bio(BIO_new_mem_buf(certificate.certificate_pem.data(),
                                       static_cast<int>(certificate.certificate_pem.size())));
  return Owned<X509>(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
}

Owned<EVP_PKEY> read_key(const Certificate& certificate) {
  const Owned<BIO> bio(
      BIO_new_mem_buf(certificate.key_pem.data(), static_cast<int>(certificate.key_pem.size())));
  return Owned<EVP_PKEY>(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
}

}  // namespace

const Certificate& certificate_for(const std::string& name) {
  static std::mutex mutex;
  static std::map<std::string, Certificate> made;
  const std::lock_guard lock(mutex);
  const auto found = made.find(name);
  return found != made.end() ? found->second : made.emplace(name, make(name)).first->second;
}

std::string pkcs12_of(const Certificate& certificate, const std::string& password) {
  const Owned<PKCS12> store(PKCS12_create(password.c_str(), "test", read_key(certificate).get(),
                                          read_certificate(certificate).get(), nullptr, 0, 0, 0, 0,
                                          0));
  const Owned<BIO> bio(BIO_new(BIO_s_mem()));
  i2d_PKCS12_bio(bio.get(), store.get());
  return content(bio.get());
}

bool signature_fits(const std::string& jwt, const Certificate& certificate) {
  const std::size_t dot = jwt.rfind('.');
  const std::size_t first = jwt.find('.');
  if (dot == std::string::npos || first == dot) return false;
  const auto signature = decode_base64(std::string_view(jwt).substr(dot + 1));
  const auto header = decode_base64(std::string_view(jwt).substr(0, first));
  if (!signature || !header) return false;
  const bool pss = header->find("PS256") != std::string::npos;
  if (!pss && header->find("RS256") == std::string::npos) return false;
  const Owned<X509> x = read_certificate(certificate);
  const Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* options = nullptr;
  EVP_DigestVerifyInit(context.get(), &options, EVP_sha256(), nullptr, X509_get0_pubkey(x.get()));
  if (pss) {
    EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING);
    EVP_PKEY_CTX_set_rsa_pss_saltlen(options, 32);
  }
  const bool fits =
      EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signature->data()),
                       signature->size(), reinterpret_cast<const unsigned char*>(jwt.data()),
                       dot) == 1;
  ERR_clear_error();
  return fits;
}

}  // namespace quarry::fakes
