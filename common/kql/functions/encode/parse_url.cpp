// parse_url() and parse_urlquery(): the parts of a URL (RFC 3986) as a bag. Nothing is decoded:
// url_decode() does that.
#include "common/kql/functions/rowwise_inl.h"

namespace quarry::kql::functions {
namespace {

/// Cuts the text at the first `separator`: the part before it is returned, the part behind it
/// stays. Where there is none, all of it is returned and nothing stays.
std::string_view cut(std::string_view& text, std::string_view separator) {
  const std::size_t at = text.find(separator);
  const std::string_view before = text.substr(0, at);
  text = at == std::string_view::npos ? std::string_view{} : text.substr(at + separator.size());
  return before;
}

void append_member(std::string& json, std::string_view name, std::string_view value) {
  if (json.back() != '{') json += ',';
  append_json_string(json, name);
  json += ':';
  append_json_string(json, value);
}

/// {"k1":"v1", …}
void append_query(std::string& json, std::string_view query) {
  json += '{';
  while (!query.empty()) {
    std::string_view pair = cut(query, "&");
    if (pair.empty()) continue;
    const std::string_view name = cut(pair, "=");
    append_member(json, name, pair);
  }
  json += '}';
}

struct Url {
  std::string_view scheme, user, password, host, port, path, query, fragment;
};

/// user:password@host:port, the host possibly an IPv6 address in brackets.
void split_authority(std::string_view authority, Url& url) {
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    url.password = authority.substr(0, at);
    url.user = cut(url.password, ":");
    authority.remove_prefix(at + 1);
  }
  const std::size_t bracket = authority.rfind(']');
  const std::size_t colon = authority.rfind(':');
  if (colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket)) {
    url.port = authority.substr(colon + 1);
    authority = authority.substr(0, colon);
  }
  url.host = authority;
}

Url split_url(std::string_view text) {
  Url url;
  if (const std::size_t hash = text.find('#'); hash != std::string_view::npos) {
    url.fragment = text.substr(hash + 1);
    text = text.substr(0, hash);
  }
  if (const std::size_t mark = text.find('?'); mark != std::string_view::npos) {
    url.query = text.substr(mark + 1);
    text = text.substr(0, mark);
  }
  const std::size_t colon = text.find(':');
  if (colon != std::string_view::npos && text.find('/') > colon) {
    url.scheme = text.substr(0, colon);
    text.remove_prefix(colon + 1);
  }
  if (text.starts_with("//")) {
    text.remove_prefix(2);
    const std::size_t slash = text.find('/');
    split_authority(text.substr(0, slash), url);
    text = slash == std::string_view::npos ? std::string_view{} : text.substr(slash);
  }
  url.path = text;
  return url;
}

DynamicView parse_url(Row& row, std::string_view text) {
  const Url url = split_url(text);
  std::string& json = row.scratch();
  json += '{';
  append_member(json, "Scheme", url.scheme);
  append_member(json, "Host", url.host);
  append_member(json, "Port", url.port);
  append_member(json, "Path", url.path);
  append_member(json, "Username", url.user);
  append_member(json, "Password", url.password);
  json += R"(,"Query Parameters":)";
  append_query(json, url.query);
  append_member(json, "Fragment", url.fragment);
  json += '}';
  return DynamicView(row.arena().copy(json));
}

DynamicText parse_urlquery(std::string_view query) {
  if (query.starts_with('?')) query.remove_prefix(1);
  std::string json = R"({"Query Parameters":)";
  append_query(json, query);
  json += '}';
  return {std::move(json)};
}

constexpr std::string_view kUrlAliases[]{"parseurl"};
constexpr std::string_view kQueryAliases[]{"parseurlquery"};
constexpr Param kUrlParams[]{{"url", "An absolute URL."}};
constexpr Param kQueryParams[]{{"query", "What stands behind the ? of a URL."}};
constexpr FunctionDef kParseUrl{
    .name = "parse_url",
    .aliases = kUrlAliases,
    .summary =
        "Returns the parts of a URL: Scheme, Host, Port, Path, Username, Password, Query "
        "Parameters, Fragment.",
    .params = kUrlParams,
    .example = {R"(print parse_url("https://host:1234/a/path?k1=v1").Host)", "host"},
    .overloads = rowwise<parse_url>};
constexpr FunctionDef kParseQuery{
    .name = "parse_urlquery",
    .aliases = kQueryAliases,
    .summary = "Returns the parameters of a URL's query as a bag under \"Query Parameters\".",
    .params = kQueryParams,
    .example = {R"(print parse_urlquery("k1=v1&k2=v2"))",
                R"({"Query Parameters":{"k1":"v1","k2":"v2"}})"},
    .overloads = rowwise<parse_urlquery>};

constexpr const FunctionDef* kScalars[]{&kParseUrl, &kParseQuery};

}  // namespace

extern constinit const FunctionTable kParseUrlFunctions{"encode", kScalars};

}  // namespace quarry::kql::functions
