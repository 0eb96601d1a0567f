#include "tests/fakes/cloud.h"

#include "common/net/client.h"
#include "common/net/curl_http.h"
#include "common/net/paging.h"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

using namespace quarry;
using namespace quarry::fakes;

namespace {

constexpr std::array<net::Window, 1> kWindows{{{10, 60}}};
constexpr net::ApiLimit kLimit{"cloud.test", kWindows};

const Rule kThings{.credentials = Credentials::kToken,
                   .audience = "https://things",
                   .permissions = {"Thing.Read"},
                   .limit = nullptr};

Reply nothing(const Request&, const Captures&) { return json_reply("{}"); }

/// A request with a token of that audience and permission.
net::Request with_token(Cloud& cloud, const std::string& path, const std::string& audience,
                        const std::string& permission, double seconds = 3600) {
  const std::string token = cloud.tokens().issue({.audience = audience,
                                                  .permissions = {permission},
                                                  .tenant = "t",
                                                  .client_id = "c",
                                                  .seconds = seconds});
  return {.url = cloud.url() + path,
          .secret_headers = {{"Authorization", Secret("Bearer " + token)}}};
}

}  // namespace

TEST_CASE("patterns of routes capture what stands between slashes") {
  Captures captures;
  CHECK(fits_pattern("/api/machines/{id}/isolate", "/api/machines/a%20b/isolate", captures));
  CHECK(captures["id"] == "a b");
  CHECK(fits_pattern("/x/Get(index={n})", "/x/Get(index=12)", captures));
  CHECK(captures["n"] == "12");
  CHECK_FALSE(fits_pattern("/api/{id}", "/api/a/b", captures));
  CHECK_FALSE(fits_pattern("/api/{id}", "/api/", captures));
  CHECK_FALSE(fits_pattern("/api/x", "/api/xy", captures));
}

TEST_CASE("rules hold: token, audience, permission, expiry") {
  Cloud cloud;
  cloud.add("GET", "/things", kThings, nothing);
  net::CurlHttp http({});
  const auto status = [&](const net::Request& request) { return http.call(request)->status; };
  CHECK(status({.url = cloud.url() + "/things"}) == 401);
  CHECK(status(with_token(cloud, "/things", "https://things", "Thing.Read")) == 200);
  CHECK(status(with_token(cloud, "/things", "https://things", "Other")) == 403);
  CHECK(status(with_token(cloud, "/things", "https://things", "Thing.Read", -1)) == 401);
  CHECK(cloud.violations().empty());
  CHECK(status(with_token(cloud, "/things", "https://other", "Thing.Read")) == 401);
  CHECK(cloud.violations().size() == 1);
}

TEST_CASE("a credential where none belongs is a violation, and so is an unknown route") {
  Cloud cloud;
  cloud.add("GET", "/file", {.credentials = Credentials::kNone}, nothing, Host::kStorage);
  net::CurlHttp http({});
  net::Request request{.url = cloud.storage_url() + "/file"};
  CHECK(http.call(request)->status == 200);
  CHECK(cloud.violations().empty());
  request.secret_headers = {{"Authorization", Secret("Bearer x")}};
  CHECK(http.call(request));
  CHECK(cloud.violations() == std::vector<std::string>{"a credential came to GET /file"});
  CHECK(http.call({.url = cloud.url() + "/nothing"})->status == 404);
  CHECK(cloud.violations().size() == 2);
}

TEST_CASE("a client with the same limits never meets the service's, and gets there fast") {
  Cloud cloud(100);
  cloud.add("POST", "/act",
            {.credentials = Credentials::kNone, .permissions = {}, .limit = &kLimit}, nothing);
  net::CurlHttp wire({});
  net::RateLimiter limiter(cloud.clock(), "", "t");
  net::Client client(wire, cloud.clock(), {.limiter = &limiter});
  int done = 0;
  int throttled = 0;
  const double start = cloud.clock().wall();
  for (int i = 0; i < 35; ++i) {
    client.start({.method = net::Method::kPost, .url = cloud.url() + "/act", .limit = &kLimit},
                 [&](net::Outcome outcome) {
                   done += outcome.result && outcome.result->is_success() ? 1 : 0;
                   throttled += outcome.result && outcome.result->attempts > 1 ? 1 : 0;
                 });
  }
  client.finish();
  CHECK(done == 35);
  CHECK(throttled == 0);
  CHECK(cloud.count("POST", "/act") == 35);
  CHECK(cloud.clock().wall() - start < 300);
}

TEST_CASE("without a limiter the service throttles, and the client obeys") {
  Cloud cloud(500);
  cloud.add("POST", "/act",
            {.credentials = Credentials::kNone, .permissions = {}, .limit = &kLimit}, nothing);
  net::CurlHttp wire({});
  net::Client client(wire, cloud.clock(), {});
  int done = 0;
  for (int i = 0; i < 15; ++i) {
    client.start({.method = net::Method::kPost, .url = cloud.url() + "/act"},
                 [&](net::Outcome outcome) {
                   done += outcome.result && outcome.result->is_success() ? 1 : 0;
                 });
  }
  client.finish();
  CHECK(done == 15);
  CHECK(cloud.count("POST", "/act") > 15);
}

TEST_CASE("lists come in pages, by link and by $skip, and all rows arrive") {
  Cloud cloud;
  std::vector<std::string> rows;
  for (int i = 0; i < 25; ++i) rows.push_back(std::to_string(i));
  cloud.add("GET", "/links", {}, [&](const Request& request, const Captures&) {
    return page_reply(request, cloud.url(), rows);
  });
  cloud.add("GET", "/skip", {}, [&](const Request& request, const Captures&) {
    return page_reply(request, cloud.url(), rows, {.next_link = false});
  });
  net::CurlHttp http({});
  for (const char* path : {"/links", "/skip"}) {
    std::string bodies;
    const auto all = net::for_each_page(
        http, {.url = cloud.url() + path + "?$top=10"},
        {.style = net::PageStyle::kSkip, .page_size = 10}, "list",
        [&](const net::Response& page) -> Result<std::size_t> {
          const std::size_t list = page.body.find("\"value\":[");
          const std::string values = page.body.substr(list + 9, page.body.size() - list - 11);
          bodies += values + ",";
          return static_cast<std::size_t>(std::count(values.begin(), values.end(), ',')) + 1;
        });
    REQUIRE(all);
    CHECK(*all == 25);
    CHECK(bodies.ends_with("22,23,24,"));
    CHECK(cloud.count("GET", path) == 3);
  }
}

TEST_CASE("faults on order cut the answer after the work was done") {
  Cloud cloud;
  int worked = 0;
  cloud.add("POST", "/act", {}, [&worked](const Request&, const Captures&) {
    ++worked;
    return json_reply("{}", 201);
  });
  cloud.faults().add("POST /act cut-after");
  net::CurlHttp http({});
  const net::Request request{.method = net::Method::kPost, .url = cloud.url() + "/act"};
  CHECK(http.exchange(request).delivery == net::Delivery::kUnknown);
  CHECK(worked == 1);
  CHECK(http.call(request)->status == 201);
}
