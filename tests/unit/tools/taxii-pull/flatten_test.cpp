#include "tools/taxii-pull/flatten/address.h"
#include "tools/taxii-pull/flatten/flattener.h"
#include "tools/taxii-pull/pattern/parser.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>
#include <variant>

namespace quarry::taxii_pull {
namespace {

flatten::Flattened flat(const std::string& text) {
  const auto parsed = pattern::parse(text, pattern::Spec::kAny);
  REQUIRE(std::holds_alternative<pattern::Pattern>(parsed));
  return flatten::flatten(std::get<pattern::Pattern>(parsed));
}

/// "key=value" of each row, '!' where it stands alone.
std::string rows_of(const std::string& text) {
  std::string out;
  for (const flatten::FlatRow& row : flat(text).rows)
    out +=
        fmt::format("{}{}={}", out.empty() ? "" : " ", row.key, row.value) + (row.alone ? "!" : "");
  return out;
}

TEST_CASE("what comes once in several places of a pattern is one row, alone if it is anywhere") {
  CHECK(rows_of("([ipv4-addr:value = '10.0.0.1'] AND [url:value = 'u']) OR [ipv4-addr:value = "
                "'10.0.0.1']") == "ipv4-addr:value=10.0.0.1! url:value=u");
}

TEST_CASE("ORs inside ANDs are multiplied out, so that companions come along") {
  CHECK(rows_of("[network-traffic:dst_ref.type = 'ipv4-addr' AND "
                "(network-traffic:dst_ref.value = '10.0.0.1' OR network-traffic:dst_ref.value = "
                "'10.0.0.2')]") ==
        "network-traffic:dst_ref.value=10.0.0.1! network-traffic:dst_ref.value=10.0.0.2!");
  const auto ports = flat(
      "[network-traffic:dst_ref.value = '10.0.0.1' AND network-traffic:dst_port IN (80, 443)]");
  REQUIRE(ports.rows.size() == 2);
  CHECK(ports.rows[0].variant == 0);
  CHECK(ports.rows[1].variant == 1);
}

TEST_CASE("too many alternatives to multiply are kept side by side, none of them alone") {
  std::string sides;
  for (const char* key : {"file:name", "file:x"}) {
    sides += sides.empty() ? "(" : " AND (";
    for (int i = 0; i < 40; ++i) sides += fmt::format("{}{} = '{}'", i == 0 ? "" : " OR ", key, i);
    sides += ")";
  }
  const auto result = flat("[" + sides + "]");
  CHECK(result.rows.size() == 40);
  CHECK_FALSE(result.rows[0].alone);
}

TEST_CASE("a hash names the content, so that other tests of the file do not weaken its row") {
  const std::string md5 = "file:hashes.MD5 = 'd41d8cd98f00b204e9800998ecf8427e'";
  CHECK(rows_of("[" + md5 + " AND file:size > 10]").ends_with("!"));
  CHECK_FALSE(rows_of("[" + md5 + " AND file:name != 'x']").ends_with("!"));
  CHECK_FALSE(rows_of("[" + md5 + " AND mutex:name LIKE 'x%']").ends_with("!"));
  CHECK_FALSE(rows_of("[file:hashes.ssdeep = '3:a:b' AND " + md5 + "]")
                  .starts_with("file:hashes.SSDEEP=3:a:b!"));
}

TEST_CASE("addresses in one spelling, networks without host bits") {
  const auto shown = [](std::string_view text) {
    const auto address = flatten::parse_address(text);
    return address ? address->text + (address->is_network ? " net" : "") : "none";
  };
  CHECK(shown("10.1.2.3") == "10.1.2.3");
  CHECK(shown("10.1.2.3/32") == "10.1.2.3");
  CHECK(shown("10.1.2.3/12") == "10.0.0.0/12 net");
  CHECK(shown("0.0.0.0/0") == "0.0.0.0/0 net");
  CHECK(shown("2001:DB8:0:0:0:0:0:1") == "2001:db8::1");
  CHECK(shown("2001:db8:ffff::/33") == "2001:db8:8000::/33 net");
  for (const char* bad :
       {"", "10.1.2", "10.1.2.3/33", "10.1.2.3/", "10.1.2.3/-1", "1::2::3", "::1/129", "host"})
    CHECK(shown(bad) == "none");
}

}  // namespace
}  // namespace quarry::taxii_pull
