#include "common/net/url.h"

#include <doctest/doctest.h>

#include <string>

using namespace quarry;
using namespace quarry::net;

TEST_CASE("an address comes apart into origin, path and query") {
  const auto url = parse_url("HTTPS://Graph.Microsoft.com/v1.0/users?$top=5#part");
  REQUIRE(url);
  CHECK(url->origin() == "https://graph.microsoft.com:443");
  CHECK(url->path == "/v1.0/users");
  CHECK(url->query == "$top=5");
  CHECK(url->text() == "https://graph.microsoft.com/v1.0/users?$top=5");
  CHECK(parse_url("https://h:8443")->text() == "https://h:8443/");
}

TEST_CASE("addresses that could mislead are refused") {
  for (const char* text :
       {"ftp://host/", "graph.microsoft.com", "https://user:pw@host/", "https://ho st/",
        "https://host/\r\nX: y", "https://", "https://host:99999/", "https://host\\@evil/", ""}) {
    CAPTURE(text);
    const auto url = parse_url(text);
    REQUIRE_FALSE(url);
    CHECK(url.error().code() == ErrorCode::kUsage);
  }
  CHECK(parse_url("https://user:pw@host/").error().message().find("pw") == std::string::npos);
}

TEST_CASE("only real loopback counts as loopback") {
  CHECK(parse_url("http://127.0.0.1:80/")->is_loopback());
  CHECK(parse_url("http://127.9.9.9/")->is_loopback());
  CHECK(parse_url("http://localhost/")->is_loopback());
  CHECK(parse_url("http://[::1]:8080/")->is_loopback());
  CHECK_FALSE(parse_url("http://127.0.0.1.evil.example/")->is_loopback());
  CHECK_FALSE(parse_url("http://localhost.evil.example/")->is_loopback());
  CHECK_FALSE(parse_url("http://10.0.0.1/")->is_loopback());
}

TEST_CASE("relative references are resolved") {
  const Url base = *parse_url("https://h/a/b?x=1");
  CHECK(resolve_url(base, "c")->text() == "https://h/a/c");
  CHECK(resolve_url(base, "/c?y=2")->text() == "https://h/c?y=2");
  CHECK(resolve_url(base, "//other/c")->origin() == "https://other:443");
  CHECK(resolve_url(base, "http://other:81/")->origin() == "http://other:81");
  CHECK_FALSE(resolve_url(base, "file:///etc/passwd"));
}

TEST_CASE("parameters are encoded and read back") {
  const Parameters parameters{{"$filter", "name eq 'a b&c'"}, {"x", "\xc3\xa4+"}};
  const std::string text = encode_parameters(parameters);
  CHECK(text == "$filter=name%20eq%20%27a%20b%26c%27&x=%C3%A4%2B");
  CHECK(decode_parameters(text) == parameters);
  CHECK(with_parameters("https://h/p", {{"a", "1"}}) == "https://h/p?a=1");
  CHECK(with_parameters("https://h/p?b=2", {{"a", "1"}}) == "https://h/p?b=2&a=1");
  CHECK_FALSE(percent_decode("%4"));
  CHECK_FALSE(percent_decode("%zz"));
}

TEST_CASE("a shown address keeps filters and hides signatures, codes and passwords") {
  CHECK(shown_url("https://h/f?$filter=a&sig=SECRET&se=2026") ==
        "https://h/f?$filter=a&sig=…&se=…");
  CHECK(shown_url("https://u:SECRET@h/p") == "https://h/p");
  CHECK(shown_url("https://h/p?a=1#SECRET") == "https://h/p?a=…");
  CHECK(shown_url("https://h/p@x?%73ig=SECRET").find("SECRET") == std::string::npos);
  CHECK(shown_url("no address") == "no address");
}
