#include "common/net/url.h"

#include "common/base/text.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>

namespace quarry::net {
namespace {

struct CurlFree {
  void operator()(char* text) const { ::curl_free(text); }
  void operator()(CURLU* url) const { ::curl_url_cleanup(url); }
};
using Handle = std::unique_ptr<CURLU, CurlFree>;

std::optional<std::string> part(CURLU* url, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (::curl_url_get(url, which, &text, flags) != CURLUE_OK || text == nullptr) return std::nullopt;
  const std::unique_ptr<char, CurlFree> owner(text);
  return std::string(text);
}

Failure bad_url(std::string_view text, std::string_view why) {
  return fail(ErrorCode::kUsage, fmt::format("'{}' is no usable address: {}", shown_url(text), why),
              "an address looks like https://graph.microsoft.com");
}

Result<Url> taken_apart(CURLU* handle, std::string_view text) {
  if (part(handle, CURLUPART_USER) || part(handle, CURLUPART_PASSWORD))
    return bad_url(text, "it names a user or a password");
  Url url;
  url.scheme = text::lower_ascii(part(handle, CURLUPART_SCHEME).value_or(""));
  if (url.scheme != "https" && url.scheme != "http")
    return bad_url(text, "it starts with neither https:// nor http://");
  url.host = text::lower_ascii(part(handle, CURLUPART_HOST).value_or(""));
  if (url.host.empty()) return bad_url(text, "it has no host");
  const auto port =
      text::parse_int64(part(handle, CURLUPART_PORT, CURLU_DEFAULT_PORT).value_or(""));
  if (!port || *port < 1 || *port > 65535) return bad_url(text, "its port is out of range");
  url.port = static_cast<std::uint16_t>(*port);
  url.path = part(handle, CURLUPART_PATH).value_or("/");
  url.query = part(handle, CURLUPART_QUERY).value_or("");
  return url;
}

bool has_forbidden_bytes(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F || c == '\\';
  });
}

bool is_unreserved(char c) {
  return text::is_ascii_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = text::ascii_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/// Parameters whose values say what is asked for, never who may ask.
bool is_harmless(std::string_view name) {
  constexpr std::array<std::string_view, 12> kNames{
      "$filter", "$top",     "$skip",       "$select", "$expand", "$orderby",
      "$count",  "timespan", "added_after", "limit",   "tag",     "useStartsWithFilter"};
  return name == "api-version" || std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

}  // namespace

std::string Url::origin() const { return fmt::format("{}://{}:{}", scheme, host, port); }

std::string Url::text() const {
  const bool usual = port == (scheme == "https" ? 443 : 80);
  return fmt::format("{}://{}{}{}{}{}", scheme, host, usual ? "" : fmt::format(":{}", port), path,
                     query.empty() ? "" : "?", query);
}

bool Url::is_loopback() const {
  if (host == "localhost" || host == "[::1]") return true;
  const std::vector<std::string_view> parts = text::split(host, '.');
  return parts.size() == 4 && parts[0] == "127" &&
         std::all_of(parts.begin(), parts.end(), [](std::string_view byte) {
           const auto value = text::parse_int64(byte);
           return value && *value >= 0 && *value <= 255;
         });
}

Result<Url> parse_url(std::string_view text) {
  if (has_forbidden_bytes(text))
    return bad_url(text, "it holds a blank, a control character or \\");
  if (text.find("://") == std::string_view::npos)
    return bad_url(text, "it starts with neither https:// nor http://");
  const Handle handle(::curl_url());
  const CURLUcode code = ::curl_url_set(handle.get(), CURLUPART_URL, std::string(text).c_str(),
                                        CURLU_NON_SUPPORT_SCHEME);
  if (code != CURLUE_OK) return bad_url(text, ::curl_url_strerror(code));
  return taken_apart(handle.get(), text);
}

Result<Url> resolve_url(const Url& base, std::string_view reference) {
  if (has_forbidden_bytes(reference))
    return bad_url(reference, "it holds a blank, a control character or \\");
  const Handle handle(::curl_url());
  CURLUcode code = ::curl_url_set(handle.get(), CURLUPART_URL, base.text().c_str(), 0);
  if (code == CURLUE_OK) {
    code = ::curl_url_set(handle.get(), CURLUPART_URL, std::string(reference).c_str(),
                          CURLU_NON_SUPPORT_SCHEME);
  }
  if (code != CURLUE_OK) return bad_url(reference, ::curl_url_strerror(code));
  return taken_apart(handle.get(), reference);
}

std::string percent_encode(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (is_unreserved(c)) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return out;
}

std::optional<std::string> percent_decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    if (i + 2 >= text.size()) return std::nullopt;
    const int high = hex_value(text[i + 1]);
    const int low = hex_value(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

std::string encode_parameters(const Parameters& parameters) {
  std::string out;
  for (const auto& [name, value] : parameters) {
    if (!out.empty()) out += '&';
    // '$' of OData options may stand as it is, and logs are easier to read with it.
    out += name.starts_with('$') ? "$" + percent_encode(name.substr(1)) : percent_encode(name);
    out += '=';
    out += percent_encode(value);
  }
  return out;
}

std::string with_parameters(std::string url, const Parameters& parameters) {
  if (parameters.empty()) return url;
  const std::size_t mark = url.find('?');
  if (mark == std::string::npos) {
    url += '?';
  } else if (mark + 1 != url.size()) {
    url += '&';
  }
  return url + encode_parameters(parameters);
}

Parameters decode_parameters(std::string_view text) {
  Parameters result;
  for (const std::string_view item : text::split(text, '&')) {
    if (item.empty()) continue;
    const std::size_t equals = item.find('=');
    const auto decoded = [](std::string_view raw) {
      std::string plain(raw);
      std::replace(plain.begin(), plain.end(), '+', ' ');
      return percent_decode(plain).value_or(plain);
    };
    result.emplace_back(decoded(item.substr(0, equals)),
                        equals == std::string_view::npos ? "" : decoded(item.substr(equals + 1)));
  }
  return result;
}

std::string join_url(std::string_view base, std::string_view path) {
  while (base.ends_with('/')) base.remove_suffix(1);
  return std::string(base) + std::string(path);
}

std::string shown_url(std::string_view url) {
  std::string out;
  const std::size_t scheme_end = url.find("://");
  if (scheme_end != std::string_view::npos) {
    out += url.substr(0, scheme_end + 3);
    url.remove_prefix(scheme_end + 3);
    const std::size_t authority_end = std::min(url.find_first_of("/?#"), url.size());
    const std::size_t at = url.substr(0, authority_end).rfind('@');
    if (at != std::string_view::npos) url.remove_prefix(at + 1);
  }
  url = url.substr(0, url.find('#'));
  const std::size_t mark = url.find('?');
  out += url.substr(0, mark);
  if (mark == std::string_view::npos) return out;
  char separator = '?';
  for (const std::string_view item : text::split(url.substr(mark + 1), '&')) {
    const std::size_t equals = item.find('=');
    const std::string name = percent_decode(item.substr(0, equals)).value_or("");
    out += separator;
    out += is_harmless(name) || equals == std::string_view::npos
               ? std::string(item)
               : fmt::format("{}=…", item.substr(0, equals));
    separator = '&';
  }
  return out;
}

}  // namespace quarry::net
