#include "common/auth/token_cache.h"

#include "tests/unit/temporary_folder.h"

#include <doctest/doctest.h>

#include <sys/stat.h>

#include <filesystem>
#include <string>

using namespace quarry;
using namespace quarry::auth;
using quarry::unit::TemporaryFolder;

namespace {

Token token(const std::string& text) {
  Token result;
  result.text = Secret(std::string(text));
  result.expires = 2000;
  result.obtained = 1000;
  result.refresh = Secret(std::string("refresh"));
  return result;
}

mode_t mode_of(const std::string& path) {
  struct stat status {};
  ::stat(path.c_str(), &status);
  return status.st_mode & 0777;
}

}  // namespace

TEST_CASE("a token is kept for the user alone and read back") {
  const TemporaryFolder folder;
  const TokenCache cache(folder / "tokens");
  REQUIRE(cache.lock("k", nullptr));
  CHECK_FALSE(cache.load("k"));
  cache.store("k", token("t1"));
  const auto kept = cache.load("k");
  REQUIRE(kept);
  CHECK(kept->text.reveal() == "t1");
  CHECK(kept->expires == 2000);
  CHECK(kept->refresh.reveal() == "refresh");
  CHECK(mode_of(folder / "tokens") == 0700);
  CHECK(mode_of(folder / "tokens/k.json") == 0600);
  cache.forget("k");
  CHECK_FALSE(cache.load("k"));
}

TEST_CASE("a kept token that others could have touched, or that is damaged, is none") {
  const TemporaryFolder folder;
  const TokenCache cache(folder / "tokens");
  REQUIRE(cache.lock("k", nullptr));
  cache.store("k", token("t1"));
  ::chmod((folder / "tokens/k.json").c_str(), 0644);
  CHECK_FALSE(cache.load("k"));
  unit::write_text(folder / "tokens/x.json", "{\"v\":1,\"token\":");
  ::chmod((folder / "tokens/x.json").c_str(), 0600);
  CHECK_FALSE(cache.load("x"));
  unit::write_text(folder / "victim", "precious");
  std::filesystem::create_symlink(folder / "victim", folder / "tokens/l.json");
  cache.store("l", token("t2"));
  CHECK(unit::read_text(folder / "victim") == "precious");
}

TEST_CASE("without a folder nothing is kept and nothing fails") {
  const TokenCache none("");
  CHECK(none.lock("k", nullptr));
  none.store("k", token("t"));
  CHECK_FALSE(none.load("k"));
  const TokenCache unusable("/proc/nowhere");
  CHECK(unusable.lock("k", nullptr));
  unusable.store("k", token("t"));
}

TEST_CASE("waiting for another process ends with Ctrl-C") {
  const TemporaryFolder folder;
  const TokenCache cache(folder / "tokens");
  const auto held = cache.lock("k", nullptr);
  REQUIRE(held);
  CancelToken cancel;
  cancel.cancel(CancelReason::kInterrupted);
  const auto second = cache.lock("k", &cancel);
  REQUIRE_FALSE(second);
  CHECK(second.error().code() == ErrorCode::kInterrupted);
}

TEST_CASE("the key depends on who asks for what, and shows nothing of it") {
  Connection a;
  a.login_url = "https://login";
  a.tenant = "contoso";
  Connection b = a;
  b.tenant = "fabrikam";
  const std::string key = TokenCache::key_of(a, "scope", "secret");
  CHECK(key.size() == 64);
  CHECK(key != TokenCache::key_of(b, "scope", "secret"));
  CHECK(key != TokenCache::key_of(a, "other", "secret"));
  CHECK(key != TokenCache::key_of(a, "scope", "certificate"));
}
