#include "common/base/base64.h"

#include <doctest/doctest.h>

#include <string>

using quarry::base64;
using quarry::base64_url;
using quarry::decode_base64;

TEST_CASE("base64 of the vectors of RFC 4648") {
  CHECK(base64("") == "");
  CHECK(base64("f") == "Zg==");
  CHECK(base64("fo") == "Zm8=");
  CHECK(base64("foobar") == "Zm9vYmFy");
  CHECK(base64_url("f") == "Zg");
  CHECK(base64_url("\xfb\xff") == "-_8");
  CHECK(base64("\xfb\xff") == "+/8=");
}

TEST_CASE("base64 reads both alphabets and refuses the rest") {
  CHECK(decode_base64("-_8") == "\xfb\xff");
  CHECK(decode_base64("+/8=") == "\xfb\xff");
  CHECK(decode_base64("Zg==") == "f");
  CHECK_FALSE(decode_base64("Z"));
  CHECK_FALSE(decode_base64("Zg=a"));
  CHECK_FALSE(decode_base64("Z g="));
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  CHECK(decode_base64(base64(all)) == all);
}
