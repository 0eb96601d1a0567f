#include "tools/consent-audit/audit/text/grant_id.h"
#include "tools/consent-audit/audit/text/grant_text.h"

#include <doctest/doctest.h>

#include <string>

using namespace quarry::consent_audit;

namespace {

constexpr const char* kClient = "00000301-5eed-4a00-9000-000000000301";
constexpr const char* kApi = "00000091-5eed-4a00-9000-000000000091";
constexpr const char* kUser = "00000102-5eed-4a00-9000-000000000102";
constexpr const char* kId = "AQMAAO1eAEqQAAAAAAADAZEAAADtXgBKkAAAAAAAAJECAQAA7V4ASpAAAAAAAAEC";

std::string value(const std::string& scopes) {
  return "[] => [[Id: " + std::string(kId) +
         ", ClientId: 00000000-0000-0000-0000-000000000000, PrincipalId: " + kUser +
         ", ResourceId: " + kApi + ", ConsentType: Principal, Scope: " + scopes;
}

}  // namespace

TEST_CASE("a grant's id holds client, API and user") {
  const auto parts = decode_grant_id(kId);
  REQUIRE(parts.has_value());
  CHECK(parts->client_id == kClient);
  CHECK(parts->resource_id == kApi);
  CHECK(parts->principal_id == kUser);
  CHECK(encode_grant_id(*parts) == kId);
  const std::string for_all =
      encode_grant_id({.client_id = kClient, .resource_id = kApi, .principal_id = {}});
  CHECK(for_all.size() == 43);
  CHECK(decode_grant_id(for_all)->principal_id.empty());
  CHECK_FALSE(decode_grant_id("REDACTED").has_value());
  CHECK_FALSE(decode_grant_id(std::string(64, '!')).has_value());
  CHECK(encode_grant_id({.client_id = "x", .resource_id = kApi, .principal_id = {}}).empty());
}

TEST_CASE("scopes end where the older form ends and where the newer one begins its dates") {
  for (const char* tail :
       {"]]; ", ", CreatedDateTime: , LastModifiedDateTime ]]; ",
        ", CreatedDateTime: 3/4/2026, LastModifiedDateTime 3/4/2026, ExpiryTime: x]]; "}) {
    const GrantChange change = parse_grant_change(value(" Mail.Read\t\n openid  User.Read") + tail);
    REQUIRE(change.after.size() == 1);
    CHECK(change.after[0].scopes == std::vector<std::string>{"Mail.Read", "openid", "User.Read"});
    CHECK(change.after[0].client_id == kClient);  // zero in the text: from the id
    CHECK_FALSE(change.truncated);
    CHECK(change.before.empty());
  }
}

TEST_CASE("a value that is cut off keeps what could be read, wherever the cut is") {
  const std::string whole =
      value(" Mail.Read openid, CreatedDateTime: , LastModifiedDateTime ]]; ");
  for (std::size_t size = 0; size + 4 <= whole.size(); ++size) {
    CAPTURE(size);
    const GrantChange change = parse_grant_change(whole.substr(0, size));
    if (change.after.empty()) continue;
    CHECK(change.truncated == (whole.substr(0, size).find("]", 4) == std::string::npos));
  }
  CHECK(parse_grant_change(whole.substr(0, whole.find(" openid"))).after[0].scopes ==
        std::vector<std::string>{"Mail.Read"});
}

TEST_CASE("several grants stand beside each other, without an arrow all are granted") {
  const std::string one =
      "[Id: a, ClientId: c, PrincipalId: , ResourceId: r1, ConsentType: AllPrincipals, Scope: A.B]";
  const std::string two =
      "[Id: b, ClientId: c, PrincipalId: p, ResourceId: r2, ConsentType: Principal, Scope:  C D]";
  const GrantChange change = parse_grant_change("[" + one + "] => [" + one + ", " + two + "]; ");
  CHECK(change.before.size() == 1);
  REQUIRE(change.after.size() == 2);
  CHECK(change.after[1].principal_id == "p");
  CHECK(change.after[1].scopes == std::vector<std::string>{"C", "D"});
  CHECK(parse_grant_change("[" + two + "]").after.size() == 1);
  CHECK(parse_grant_change("").after.empty());
}

TEST_CASE("scopes written as addresses keep their names, and too many are cut off") {
  std::vector<std::string> names;
  std::vector<std::string> raw;
  CHECK(split_scopes("https://graph.microsoft.com/Mail.Read openid https://x/", names, raw));
  CHECK(names == std::vector<std::string>{"Mail.Read", "openid", "https://x/"});
  CHECK(raw == std::vector<std::string>{"https://graph.microsoft.com/Mail.Read"});
  std::string many;
  for (std::size_t i = 0; i <= kMaxScopes; ++i) many += "a ";
  names.clear();
  CHECK_FALSE(split_scopes(many, names, raw));
  CHECK(names.size() == kMaxScopes);
}
