#include "tests/fakes/taxii/servers.h"

#include "common/base/base64.h"
#include "common/base/random.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace quarry::fakes::taxii {
namespace {

constexpr std::size_t kServerLimit = 7;  // what a server gives at most, whatever was asked for

constexpr std::array<std::string_view, 23> kKinds{
    "keyset", "stateful", "expiring", "dates",   "number", "whole",     "unordered", "undated",
    "wide",   "empty",    "basic",    "bearer",  "header", "forbidden", "page",      "xml",
    "ranges", "short",    "oauth",    "spoiled", "stuck",  "endless",   "scored"};

bool is_20(std::string_view kind) {
  return kind == "ranges" || kind == "short" || kind == "stuck" || kind == "endless";
}

std::string collection_of(std::string_view kind) {
  return kind == "number" ? "feed.of numbers" : "indicators";
}

bool is_six_digit_utc(std::string_view text) {
  return text.size() == 27 && text[10] == 'T' && text[19] == '.' && text.back() == 'Z';
}

/// Of three indicators one is sure, one is not, and one does not say.
std::string scored(std::string body) {
  constexpr std::string_view kType = R"("type":"indicator",)";
  std::size_t count = 0;
  for (std::size_t at = body.find(kType); at != std::string::npos; at = body.find(kType, at + 1)) {
    const std::size_t which = count++ % 3;
    if (which < 2)
      body.insert(at + kType.size(), which == 0 ? R"("confidence":90,)" : R"("confidence":40,)");
  }
  return body;
}

/// Without `next`: what must not change from page to page.
std::string filters_of(const Request& request) {
  std::string text;
  for (const auto& [key, value] : request.query) {
    if (key != "next") text += key + "=" + value + "&";
  }
  return text;
}

std::size_t limit_of(const Request& request, std::size_t most) {
  const std::string given = request.parameter("limit").value_or("");
  return given.empty() ? most : std::min<std::size_t>(most, std::stoul(given));
}

}  // namespace

Servers::Servers(Cloud& cloud, std::size_t count, std::string secret)
    : cloud_(cloud), secret_(std::move(secret)), objects_(made_objects(count)) {
  const Rule open{.credentials = Credentials::kByHandler};
  const auto add = [&](const std::string& pattern, std::string_view resource) {
    cloud.add("GET", pattern, open, [this, resource](const Request& request, const Captures& at) {
      return answer(request, at, resource);
    });
  };
  cloud.add("GET", "/taxii2/", open,
            [this](const Request&, const Captures&) { return discovery(); });
  // Clients that know the host alone begin here.
  cloud.add("GET", "/", open,
            [](const Request&, const Captures&) { return refusal(404, "nothing here"); });
  cloud.add("GET", "/taxii/{kind}", open, [](const Request&, const Captures&) {
    return refusal(404, "The requested URL was not found on the server.");
  });
  cloud.add("POST", "/oauth/token", open,
            [this](const Request& request, const Captures&) { return give_token(request); });
  add("/taxii/{kind}/", "root");
  add("/taxii/{kind}/collections/", "collections");
  add("/taxii/{kind}/collections/{id}/", "collection");
  add("/taxii/{kind}/collections/{id}/objects/", "objects");
  add("/taxii/{kind}/collections/{id}/manifest/", "manifest");
}

/// RFC 6749 §4.4; knows the client by the header alone.
Reply Servers::give_token(const Request& request) {
  if (request.header("Authorization") != "Basic " + base64("analyst:" + secret_)) {
    Reply reply = json_reply(R"({"error":"invalid_client"})");
    reply.status = 401;
    return reply;
  }
  if (request.form_value("grant_type") != "client_credentials" ||
      request.form_value("scope") != "taxii.read")
    cloud_.violation("no request for a token: " + request.body);
  const std::lock_guard lock(mutex_);
  token_ = random_guid();
  token_uses_ = 0;
  return json_reply(
      fmt::format(R"({{"access_token":"{}","token_type":"Bearer","expires_in":3600}})", token_));
}

/// A token is withdrawn long before it expires.
bool Servers::use_token(std::string_view authorization) {
  const std::lock_guard lock(mutex_);
  return !token_.empty() && authorization == "Bearer " + token_ && ++token_uses_ <= 4;
}

Reply Servers::discovery() const {
  return taxii_reply(R"({"title":"Made-up intelligence","default":"/taxii/keyset/",)"
                     R"("api_roots":["/taxii/keyset/","http://localhost:1/taxii/number/"]})",
                     {});
}

std::optional<Reply> Servers::refuse(const Request& request, std::string_view kind,
                                     std::string_view resource) {
  if (std::find(kKinds.begin(), kKinds.end(), kind) == kKinds.end())
    return refusal(404, "no such API root");
  const std::string accept = request.header("Accept").value_or("");
  const bool stix = resource == "objects";
  const std::string_view wanted = !is_20(kind) ? "application/taxii+json;version=2.1"
                                  : stix       ? "application/vnd.oasis.stix+json; version=2.0"
                                               : "application/vnd.oasis.taxii+json; version=2.0";
  if (accept != wanted) return refusal(406, "Media type in the Accept header is invalid");
  const std::string authorization = request.header("Authorization").value_or("");
  const bool good = kind == "basic"    ? authorization == "Basic " + base64("analyst:" + secret_)
                    : kind == "bearer" ? authorization == "Bearer " + secret_
                    : kind == "header" ? request.header("X-API-Key") == secret_
                    : kind == "oauth"  ? use_token(authorization)
                                       : true;
  if (!good) return refusal(401, "Unauthorized Access");
  if (kind == "forbidden" && (stix || resource == "manifest"))
    return refusal(403, "Forbidden to read the collection");
  return std::nullopt;
}

std::optional<Reply> Servers::refuse_filters(const Request& request, std::string_view kind) {
  const auto after = request.parameter("added_after");
  if (after && !is_six_digit_utc(*after)) {
    cloud_.violation("added_after is not what every server takes: " + *after);
    return refusal(400, "added_after: Not a valid datetime.");
  }
  if (request.parameter("limit") == "0") {
    cloud_.violation("limit=0");
    return refusal(400, "limit");
  }
  if (is_20(kind) && (request.parameter("limit") || request.parameter("next"))) {
    cloud_.violation("TAXII 2.0 knows neither limit nor next");
    return refusal(400, "unknown filter");
  }
  if (kind == "wide" && limit_of(request, 1000) > 3) return refusal(413, "the answer is too large");
  return std::nullopt;
}

Reply Servers::answer(const Request& request, const Captures& at, std::string_view resource) {
  const std::string& kind = at.at("kind");
  if (kind == "page") {
    Reply reply;
    reply.content_type = "text/html";
    reply.body = "<!DOCTYPE html><html><title>Sign in</title></html>";
    return reply;
  }
  if (kind == "xml") {
    Reply reply;
    reply.content_type = "application/xml";
    reply.headers = {{"X-TAXII-Content-Type", "urn:taxii.mitre.org:message:xml:1.1"}};
    reply.body = R"(<taxii_11:Status_Message xmlns:taxii_11="http://taxii.mitre.org/messages/x"/>)";
    return reply;
  }
  if (auto refused = refuse(request, kind, resource)) return *std::move(refused);
  if (resource == "root") {
    return taxii_reply(
        fmt::format(R"({{"title":"{}","versions":["{}"],"max_content_length":1000000}})", kind,
                    is_20(kind) ? "taxii-2.0" : "application/taxii+json;version=2.1"),
        {});
  }
  if (resource == "collections") return collections(kind);
  if (at.at("id") != collection_of(kind)) return refusal(404, "Collection not found.");
  if (resource == "collection")
    return taxii_reply(fmt::format(R"({{"id":"{}","title":"t","can_read":true,"can_write":false}})",
                                   collection_of(kind)),
                       {});
  if (auto refused = refuse_filters(request, kind)) return *std::move(refused);
  return content(request, kind, resource);
}

Reply Servers::collections(std::string_view kind) const {
  if (kind == "empty") return taxii_reply("{}", {});
  return taxii_reply(
      fmt::format(R"({{"collections":[{{"id":"{}","title":"Feed {}","can_read":{},)"
                  R"("can_write":false,"media_types":["application/stix+json;version=2.1"]}}]}})",
                  collection_of(kind), kind, kind != "forbidden"),
      {});
}

Servers::Page Servers::fitting(const Request& request, std::string_view kind) const {
  const std::string after = request.parameter("added_after").value_or("");
  const auto type = request.parameter("match[type]");
  const auto ids = request.parameter("match[id]");
  Page page;
  for (const MadeObject& object : objects_) {
    if (object.date_added <= after || (type && *type != object.type)) continue;
    if (ids && ids->find(object.id) == std::string::npos) continue;
    page.push_back(&object);
  }
  if (kind == "unordered") std::reverse(page.begin(), page.end());
  return page;
}

Reply Servers::content(const Request& request, std::string_view kind, std::string_view resource) {
  Page all = fitting(request, kind);
  if (is_20(kind)) return ranges(request, kind, resource, std::move(all));
  if (kind == "scored" && resource == "objects")
    return taxii_reply(scored(envelope(all, resource, false, "")), all);
  if (kind == "whole" || kind == "scored")
    return taxii_reply(envelope(all, resource, false, ""), all);
  const bool remembers = kind == "stateful" || kind == "expiring";
  Reply reply = remembers ? remembered(request, kind, resource, std::move(all))
                          : pages(request, kind, resource, std::move(all));
  if (kind == "undated") reply.headers.clear();
  return reply;
}

/// Tokens that say themselves where to go on; "dates" has none, "number" counts in JSON numbers.
Reply Servers::pages(const Request& request, std::string_view kind, std::string_view resource,
                     Page all) {
  const std::string token = request.parameter("next").value_or("");
  if (!token.empty() && kind == "dates") {
    cloud_.violation("a token that no answer gave: " + token);
    return refusal(400, "'next' not valid");
  }
  const std::string place =
      token.empty() || kind == "number" ? token : decode_base64(token).value_or("");
  const std::size_t first = place.empty() ? 0 : std::stoul(place);
  const std::size_t size = limit_of(request, kind == "dates" ? 8 : kServerLimit);
  const std::size_t end = std::min(all.size(), first + size);
  const Page page(all.begin() + static_cast<std::ptrdiff_t>(std::min(first, end)),
                  all.begin() + static_cast<std::ptrdiff_t>(end));
  const bool more = end < all.size();
  std::string next;
  // Padding and signs that must be percent-encoded.
  if (more && kind == "number") next = std::to_string(end);
  if (more && kind != "number" && kind != "dates") next = quoted(base64(fmt::format("{}  ", end)));
  std::string body = envelope(page, resource, more, next);
  const std::size_t list = body.find("\"objects\":[");
  if (kind == "spoiled" && resource == "objects" && list != std::string::npos)
    body.insert(list + 11, R"({"type":"indicator","name":"has no id"},)");
  return taxii_reply(std::move(body), page);
}

/// The same token for the whole chain; each request consumes a page, whatever becomes of its
/// answer. "expiring" tokens die at their second use.
Reply Servers::remembered(const Request& request, std::string_view kind, std::string_view resource,
                          Page all) {
  const std::lock_guard lock(mutex_);
  std::string token = request.parameter("next").value_or("");
  if (token.empty()) {
    token = random_guid();
    chains_[token] = {std::move(all), filters_of(request), 0};
  }
  const auto found = chains_.find(token);
  if (found == chains_.end()) return refusal(400, "'next' not valid.");
  Chain& chain = found->second;
  if (chain.query != filters_of(request)) {
    cloud_.violation("filters changed from page to page: " + request.target);
    return refusal(400, "the filters changed");
  }
  if (kind == "expiring" && ++chain.uses > 2) {
    chains_.erase(found);
    return refusal(400, "'next' not valid.");
  }
  const std::size_t size = std::min(chain.left.size(), limit_of(request, kServerLimit));
  const Page page(chain.left.begin(), chain.left.begin() + static_cast<std::ptrdiff_t>(size));
  chain.left.erase(chain.left.begin(), chain.left.begin() + static_cast<std::ptrdiff_t>(size));
  const bool more = !chain.left.empty();
  Reply reply = taxii_reply(envelope(page, resource, more, more ? quoted(token) : ""), page);
  if (!more) chains_.erase(found);
  return reply;
}

/// "short" gives an object fewer than it was asked for, and none for a range of one; "stuck" and
/// "endless" take no notice of the range, and the latter does not say so.
Reply Servers::ranges(const Request& request, std::string_view kind, std::string_view resource,
                      Page all) {
  const std::string range = request.header("Range").value_or("");
  if (kind == "ranges" && range.starts_with("items=")) return refusal(400, "Bad Range header");
  std::size_t first = 0, last = kServerLimit - 1;
  const bool deaf = kind == "stuck" || kind == "endless";
  if (!range.empty() && !deaf) {
    first = std::stoul(range.substr(6));
    last = std::stoul(range.substr(range.find('-') + 1));
  }
  const std::string total = std::to_string(all.size());
  if (first >= all.size() && !all.empty()) {
    Reply reply = refusal(416, "The requested range is outside the size of the result set");
    reply.headers = {{"Content-Range", "items */" + total}};
    return reply;
  }
  last = std::min(last, first + kServerLimit);
  std::size_t end = std::min(all.size(), last + 1);
  if (kind == "short" && end < all.size()) end = last;
  const Page page(all.begin() + static_cast<std::ptrdiff_t>(first),
                  all.begin() + static_cast<std::ptrdiff_t>(std::max(first, end)));
  Reply reply = taxii_reply(envelope(page, resource, std::nullopt, ""), page);
  reply.content_type = "application/vnd.oasis.stix+json; version=2.0";
  if (first == 0 && end == all.size()) return reply;
  reply.status = 206;
  if (kind == "endless") return reply;
  reply.headers.emplace_back("Content-Range", fmt::format("items {}-{}/{}", first, last, total));
  return reply;
}

}  // namespace quarry::fakes::taxii
