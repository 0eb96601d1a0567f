#include "common/base/secret.h"

#include <doctest/doctest.h>

#include <sys/prctl.h>

#include <string>
#include <utility>

using quarry::Secret;

TEST_CASE("a secret shows itself only when asked and is told apart by its fingerprint") {
  const Secret secret(std::string("correct horse battery staple"));
  CHECK(secret.reveal() == "correct horse battery staple");
  CHECK(secret.redacted().find("horse") == std::string::npos);
  CHECK(secret.redacted() == Secret(std::string("correct horse battery staple")).redacted());
  CHECK(secret.redacted() != Secret(std::string("another")).redacted());
}

TEST_CASE("no core dump is left while a secret is held, copies included") {
  REQUIRE(::prctl(PR_GET_DUMPABLE) == 1);
  {
    Secret first(std::string("s3cret"));
    CHECK(::prctl(PR_GET_DUMPABLE) == 0);
    const Secret copy = first;
    first = Secret();
    CHECK(::prctl(PR_GET_DUMPABLE) == 0);
    const Secret moved = copy;
    CHECK(moved.reveal() == "s3cret");
  }
  CHECK(::prctl(PR_GET_DUMPABLE) == 1);
}

TEST_CASE("wipe overwrites the whole buffer") {
  std::string text = "0123456789012345678901234567890123456789";
  const char* const data = text.data();
  quarry::wipe(text);
  CHECK(text.empty());
  REQUIRE(text.data() == data);
  CHECK(data[0] == '\0');
  CHECK(data[39] == '\0');
}

TEST_CASE("what a secret was made from and moved from is empty") {
  std::string text = "short";
  Secret a(std::move(text));
  Secret b(std::move(a));
  CHECK(b.reveal() == "short");
  CHECK(a.empty());  // NOLINT: that is what is tested
}
