#include "common/net/url.h"

#include "common/base/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::net {

std::string Url::shown() const { return text.substr(0, text.find_first_of("?#")); }

bool Url::is_loopback() const {
  return host == "localhost" || host == "[::1]" || host.starts_with("127.");
}

Result<Url> parse_url(std::string_view text) {
  Url url;
  url.text = std::string(text::trim_ascii(text));
  const auto refuse = [&](std::string_view why, std::string_view hint) {
    return fail(ErrorCode::kUsage, fmt::format("{} {}", url.shown(), why), std::string(hint));
  };
  const std::size_t colon = url.text.find("://");
  if (colon == std::string::npos) return refuse("is no address on the web", "https://HOST/PATH");
  url.scheme = text::lower_ascii(url.text.substr(0, colon));
  std::string_view rest = std::string_view(url.text).substr(colon + 3);
  std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  const auto odd = [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7f'; };
  if (std::any_of(url.text.begin(), url.text.end(), odd))
    return refuse("has a blank or a control character in it", "write it as %20, for example");
  if (authority.find('@') != std::string_view::npos) {
    url.text = url.scheme + "://…";
    return refuse("has a user name in it, and nothing is sent for anybody",
                  "download the file yourself, and give its path");
  }
  if (authority.starts_with('[')) {
    const std::size_t close = authority.find(']');
    authority = authority.substr(0, close == std::string_view::npos ? 0 : close + 1);
  } else {
    authority = authority.substr(0, authority.find(':'));
  }
  url.host = text::lower_ascii(authority);
  if (url.host.empty()) return refuse("has no host", "https://HOST/PATH");
  if (url.scheme == "https" || (url.scheme == "http" && url.is_loopback())) return url;
  return refuse("is not fetched: only https is",
                url.scheme == "http" ? "anybody on the way could change what comes: use https, or "
                                       "download the file yourself"
                                     : "https://HOST/PATH");
}

}  // namespace quarry::net
