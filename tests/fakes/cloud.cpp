#include "tests/fakes/cloud.h"

#include "common/base/text.h"
#include "common/base/wildcard.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace quarry::fakes {
namespace {

/// Requests may come this much closer together (real seconds) than they left.
constexpr double kJitter = 0.01;

std::string bearer_of(const Request& request) {
  const std::string value = request.header("Authorization").value_or("");
  return value.starts_with("Bearer ") ? value.substr(7) : "";
}

Reply cut() {
  Reply reply;
  reply.no_answer = true;
  return reply;
}

}  // namespace

bool fits_pattern(std::string_view pattern, std::string_view path, Captures& captures) {
  for (;;) {
    const std::size_t open = pattern.find('{');
    const std::string_view literal = pattern.substr(0, open);
    if (!path.starts_with(literal)) return false;
    path.remove_prefix(literal.size());
    if (open == std::string_view::npos) return path.empty();
    const std::size_t close = pattern.find('}', open);
    const std::string name(pattern.substr(open + 1, close - open - 1));
    pattern.remove_prefix(close + 1);
    const std::string_view next = pattern.substr(0, pattern.find('{'));
    const std::size_t end = next.empty() ? path.size() : path.find(next);
    if (end == std::string_view::npos || end == 0) return false;
    const std::string_view value = path.substr(0, end);
    if (value.find('/') != std::string_view::npos) return false;
    captures[name] = net::percent_decode(value).value_or("");
    path.remove_prefix(end);
  }
}

Cloud::Cloud(double scale, const Certificate* certificate)
    : scale_(scale),
      clock_(scale),
      tokens_(clock_),
      services_(std::make_unique<Server>(
          [this](const Request& request) { return answer(request, Host::kServices); },
          certificate)),
      storage_(std::make_unique<Server>(
          [this](const Request& request) { return answer(request, Host::kStorage); },
          certificate)) {}

Cloud::~Cloud() {
  services_.reset();
  storage_.reset();
}

void Cloud::add(std::string method, std::string pattern, Rule rule, RouteHandler handler,
                Host host) {
  routes_.push_back(
      {std::move(method), std::move(pattern), std::move(rule), std::move(handler), host});
}

void Cloud::violation(std::string text) {
  const std::lock_guard lock(mutex_);
  violations_.push_back(std::move(text));
}

std::vector<std::string> Cloud::violations() const {
  const std::lock_guard lock(mutex_);
  return violations_;
}

std::vector<Request> Cloud::seen() const {
  const std::lock_guard lock(mutex_);
  return seen_;
}

std::size_t Cloud::count(std::string_view method, std::string_view path) const {
  const std::vector<Request> all = seen();
  return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const Request& one) {
    return one.method == method && fits_wildcard(path, one.path);
  }));
}

Reply Cloud::answer(const Request& request, Host host) {
  {
    const std::lock_guard lock(mutex_);
    seen_.push_back(request);
  }
  for (const Route& route : routes_) {
    Captures captures;
    if (route.host != host || route.method != request.method ||
        !fits_pattern(route.pattern, request.path, captures))
      continue;
    return obey(route, request, captures);
  }
  violation(fmt::format("nobody knows {} {}", request.method, request.path));
  return error_reply(404, "ResourceNotFound", "no such resource");
}

Reply Cloud::obey(const Route& route, const Request& request, const Captures& captures) {
  const std::optional<Fault> fault = faults_.meet(request);
  if (fault && fault->kind == FaultKind::kReply) return fault->reply;
  if (fault && fault->kind == FaultKind::kCutBefore) return cut();
  Reply reply;
  if (const auto refusal = refuse(route, request)) {
    reply = *refusal;
  } else {
    reply = route.handler(request, captures);
  }
  if (!fault) return reply;
  if (fault->kind == FaultKind::kCutAfter) return cut();
  if (fault->kind == FaultKind::kCutBody) reply.cut_after = fault->after;
  if (fault->kind == FaultKind::kDelay) reply.delay = fault->delay;
  return reply;
}

std::optional<Reply> Cloud::refuse(const Route& route, const Request& request) {
  const Rule& rule = route.rule;
  if (rule.credentials == Credentials::kNone && request.header("Authorization"))
    violation(fmt::format("a credential came to {} {}", request.method, request.path));
  if (rule.credentials == Credentials::kToken) {
    switch (tokens_.check(bearer_of(request), rule.audience, rule.permissions)) {
      case TokenVerdict::kGood:
        break;
      case TokenVerdict::kUnknown:
      case TokenVerdict::kExpired:
        return error_reply(401, "Unauthorized", "the token is missing or expired");
      case TokenVerdict::kWrongAudience:
        violation(fmt::format("a token for another audience came to {}", request.path));
        return error_reply(401, "Unauthorized", "the token is for another audience");
      case TokenVerdict::kLacking:
        return error_reply(403, "Forbidden", "the token lacks the permission");
    }
  }
  return rule.limit == nullptr ? std::nullopt : throttle(*rule.limit);
}

std::optional<Reply> Cloud::throttle(const net::ApiLimit& limit) {
  const double now = clock_.wall();
  const std::lock_guard lock(mutex_);
  std::vector<double>& taken = taken_[std::string(limit.api)];
  for (const net::Window& window : limit.windows) {
    const double start = now - window.seconds + kJitter * scale_;
    const auto first = std::upper_bound(taken.begin(), taken.end(), start);
    if (taken.end() - first < static_cast<std::ptrdiff_t>(window.requests)) continue;
    Reply reply = error_reply(429, "TooManyRequests", "the limit is reached");
    const double wait = *(taken.end() - window.requests) + window.seconds - now;
    reply.headers = {{"Retry-After", fmt::format("{:.0f}", std::ceil(std::max(1.0, wait)))}};
    return reply;
  }
  taken.push_back(now);
  return std::nullopt;
}

Reply page_reply(const Request& request, const std::string& base_url,
                 const std::vector<std::string>& rows, const PageRules& rules) {
  const auto number = [&request](const char* name, std::size_t otherwise) {
    const auto value = text::parse_int64(request.parameter(name).value_or(""));
    return value && *value >= 0 ? static_cast<std::size_t>(*value) : otherwise;
  };
  const std::size_t top = number("$top", rules.largest);
  if (top > rules.largest) return error_reply(400, "ODataError", "$top is too large");
  const std::size_t start = std::min(number("$skiptoken", number("$skip", 0)), rows.size());
  const std::size_t end = std::min(rows.size(), start + top);
  std::string body = "{";
  if (!rules.context.empty())
    body += fmt::format("\"@odata.context\":{},",
                        quoted(fmt::format("{}/v1.0/$metadata#{}", base_url, rules.context)));
  if (rules.next_link && end < rows.size()) {
    net::Parameters query;
    for (const auto& item : request.query) {
      if (item.first != "$skiptoken" && item.first != "$skip") query.push_back(item);
    }
    query.emplace_back("$skiptoken", std::to_string(end));
    body += fmt::format("\"@odata.nextLink\":{},",
                        quoted(net::with_parameters(base_url + request.path, query)));
  }
  body += quoted(rules.member) + ":[";
  for (std::size_t i = start; i < end; ++i) body += (i > start ? "," : "") + rows[i];
  return json_reply(body + "]}");
}

}  // namespace quarry::fakes
