// Assertions: JSON Web Tokens by which an application proves that it holds a certificate's key
// ("Microsoft identity platform: certificate credentials").
#pragma once

#include "common/base/result.h"
#include "common/base/secret.h"

#include <cstdint>
#include <memory>
#include <string>

namespace quarry::auth {

/// A certificate with its RSA key. Cheap to copy; holds no text of the key.
class SigningCertificate {
 public:
  /// `certificate` and `key` are PEM texts, which may be the same; or `certificate` is PKCS#12 and
  /// `key` empty. `password` opens an encrypted key. kAuth where they do not fit or are no RSA.
  static Result<SigningCertificate> load(const Secret& certificate, const Secret& key,
                                         const Secret& password);

  std::string thumbprint_sha256() const;  ///< base64url of the DER form's digest: x5t#S256
  std::string thumbprint_sha1() const;    ///< the same with SHA-1: x5t
  std::string chain_entry() const;        ///< base64 of the DER form: x5c
  /// "2027-01-31 12:00:00 GMT" style text of the certificate's end, for messages.
  std::string expires() const;
  bool is_expired() const;

  enum class Algorithm : std::uint8_t { kPs256, kRs256 };
  /// The signature of the text, raw.
  Result<std::string> sign(const std::string& text, Algorithm algorithm) const;

 private:
  struct Parts;
  std::shared_ptr<const Parts> parts_;
};

struct AssertionClaims {
  std::string audience;   // the token endpoint
  std::string client_id;  // issuer and subject
  std::int64_t now = 0;   // seconds since 1970
};

/// Signed, good for ten minutes, with an identifier of its own.
Result<Secret> make_assertion(const SigningCertificate& certificate, const AssertionClaims& claims,
                              SigningCertificate::Algorithm algorithm, bool with_chain);

}  // namespace quarry::auth
