#include "common/net/paging.h"

#include "tests/unit/net/scripted_http.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace quarry;
using namespace quarry::net;
using quarry::unit::ScriptedHttp;

namespace {

Result<std::size_t> run(ScriptedHttp& http, Paging paging, std::size_t rows = 1,
                        std::string url = "https://h/list?$top=2") {
  return for_each_page(http, {.url = std::move(url)}, paging, "list things",
                       [rows](const Response&) -> Result<std::size_t> { return rows; });
}

std::vector<std::string> urls(const ScriptedHttp& http) {
  std::vector<std::string> all;
  for (const Request& request : http.seen) all.push_back(request.url);
  return all;
}

}  // namespace

TEST_CASE("pages follow the next link to the end") {
  ScriptedHttp http;
  http.answer(200, {}, R"({"value":[1],"@odata.nextLink":"https://h/list?$skiptoken=a%26b"})");
  http.answer(200, {}, R"({"@odata.nextLink":"\/list?p=3","value":[1]})");
  http.answer(200, {}, " {\"value\":[1]}\n");
  const auto all = run(http, {});
  REQUIRE(all);
  CHECK(*all == 3);
  CHECK(urls(http) == std::vector<std::string>{"https://h/list?$top=2",
                                               "https://h/list?$skiptoken=a%26b",
                                               "https://h/list?p=3"});
}

TEST_CASE("a next link to another host is refused, and so is a circle") {
  ScriptedHttp elsewhere;
  elsewhere.answer(200, {}, R"({"@odata.nextLink":"https://evil.example/list"})");
  const auto refused = run(elsewhere, {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message() == "the next page lies elsewhere: https://evil.example/list");
  CHECK(elsewhere.seen.size() == 1);
  ScriptedHttp circle;
  circle.answer(200, {}, R"({"nextLink":"https://h/list?p=2"})");
  circle.answer(200, {}, R"({"nextLink":"https://h/list?$top=2"})");
  const auto stopped = run(circle, {});
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().message().starts_with("the pages go in a circle"));
}

TEST_CASE("without links, $skip goes on until a page is short") {
  ScriptedHttp http;
  http.answer(200, {}, R"({"value":[1,2]})");
  http.answer(200, {}, R"({"value":[1,2]})");
  http.answer(200, {}, R"({"value":[]})");
  std::size_t page = 0;
  const auto all = for_each_page(
      http, {.url = "https://h/list?$top=2&$skip=0"}, {.style = PageStyle::kSkip, .page_size = 2},
      "list", [&page](const Response&) -> Result<std::size_t> { return ++page < 3 ? 2 : 0; });
  REQUIRE(all);
  CHECK(*all == 4);
  CHECK(urls(http)[1] == "https://h/list?$top=2&$skip=2");
  CHECK(urls(http)[2] == "https://h/list?$top=2&$skip=4");
}

TEST_CASE("TAXII goes on while there is more") {
  ScriptedHttp http;
  http.answer(200, {}, R"({"more":true,"next":"a b","objects":[]})");
  http.answer(200, {}, R"({"more":false,"next":"zzz"})");
  REQUIRE(run(http, {.style = PageStyle::kToken}, 0, "https://h/objects/?limit=5"));
  CHECK(urls(http)[1] == "https://h/objects/?limit=5&next=a%20b");
  CHECK(http.seen.size() == 2);
}

TEST_CASE("a page that is an error, or no JSON, ends the list with what came") {
  ScriptedHttp http;
  http.answer(404, {}, R"({"error":{"code":"NotFound","message":"none"}})");
  const auto missing = run(http, {});
  REQUIRE_FALSE(missing);
  CHECK(missing.error().message() == "list things: HTTP 404 Not Found: NotFound: none");
  ScriptedHttp broken;
  broken.answer(200, {}, "<html>");
  REQUIRE_FALSE(run(broken, {}));
  ScriptedHttp endless;
  endless.answer(200, {}, R"({"nextLink":"https://h/2"})");
  endless.answer(200, {}, R"({"nextLink":"https://h/3"})");
  REQUIRE_FALSE(run(endless, {.max_pages = 2}));
}
