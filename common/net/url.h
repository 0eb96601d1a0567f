// Addresses: taken apart, put together, and shown without what must not be seen.
#pragma once

#include "common/base/result.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quarry::net {

/// An absolute http or https address in its parts. `path` and `query` stay percent-encoded.
struct Url {
  std::string scheme;  // "https", lower case
  std::string host;    // lower case; IPv6 in brackets
  std::uint16_t port = 0;
  std::string path;   // at least "/"
  std::string query;  // without '?'; may be empty

  /// "https://graph.microsoft.com:443": who is talked to. Credentials belong to one origin.
  std::string origin() const;
  /// The whole address; the port is left out where the scheme says it.
  std::string text() const;
  /// 127.0.0.0/8, ::1, localhost: where plain http is good enough.
  bool is_loopback() const;

  friend bool operator==(const Url&, const Url&) = default;
};

/// kUsage where the text is no absolute http(s) address, names a user or a password, or holds
/// blanks or control characters. A fragment is dropped.
Result<Url> parse_url(std::string_view text);
/// `reference` as a browser would follow it from `base` (RFC 3986 §5): Location, relative links.
Result<Url> resolve_url(const Url& base, std::string_view reference);

/// Everything but letters, digits and -._~ as %XX.
std::string percent_encode(std::string_view text);
/// nullopt where a % is not followed by two hexadecimal digits.
std::optional<std::string> percent_decode(std::string_view text);

using Parameters = std::vector<std::pair<std::string, std::string>>;
/// "a=1&b=x%20y": of a query or of a form.
std::string encode_parameters(const Parameters& parameters);
/// `url` with the parameters behind those that it has.
std::string with_parameters(std::string url, const Parameters& parameters);
/// The decoded values of the query or form text.
Parameters decode_parameters(std::string_view text);
/// `base` without its last slash, and `path`, which starts with one.
std::string join_url(std::string_view base, std::string_view path);

/// For logs: user and password are gone, and of the query only values of parameters known to be
/// harmless ($filter, $top, api-version …) are shown, all others as "…". Takes any text.
std::string shown_url(std::string_view url);

}  // namespace quarry::net
