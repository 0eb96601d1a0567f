#include "common/net/client.h"

#include "common/base/text.h"
#include "common/net/url.h"

#include <fmt/format.h>

#include <poll.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace quarry::net {
namespace {

std::string line_of(const Request& request) {
  return fmt::format("{} {}", name_of(request.method), shown_url(request.url));
}

/// A wait shorter than this is nobody's business.
constexpr Seconds kWorthTelling{1};

}  // namespace

Client::Client(Http& transport, const Clock& clock, ClientOptions options)
    : transport_(transport), clock_(clock), options_(std::move(options)) {}

void Client::start(Request request, Completion done) {
  Job job{.request = std::move(request),
          .done = std::move(done),
          .id = random_guid(),
          .tries = {},
          .token = {}};
  job.due = clock_.steady();
  jobs_.emplace(next_number_++, std::move(job));
}

void Client::step(Seconds at_most) {
  if (cancelled()) end_cancelled();
  launch_due();
  const Seconds wait = std::min(at_most, clock_.real(until_next_due()));
  if (transport_.in_flight() > 0) {
    transport_.step(wait);
  } else if (!jobs_.empty() && wait > Seconds(0)) {
    sleep(wait);
  }
}

Seconds Client::until_next_due() const {
  Seconds least{3600};
  const double now = clock_.steady();
  for (const auto& [number, job] : jobs_) {
    if (!job.sent) least = std::min(least, Seconds(std::max(0.0, job.due - now)));
  }
  return least;
}

void Client::sleep(Seconds real) const {
  pollfd stop{options_.cancel == nullptr ? -1 : options_.cancel->descriptor(), POLLIN, 0};
  const double milliseconds = std::clamp(real.count() * 1000, 1.0, 60'000.0);
  ::poll(&stop, 1, static_cast<int>(milliseconds));
}

std::vector<std::uint64_t> Client::waiting_numbers(double due_by) const {
  std::vector<std::uint64_t> numbers;
  for (const auto& [number, job] : jobs_) {
    if (!job.sent && job.due <= due_by) numbers.push_back(number);
  }
  return numbers;
}

void Client::end_cancelled() {
  const Error error =
      options_.cancel->error().value_or(Error(ErrorCode::kInterrupted, "no longer needed"));
  for (const std::uint64_t number : waiting_numbers(std::numeric_limits<double>::max())) {
    const auto job = jobs_.find(number);
    if (job != jobs_.end() && !job->second.sent) end(number, {fail(error), job->second.delivery});
  }
}

void Client::launch_due() {
  full_.clear();
  const double now = clock_.steady();
  for (const std::uint64_t number : waiting_numbers(now)) {
    const auto job = jobs_.find(number);
    if (job == jobs_.end() || job->second.sent || job->second.due > now) continue;
    if (!held_back(job->second, now)) launch(number, job->second);
  }
}

bool Client::held_back(Job& job, double now) {
  const ApiLimit* const limit = job.request.limit;
  if (limit == nullptr || options_.limiter == nullptr) return false;
  // Once one of an API has to wait, the others would be told the same.
  if (std::find(full_.begin(), full_.end(), limit->api) != full_.end()) return true;
  job.permit = options_.limiter->acquire(*limit);
  const Seconds wait = job.permit.wait;
  if (wait <= Seconds(0)) return false;
  full_.push_back(limit->api);
  for (auto& [number, other] : jobs_) {
    if (!other.sent && other.request.limit != nullptr && other.request.limit->api == limit->api)
      other.due = std::max(other.due, now + wait.count());
  }
  tell_wait(job, WaitReason::kLimit, wait, fmt::format("the limit of {}", limit->api));
  return true;
}

Result<void> Client::attach_token(Job& job, Request& request) {
  if (request.scope.empty()) return ok();
  QUARRY_TRY(const Url url, parse_url(request.url));
  if (options_.tokens == nullptr) {
    if (url.is_loopback()) return ok();
    return fail(ErrorCode::kRefused,
                fmt::format("{} wants a token, and there is no credential", url.origin()),
                "--auth none is for services on this machine");
  }
  const std::vector<std::string>& trusted = options_.trusted_origins;
  if (std::find(trusted.begin(), trusted.end(), url.origin()) == trusted.end()) {
    return fail(ErrorCode::kRefused,
                fmt::format("{} is not a configured host: no token is sent there", url.origin()),
                "an answer named this address; check the service's base address");
  }
  if (job.token.empty()) {
    QUARRY_TRY(job.token, options_.tokens->token(request.scope));
  }
  std::string value("Bearer ");
  value += job.token.reveal();
  request.secret_headers.push_back({"Authorization", Secret(std::move(value))});
  request.headers.push_back({"client-request-id", job.id});
  return ok();
}

void Client::launch(std::uint64_t number, Job& job) {
  if (job.attempts > 0 && job.request.before_repeat) job.request.before_repeat(job.request);
  Request request = job.request;
  if (Result<void> attached = attach_token(job, request); !attached) {
    end(number, {fail(attached.error()), job.delivery});
    return;
  }
  job.sent = true;
  ++job.attempts;
  transport_.start(std::move(request),
                   [this, number](Outcome outcome) { on_outcome(number, std::move(outcome)); });
}

void Client::on_outcome(std::uint64_t number, Outcome outcome) {
  Job& job = jobs_.at(number);
  job.sent = false;
  if (job.request.limit != nullptr && options_.limiter != nullptr)
    options_.limiter->settle(*job.request.limit, job.permit);
  if (outcome.result) outcome.result->attempts = job.attempts;
  trace(job, outcome);
  if (outcome.delivery == Delivery::kUnknown) job.delivery = Delivery::kUnknown;
  if (!cancelled()) {
    if (try_again_with_new_token(job, outcome)) return;
    if (try_again_later(job, outcome)) return;
  }
  if (!outcome.result) {
    outcome.delivery = std::max(outcome.delivery, job.delivery);
    const Error& error = outcome.result.error();
    if (error.code() == ErrorCode::kRemote) {
      std::string message = error.message();
      if (job.attempts > 1) message += fmt::format(", after {} attempts", job.attempts);
      if (!job.token.empty()) message += fmt::format(" (request id {})", job.id);
      outcome.result = fail(error.code(), std::move(message), error.hint());
    }
  }
  end(number, std::move(outcome));
}

bool Client::try_again_with_new_token(Job& job, const Outcome& outcome) {
  if (!outcome.result || outcome.result->status != 401 || job.token.empty() || job.renewed)
    return false;
  job.renewed = true;
  Result<Secret> fresh = options_.tokens->renew(job.request.scope, job.token);
  // Without a better token the service's own words say more than ours.
  if (!fresh || fresh->reveal() == job.token.reveal()) return false;
  job.token = *std::move(fresh);
  job.due = clock_.steady();
  return true;
}

bool Client::try_again_later(Job& job, const Outcome& outcome) {
  const bool throttled = is_throttled(outcome);
  ++(throttled ? job.tries.throttled : job.tries.failures);
  const auto wait = wait_before_retry(options_.retry, job.request, outcome, job.tries,
                                      clock_.wall(), options_.random());
  if (!wait) return false;
  if (throttled && job.request.limit != nullptr && options_.limiter != nullptr)
    options_.limiter->block(*job.request.limit, *wait);
  if (throttled && !job.request.wait_when_throttled) return false;
  job.due = clock_.steady() + wait->count();
  job.token = Secret();  // it may be old by then
  tell_wait(job, throttled ? WaitReason::kThrottled : WaitReason::kFailure, *wait,
            outcome.result ? fmt::format("HTTP {}", outcome.result->status)
                           : outcome.result.error().message());
  return true;
}

void Client::end(std::uint64_t number, Outcome outcome) {
  const auto job = jobs_.find(number);
  const Completion done = std::move(job->second.done);
  jobs_.erase(job);
  done(std::move(outcome));
}

void Client::trace(const Job& job, const Outcome& outcome) const {
  if (!options_.trace) return;
  std::string line = line_of(job.request);
  if (!outcome.result) {
    line += fmt::format(" -> no answer: {}", outcome.result.error().message());
  } else {
    const Response& response = *outcome.result;
    line += fmt::format(" -> {}, {}, {:.3f} s", response.status, text::human_bytes(response.size),
                        response.seconds);
    const std::string id = response.request_id();
    if (!id.empty()) line += fmt::format(", request id {}", id);
  }
  if (job.attempts > 1) line += fmt::format(", attempt {}", job.attempts);
  options_.trace(line);
}

void Client::tell_wait(const Job& job, WaitReason reason, Seconds wait, std::string problem) const {
  if (!options_.on_wait || wait < kWorthTelling) return;
  options_.on_wait({reason, wait, fmt::format("{}: {}", line_of(job.request), problem)});
}

}  // namespace quarry::net
