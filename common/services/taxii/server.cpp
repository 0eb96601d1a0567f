#include "common/services/taxii/server.h"

#include "common/net/url.h"
#include "common/services/taxii/problem.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace quarry::services::taxii {
namespace {

constexpr int kMostPages = 1000;  // of a list of collections

bool wants_other_form(int status) { return status == 406 || status == 415; }

std::optional<Error> not_json(const net::Response& response, std::string_view what) {
  if (auto error = not_taxii(response, response.body, what)) return error;
  return std::nullopt;
}

}  // namespace

Result<std::string> with_slash(const std::string& url) {
  QUARRY_TRY(net::Url parsed, net::parse_url(url));
  if (!parsed.path.ends_with('/')) parsed.path += '/';
  return parsed.text();
}

Server::Server(net::Http& http, ServerOptions options)
    : http_(http),
      options_(std::move(options)),
      version_(options_.version.value_or(Version::k21)) {}

void Server::warn(const std::string& text) {
  if (!options_.warn || std::find(warned_.begin(), warned_.end(), text) != warned_.end()) return;
  warned_.push_back(text);
  options_.warn(text);
}

net::Request Server::request(std::string url, Content content) const {
  net::Request request{.url = std::move(url), .stall_timeout = net::Seconds(120)};
  const auto forms = accepted_forms(version_, content);
  request.headers.push_back({"Accept", std::string(forms[std::min(form_, forms.size() - 1)])});
  const Result<net::Url> parsed = net::parse_url(request.url);
  if (parsed && (origin_.empty() || parsed->origin() == origin_)) {
    request.secret_headers = options_.login;
    request.scope = options_.scope;
  }
  return request;
}

bool Server::try_next_form() {
  if (form_ + 1 < accepted_forms(version_, Content::kResource).size()) {
    ++form_;
    return true;
  }
  if (options_.version || version_ == Version::k20) return false;
  version_ = Version::k20;
  form_ = 0;
  return true;
}

Result<net::Response> Server::ask(const std::string& url, std::string_view what) {
  if (origin_.empty()) {
    QUARRY_TRY(const net::Url parsed, net::parse_url(url));
    origin_ = parsed.origin();
  }
  const auto began = std::pair(version_, form_);
  while (true) {
    QUARRY_TRY(net::Response response, http_.call(request(url, Content::kResource)));
    if (!wants_other_form(response.status)) return response;
    if (try_next_form()) continue;
    std::tie(version_, form_) = began;
    return fail(problem_of(response, what));
  }
}

Result<json::Document> Server::get(const std::string& url, std::string_view what) {
  QUARRY_TRY(const net::Response response, ask(url, what));
  if (!response.is_success()) return fail(problem_of(response, what));
  if (auto error = not_json(response, what)) return fail(*std::move(error));
  const auto type = response.header("Content-Type").value_or("");
  if (type.find("taxii+json") == std::string_view::npos)
    warn(fmt::format("answers are labelled '{}' instead of as TAXII", type));
  auto document = json::Document::parse(response.body, net::shown_url(url));
  if (!document || !document->root().is_object()) {
    return fail(ErrorCode::kRemote,
                fmt::format("{}: {} does not answer with a JSON object", what, net::shown_url(url)),
                "check the address");
  }
  return document;
}

Result<ApiRoot> Server::api_root(const std::string& url) {
  QUARRY_TRY(std::string address, with_slash(url));
  QUARRY_TRY(const json::Document document, get(address, "read the API root"));
  if (!is_api_root(document.root())) {
    return fail(ErrorCode::kRemote,
                fmt::format("{} is no API root: it names no versions", net::shown_url(address)));
  }
  return parse_api_root(document.root(), std::move(address));
}

/// Roots that name another host are asked on this one: servers behind a proxy do not know their
/// names, and the login must not travel to a host that an answer names.
std::string Server::on_this_host(const std::string& base, const std::string& root) {
  const auto here = net::parse_url(base);
  if (!here) return root;
  auto there = net::resolve_url(*here, root);
  if (!there) return root;
  if (there->origin() != here->origin()) {
    warn(
        fmt::format("discovery names API roots on {}; they are asked on {} (--api-root takes an "
                    "address as it is)",
                    there->origin(), here->origin()));
    there->scheme = here->scheme;
    there->host = here->host;
    there->port = here->port;
  }
  if (!there->path.ends_with('/')) there->path += '/';
  return there->text();
}

Result<Server::Found> Server::roots_of(Discovery discovery, const std::string& base) {
  Found found;
  std::vector<std::string> roots = discovery.api_roots;
  if (!discovery.default_root.empty() &&
      std::find(roots.begin(), roots.end(), discovery.default_root) == roots.end())
    roots.push_back(discovery.default_root);
  for (const std::string& root : roots) {
    Result<ApiRoot> answer = api_root(on_this_host(base, root));
    if (answer) {
      found.roots.push_back(*std::move(answer));
    } else {
      found.silent.emplace_back(
          answer.error().code(),
          fmt::format("the API root {} does not answer: {}", root, answer.error().message()),
          answer.error().hint());
    }
  }
  if (found.roots.empty() && !found.silent.empty()) return fail(found.silent.front());
  found.discovery = std::move(discovery);
  return found;
}

Result<Server::Found> Server::look_at(const std::string& url) {
  QUARRY_TRY(const std::string address, with_slash(url));
  QUARRY_TRY(const net::Url parsed, net::parse_url(address));
  std::vector<std::string> candidates{address};
  if (parsed.path == "/") {
    candidates.push_back(net::join_url(address, "/taxii2/"));
    candidates.push_back(net::join_url(address, "/taxii/"));
  }
  std::optional<Error> first;
  for (const std::string& candidate : candidates) {
    Result<json::Document> document = get(candidate, "discover the server");
    if (document && is_discovery(document->root()))
      return roots_of(parse_discovery(document->root()), candidate);
    if (document && is_api_root(document->root())) {
      Found found;
      found.roots.push_back(parse_api_root(document->root(), candidate));
      return found;
    }
    if (!first) {
      first = document ? Error(ErrorCode::kRemote,
                               fmt::format("{} is neither a discovery address nor an API root",
                                           net::shown_url(candidate)))
                       : document.error();
    }
    if (!document && document.error().code() == ErrorCode::kInterrupted) break;
  }
  return fail(*std::move(first));
}

Result<std::vector<Collection>> Server::collections(const std::string& root) {
  std::vector<Collection> collections;
  std::string url = root + "collections/";
  std::string next;
  for (int page = 0; page < kMostPages; ++page) {
    net::Request asked = request(next.empty() ? url : net::with_parameters(url, {{"next", next}}),
                                 Content::kResource);
    const bool ranges = version_ == Version::k20 && !collections.empty();
    if (ranges) {
      asked.headers.push_back(
          {"Range", fmt::format("items={0}-{1}", collections.size(), collections.size() + 99)});
    }
    QUARRY_TRY(const net::Response response, ranges || !next.empty()
                                                 ? http_.call(std::move(asked))
                                                 : ask(url, "list collections"));
    if (response.status == 416 && !collections.empty()) break;
    if (!response.is_success()) return fail(problem_of(response, "list collections"));
    if (auto error = not_json(response, "list collections")) return fail(*std::move(error));
    QUARRY_TRY(const json::Document document, json::Document::parse(response.body, "collections"));
    const json::Node list = document.root().find("collections");
    for (std::size_t i = 0; i < list.size(); ++i) collections.push_back(parse_collection(list[i]));
    next = std::string(document.root().find("next").as_string().value_or(""));
    const bool more = document.root().find("more").as_bool().value_or(false) && !next.empty();
    if (!more && (response.status != 206 || list.size() == 0)) break;
  }
  return collections;
}

Result<Collection> Server::collection(const std::string& root, const std::string& id) {
  QUARRY_TRY(const json::Document document, get(collection_url(root, id), "read the collection"));
  return parse_collection(document.root());
}

}  // namespace quarry::services::taxii
