#include "tests/fakes/sample_service.h"

#include <fmt/format.h>

#include <array>
#include <vector>

namespace quarry::fakes {
namespace {

constexpr std::array<net::Window, 1> kLockWindows{{{10, 60}}};
constexpr net::ApiLimit kLockLimit{"sample.lock", kLockWindows};

}  // namespace

SampleService::SampleService(Cloud& cloud, int things) : cloud_(cloud), things_(things) {
  const Rule read{.credentials = Credentials::kToken,
                  .audience = kAudience,
                  .permissions = {"Thing.Read.All", "Thing.ReadWrite.All"}};
  const Rule write{.credentials = Credentials::kToken,
                   .audience = kAudience,
                   .permissions = {"Thing.ReadWrite.All"},
                   .limit = &kLockLimit};
  cloud_.add("GET", "/v1.0/things", read,
             [this](const Request& request, const Captures&) { return list(request); });
  cloud_.add("GET", "/v1.0/things/{id}", read,
             [this](const Request&, const Captures& at) { return show(at.at("id")); });
  cloud_.add("POST", "/v1.0/things/{id}/lock", write,
             [this](const Request&, const Captures& at) { return set_locked(at.at("id"), true); });
  cloud_.add("POST", "/v1.0/things/{id}/unlock", write,
             [this](const Request&, const Captures& at) { return set_locked(at.at("id"), false); });
  cloud_.add("GET", "/v1.0/things/{id}/content", read,
             [this](const Request&, const Captures& at) { return content_link(at.at("id")); });
  cloud_.add(
      "GET", "/files/{id}", {},
      [](const Request& request, const Captures& at) {
        if (request.parameter("sig") != "storage-signature")
          return error_reply(403, "AuthenticationFailed", "the signature is missing");
        Reply reply;
        reply.content_type = "application/octet-stream";
        reply.body = "content of " + at.at("id");
        return reply;
      },
      Host::kStorage);
}

std::map<std::string, int> SampleService::locks() const {
  const std::lock_guard lock(mutex_);
  return locks_;
}

std::string SampleService::json_of(const std::string& id) const {
  const auto found = locked_.find(id);
  return fmt::format(R"({{"id":{},"locked":{}}})", quoted(id),
                     found != locked_.end() && found->second);
}

Reply SampleService::list(const Request& request) {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> rows;
  for (int i = 1; i <= things_; ++i) rows.push_back(json_of(fmt::format("thing-{}", i)));
  return page_reply(request, cloud_.url(), rows, {.largest = 5});
}

Reply SampleService::show(const std::string& id) {
  const std::lock_guard lock(mutex_);
  return json_reply(json_of(id));
}

Reply SampleService::set_locked(const std::string& id, bool locked) {
  const std::lock_guard lock(mutex_);
  if (!id.starts_with("thing-")) return error_reply(404, "NotFound", "no such thing");
  locked_[id] = locked;
  if (locked) ++locks_[id];
  return json_reply(json_of(id), 201);
}

Reply SampleService::content_link(const std::string& id) {
  Reply reply;
  reply.status = 302;
  reply.headers = {
      {"Location", fmt::format("{}/files/{}?sig=storage-signature", cloud_.storage_url(), id)}};
  return reply;
}

}  // namespace quarry::fakes
