#include "common/auth/jwt.h"

#include "common/base/base64.h"

#include <doctest/doctest.h>

#include <string>

using namespace quarry;
using namespace quarry::auth;

namespace {

std::string token_of(const std::string& claims) {
  return base64_url(R"({"alg":"none"})") + "." + base64_url(claims) + ".c2ln";
}

}  // namespace

TEST_CASE("claims of applications and of persons are read") {
  const auto app = read_claims(token_of(
      R"({"aud":"https://x","tid":"T","appid":"A","exp":1763633472,"roles":["R.All","S"]})"));
  REQUIRE(app);
  CHECK(app->audience == "https://x");
  CHECK(app->application == "A");
  CHECK(app->expires == 1763633472);
  CHECK(app->permissions == std::vector<std::string>{"R.All", "S"});
  CHECK_FALSE(app->of_person);
  const auto person = read_claims(token_of(R"({"azp":"A","scp":"M.Read  N","upn":"ann@x"})"));
  REQUIRE(person);
  CHECK(person->of_person);
  CHECK(person->permissions == std::vector<std::string>{"M.Read", "N"});
  CHECK(person->name == "ann@x");
}

TEST_CASE("tokens that do not parse are opaque, never an error") {
  for (const std::string& token :
       {std::string("opaque"), std::string("a.b"), std::string("a.%%.c"), std::string(".."),
        token_of("[1]"), token_of("{"), std::string(100'000, '.')}) {
    CHECK_FALSE(read_claims(token));
  }
  const auto odd = read_claims(token_of(R"({"roles":"x","exp":"soon","aud":5})"));
  REQUIRE(odd);
  CHECK(odd->permissions.empty());
  CHECK_FALSE(odd->expires);
}

TEST_CASE("a bearer token has no blanks and no line ends") {
  CHECK(check_bearer(Secret("abc.def-_~+/=")));
  for (const char* text : {"", "a b", "a\r\nX-Evil: 1", "\xc3\xa4"})
    CHECK_FALSE(check_bearer(Secret(text)));
}
