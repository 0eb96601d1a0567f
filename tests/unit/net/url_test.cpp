#include "common/net/url.h"

#include <doctest/doctest.h>

namespace quarry::net {
namespace {

TEST_CASE("https addresses are taken apart, secrets are not shown") {
  const auto url = parse_url(" HTTPS://Example.COM:8443/a/b.csv?sig=secret#x ");
  REQUIRE(url);
  CHECK(url->scheme == "https");
  CHECK(url->host == "example.com");
  CHECK(url->shown() == "HTTPS://Example.COM:8443/a/b.csv");
  CHECK(url->text.find("sig=secret") != std::string::npos);
}

TEST_CASE("plain http is for this machine alone") {
  CHECK(parse_url("http://127.0.0.1:8000/x"));
  CHECK(parse_url("http://localhost/x"));
  CHECK(parse_url("http://[::1]:80/x"));
  CHECK_FALSE(parse_url("http://example.com/x"));
  CHECK_FALSE(parse_url("http://localhost.example.com/x"));
}

TEST_CASE("what is no address to fetch is refused") {
  for (const char* const text : {"ftp://example.com/x", "file:///etc/passwd", "example.com/x",
                                 "https:///x", "https://a b/", "https://exa\nmple.com/"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_url(text));
  }
  const auto with_password = parse_url("https://user:secret@example.com/x");
  REQUIRE_FALSE(with_password);
  CHECK(with_password.error().message().find("secret") == std::string::npos);
}

}  // namespace
}  // namespace quarry::net
