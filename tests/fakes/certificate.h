// Keys and certificates made on the spot: for servers that speak TLS and for clients that sign.
#pragma once

#include <string>

namespace quarry::fakes {

/// RSA 2048, signed by itself, good for 127.0.0.1 and localhost, an authority of its own.
struct Certificate {
  std::string certificate_pem;
  std::string key_pem;
  std::string sha256;  // of the DER form, base64url: x5t#S256
  std::string sha1;    // the same with SHA-1: x5t
};

/// Made once a process and name.
const Certificate& certificate_for(const std::string& name);

/// PKCS#12 with both, under the password.
std::string pkcs12_of(const Certificate& certificate, const std::string& password);

/// Verifies a JWT's signature, PS256 or RS256 by its header.
bool signature_fits(const std::string& jwt, const Certificate& certificate);

}  // namespace quarry::fakes
