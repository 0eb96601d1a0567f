#include "common/net/curl_http.h"

#include "tests/fakes/server.h"
#include "tests/unit/temporary_folder.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

using namespace quarry;
using namespace quarry::net;
using quarry::fakes::Reply;
using quarry::fakes::Server;
using quarry::unit::TemporaryFolder;

namespace {

using Asked = quarry::fakes::Request;

/// A server whose requests are kept.
struct Recorder {
  explicit Recorder(Server::Handler handler, const fakes::Certificate* certificate = nullptr)
      : server(
            [this, handler = std::move(handler)](const Asked& request) {
              {
                const std::lock_guard lock(mutex);
                seen.push_back(request);
              }
              return handler(request);
            },
            certificate) {}
  std::mutex mutex;
  std::vector<Asked> seen;
  Server server;
};

Reply text(std::string body, int status = 200) {
  Reply reply;
  reply.status = status;
  reply.body = std::move(body);
  return reply;
}

Reply redirect(const std::string& to, int status = 302) {
  Reply reply;
  reply.status = status;
  reply.headers = {{"Location", to}};
  return reply;
}

SecretHeader bearer() { return {"Authorization", Secret("Bearer s3cret")}; }

}  // namespace

TEST_CASE("a GET brings status, headers and body") {
  Recorder fake([](const Asked&) {
    Reply reply = text("{}");
    reply.headers = {{"Request-Id", "R1"}, {"X-Two", " padded "}};
    reply.chunked = true;
    return reply;
  });
  CurlHttp http({});
  const auto answer = http.call({.url = fake.server.url() + "/a?b=c", .headers = {{"X-One", "1"}}});
  REQUIRE(answer);
  CHECK(answer->status == 200);
  CHECK(answer->body == "{}");
  CHECK(answer->request_id() == "R1");
  CHECK(answer->header("x-two") == "padded");
  CHECK(fake.seen[0].target == "/a?b=c");
  CHECK(fake.seen[0].header("X-One") == "1");
  CHECK(fake.seen[0].header("Expect") == std::nullopt);
}

TEST_CASE("bodies travel with every method that has one") {
  Recorder fake([](const Asked& request) { return text(request.method + " " + request.body); });
  CurlHttp http({});
  const std::string url = fake.server.url();
  const auto call = [&](Request request) {
    request.url = url;
    return http.call(std::move(request)).value().body;
  };
  CHECK(call({.method = Method::kPost, .body = "a=b", .content_type = "text/x"}) == "POST a=b");
  CHECK(fake.seen[0].header("Content-Type") == "text/x");
  CHECK(call({.method = Method::kPost}) == "POST ");
  CHECK(call({.method = Method::kPost, .secret_body = Secret("hidden")}) == "POST hidden");
  CHECK(call({.method = Method::kPatch, .body = "{}"}) == "PATCH {}");
  CHECK(call({.method = Method::kPut, .body = "x"}) == "PUT x");
  CHECK(call({.method = Method::kDelete}) == "DELETE ");
  CHECK(call({.method = Method::kHead}) == "");
  const std::string form =
      call({.method = Method::kPost, .form = {{"file", "content", "a.ps1"}, {"Description", "d"}}});
  CHECK(form.find("filename=\"a.ps1\"") != std::string::npos);
  CHECK(form.find("content") != std::string::npos);
}

TEST_CASE("many transfers share one thread and their connections") {
  Recorder fake([](const Asked&) {
    Reply reply = text("ok");
    reply.delay = std::chrono::milliseconds(100);
    return reply;
  });
  CurlHttp http({});
  int done = 0;
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 16; ++i) {
    http.start({.url = fake.server.url()},
               [&done](Outcome outcome) { done += outcome.result ? 1 : 0; });
  }
  http.finish();
  CHECK(done == 16);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::milliseconds(1400));
  CHECK(fake.server.connections() <= 8);
}

TEST_CASE("a redirect to another host loses the credentials, one within the host keeps them") {
  Recorder other([](const Asked&) { return text("there"); });
  Recorder fake([&other](const Asked& request) {
    if (request.path == "/out") return redirect(other.server.url() + "/x");
    if (request.path == "/in") return redirect("/here");
    return text("here");
  });
  CurlHttp http({});
  const auto out = http.call({.url = fake.server.url() + "/out", .secret_headers = {bearer()}});
  REQUIRE(out);
  CHECK(out->body == "there");
  CHECK(out->url == other.server.url() + "/x");
  CHECK(fake.seen[0].header("Authorization") == "Bearer s3cret");
  CHECK(other.seen[0].header("Authorization") == std::nullopt);
  CHECK(http.call({.url = fake.server.url() + "/in", .secret_headers = {bearer()}})->body ==
        "here");
  CHECK(fake.seen[2].header("Authorization") == "Bearer s3cret");
}

TEST_CASE("redirects end: in a circle, to other schemes, to a foreign plain host, after a POST") {
  Recorder fake([](const Asked& request) {
    if (request.path == "/file") return redirect("file:///etc/passwd");
    if (request.path == "/plain") return redirect("http://192.0.2.1/");
    if (request.path == "/post") return redirect("/other", 307);
    return redirect("/again");
  });
  CurlHttp http({});
  const auto get = [&](const char* path) { return http.call({.url = fake.server.url() + path}); };
  CHECK(get("/circle").error().message().find("more than 5 redirects") != std::string::npos);
  CHECK_FALSE(get("/file"));
  CHECK(get("/plain").error().code() == ErrorCode::kUsage);
  const std::size_t before = fake.seen.size();
  CHECK(http.call({.method = Method::kPost, .url = fake.server.url() + "/post"})->status == 307);
  CHECK(fake.seen.size() == before + 1);
}

TEST_CASE("plain http is for loopback") {
  CurlHttp http({});
  for (const char* url : {"http://192.0.2.1/", "http://169.254.169.254/x"}) {
    const auto answer = http.call({.url = url});
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code() == ErrorCode::kUsage);
  }
}

TEST_CASE("headers cannot be injected") {
  CurlHttp http({});
  const Outcome outcome =
      http.exchange({.url = "http://127.0.0.1:1/",
                     .secret_headers = {{"Authorization", Secret("Bearer x\r\nX-Evil: 1")}}});
  REQUIRE_FALSE(outcome.result);
  CHECK(outcome.delivery == Delivery::kNotSent);
  CHECK(outcome.result.error().code() == ErrorCode::kUsage);
}

TEST_CASE("a lost answer is told apart from a request that never left") {
  Recorder fake([](const Asked&) {
    Reply reply;
    reply.no_answer = true;
    return reply;
  });
  CurlHttp http({});
  CHECK(http.exchange({.method = Method::kPost, .url = fake.server.url()}).delivery ==
        Delivery::kUnknown);
  CHECK(fake.seen.size() == 1);
  CHECK(http.exchange({.url = "http://127.0.0.1:1/"}).delivery == Delivery::kNotSent);
  CHECK(http.exchange({.url = "https://no-such-host.invalid/"}).delivery == Delivery::kNotSent);
}

TEST_CASE("a POST over a kept connection that dies arrives once") {
  std::atomic<int> posts{0};
  Recorder fake([&posts](const Asked& request) {
    Reply reply = text("ok");
    if (request.method == "POST") {
      ++posts;
      reply.no_answer = true;
    }
    return reply;
  });
  CurlHttp http({});
  REQUIRE(http.call({.url = fake.server.url()}));
  CHECK_FALSE(http.call({.method = Method::kPost, .url = fake.server.url()}));
  CHECK(posts == 1);
}

TEST_CASE("a PUT that must not be repeated blindly is not repeated by a dead connection either") {
  std::atomic<int> puts{0};
  Recorder fake([&puts](const Asked& request) {
    Reply reply = text("ok");
    if (request.method == "PUT") {
      ++puts;
      reply.no_answer = true;
    }
    return reply;
  });
  CurlHttp http({});
  REQUIRE(http.call({.url = fake.server.url()}));
  CHECK(http.exchange({.method = Method::kPut, .url = fake.server.url(), .repeat = Repeat::kLookUp})
            .delivery == Delivery::kUnknown);
  CHECK(puts == 1);
}

TEST_CASE("a GET that must not be repeated blindly arrives once over a kept connection that dies") {
  std::atomic<int> pages{0};
  Recorder fake([&pages](const Asked& request) {
    Reply reply = text("ok");
    if (request.target == "/page") {
      ++pages;
      reply.no_answer = true;
    }
    return reply;
  });
  CurlHttp http({});
  REQUIRE(http.call({.url = fake.server.url()}));
  const int connections = fake.server.connections();
  REQUIRE(http.call({.url = fake.server.url(), .repeat = Repeat::kLookUp}));
  CHECK(fake.server.connections() == connections);  // it was kept for that
  const Outcome lost =
      http.exchange({.url = fake.server.url() + "/page", .repeat = Repeat::kLookUp});
  CHECK_FALSE(lost.result);
  CHECK(lost.delivery == Delivery::kUnknown);
  CHECK(pages == 1);
}

TEST_CASE("a body that breaks off is an error, whatever its framing") {
  Recorder fake([](const Asked& request) {
    Reply reply = text("0123456789");
    reply.chunked = request.path == "/chunked";
    reply.cut_after = 5;
    return reply;
  });
  CurlHttp http({});
  for (const char* path : {"/chunked", "/length"}) {
    const Outcome outcome = http.exchange({.url = fake.server.url() + path});
    REQUIRE_FALSE(outcome.result);
    CHECK(outcome.result.error().code() == ErrorCode::kRemote);
    CHECK(outcome.delivery == Delivery::kUnknown);
  }
}

TEST_CASE("hostile answers are bounded") {
  Recorder fake([](const Asked& request) {
    if (request.path == "/big") return text(std::string(3'000'000, 'x'));
    if (request.path == "/error") return text(std::string(3'000'000, 'x'), 500);
    Reply reply;
    if (request.path == "/head") {
      reply.raw = "HTTP/1.1 200 OK\r\n";
      for (int i = 0; i < 5000; ++i) reply.raw += "X-Long: " + std::string(100, 'h') + "\r\n";
      reply.raw += "Content-Length: 0\r\n\r\n";
    } else {
      reply.raw = "\x01\x02 what is this\r\n\r\n";
    }
    return reply;
  });
  CurlHttp http({});
  const auto get = [&](const char* path) {
    return http.call({.url = fake.server.url() + path, .max_body = 1'000'000});
  };
  CHECK(get("/big").error().message().find("larger than 1.0 MB") != std::string::npos);
  const auto error = get("/error");
  REQUIRE(error);
  CHECK(error->status == 500);
  CHECK(error->body.size() < 300'000);
  CHECK_FALSE(get("/head"));
  CHECK_FALSE(get("/garbage"));
}

TEST_CASE("a bomb of compressed bytes is bounded by what it unpacks to") {
  // 10 MB of blanks, gzip: 10 kB on the wire.
  Recorder fake([](const Asked& request) {
    CHECK(request.header("Accept-Encoding").value_or("").find("gzip") != std::string::npos);
    Reply reply = text(fakes::gzipped(std::string(10'000'000, ' ')));
    reply.headers = {{"Content-Encoding", "gzip"}};
    return reply;
  });
  CurlHttp http({});
  const auto answer = http.call({.url = fake.server.url(), .max_body = 1'000'000});
  REQUIRE_FALSE(answer);
  CHECK(answer.error().message().find("larger than") != std::string::npos);
}

TEST_CASE("a server that stalls is given up") {
  Recorder fake([](const Asked&) {
    Reply reply = text("late");
    reply.delay = std::chrono::milliseconds(2500);
    return reply;
  });
  CurlHttp http({});
  CHECK_FALSE(http.call({.url = fake.server.url(), .total_timeout = Seconds(0.3)}));
  CHECK_FALSE(http.call({.url = fake.server.url(), .stall_timeout = Seconds(1)}));
}

TEST_CASE("cancelling gives up reading and finishes what changes something") {
  Recorder fake([](const Asked&) {
    Reply reply = text("done");
    reply.delay = std::chrono::milliseconds(600);
    return reply;
  });
  CancelToken cancel;
  CurlHttp http({.cancel = &cancel});
  std::vector<std::string> order;
  http.start({.method = Method::kPost, .url = fake.server.url()}, [&](Outcome outcome) {
    CHECK(outcome.result);
    order.emplace_back("post");
  });
  http.start({.url = fake.server.url()}, [&](Outcome outcome) {
    CHECK(outcome.result.error().code() == ErrorCode::kInterrupted);
    order.emplace_back("get");
  });
  std::jthread other([&cancel] {
    std::this_thread::sleep_for(std::chrono::milliseconds(150));
    cancel.cancel(CancelReason::kInterrupted);
  });
  http.finish();
  CHECK(order == std::vector<std::string>{"get", "post"});
}

TEST_CASE("TLS is verified: an unknown authority is refused, --ca-file accepts it") {
  const fakes::Certificate& certificate = fakes::certificate_for("server");
  Recorder fake([](const Asked&) { return text("secure"); }, &certificate);
  CurlHttp strict({});
  const Outcome refused = strict.exchange({.url = fake.server.url(), .secret_headers = {bearer()}});
  REQUIRE_FALSE(refused.result);
  CHECK(refused.delivery == Delivery::kNotSent);
  CHECK(refused.result.error().hint().find("--ca-file") != std::string::npos);
  CHECK(fake.seen.empty());
  const TemporaryFolder folder;
  unit::write_text(folder / "ca.pem", certificate.certificate_pem);
  CurlHttp trusting({.ca_file = folder / "ca.pem"});
  const auto answer = trusting.call({.url = fake.server.url()});
  REQUIRE(answer);
  CHECK(answer->body == "secure");
  CHECK_FALSE(trusting.call(
      {.url = fmt::format("https://127.0.0.2:{}/", fake.server.port())}));  // another name
  CurlHttp careless({.verify_peer = false});
  CHECK(careless.call({.url = fake.server.url()}));
}

TEST_CASE("a client certificate that cannot be read keeps the request from leaving") {
  const fakes::Certificate& certificate = fakes::certificate_for("server");
  Recorder fake([](const Asked&) { return text("secure"); }, &certificate);
  const TemporaryFolder folder;
  unit::write_text(folder / "ca.pem", certificate.certificate_pem);
  unit::write_text(folder / "me.pem", certificate.certificate_pem + certificate.key_pem);
  unit::write_text(folder / "me.p12", fakes::pkcs12_of(certificate, "open sesame"));
  const auto asked_with = [&](const std::string& file, const std::string& password) {
    CurlHttp http({.ca_file = folder / "ca.pem",
                   .certificate = folder / file,
                   .certificate_password = Secret(password)});
    return http.call({.url = fake.server.url()}).has_value();
  };
  CHECK(asked_with("me.pem", ""));
  CHECK(asked_with("me.p12", "open sesame"));
  CHECK_FALSE(asked_with("me.p12", "wrong"));
  CHECK_FALSE(asked_with("missing.pem", ""));
  CHECK(fake.seen.size() == 2);
}

TEST_CASE("https goes through the proxy, which sees no credentials; NO_PROXY goes past it") {
  const fakes::Certificate& certificate = fakes::certificate_for("server");
  Recorder fake([](const Asked&) { return text("behind"); }, &certificate);
  Recorder proxy([](const Asked&) { return Reply(); });
  const TemporaryFolder folder;
  unit::write_text(folder / "ca.pem", certificate.certificate_pem);
  CurlHttp http({.ca_file = folder / "ca.pem", .proxy = proxy.server.url()});
  const auto answer = http.call({.url = fake.server.url(), .secret_headers = {bearer()}});
  REQUIRE(answer);
  CHECK(answer->body == "behind");
  REQUIRE(proxy.seen.size() == 1);
  CHECK(proxy.seen[0].method == "CONNECT");
  CHECK(proxy.seen[0].header("Authorization") == std::nullopt);
  CHECK(fake.seen[0].header("Authorization") == "Bearer s3cret");
  CHECK(http.call({.url = fake.server.url(), .use_proxy = false}));
  CurlHttp direct(
      {.ca_file = folder / "ca.pem", .proxy = proxy.server.url(), .no_proxy = "127.0.0.1"});
  CHECK(direct.call({.url = fake.server.url()}));
  CHECK(proxy.seen.size() == 1);
}
