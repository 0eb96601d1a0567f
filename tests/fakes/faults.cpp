#include "tests/fakes/faults.h"

#include "common/base/random.h"
#include "common/base/text.h"
#include "common/base/wildcard.h"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

namespace quarry::fakes {
namespace {

std::int64_t number(std::string_view word, std::string_view value) {
  const auto result = text::parse_int64(value);
  if (!result) throw std::runtime_error(fmt::format("no number in a fault: {}", word));
  return *result;
}

bool read_wire_word(std::string_view key, std::string_view word, std::string_view value,
                    Fault& fault) {
  if (key == "cut-before") {
    fault.kind = FaultKind::kCutBefore;
  } else if (key == "cut-after") {
    fault.kind = FaultKind::kCutAfter;
  } else if (key == "cut-body") {
    fault.kind = FaultKind::kCutBody;
    fault.after = static_cast<std::size_t>(number(word, value));
  } else if (key == "delay") {
    fault.kind = FaultKind::kDelay;
    fault.delay = std::chrono::milliseconds(number(word, value));
  } else if (key == "garbage") {
    fault.reply.raw = "\x01\x02 this is not HTTP\r\n\r\n";
  } else {
    return false;
  }
  return true;
}

bool read_reply_word(std::string_view key, std::string_view word, std::string_view value,
                     Fault& fault) {
  if (key == "status") {
    fault.reply.status = static_cast<int>(number(word, value));
    if (fault.reply.body.empty())
      fault.reply.body = error_reply(fault.reply.status, "Ordered", "a fault on order").body;
  } else if (key == "code") {
    fault.reply.body = error_reply(fault.reply.status, value, "a fault on order").body;
  } else if (key == "retry-after") {
    fault.reply.headers.emplace_back("Retry-After", std::string(value));
  } else if (key == "html") {
    fault.reply.status = static_cast<int>(number(word, value));
    fault.reply.content_type = "text/html";
    fault.reply.body = "<html><head><title>Bad gateway</title></head></html>";
  } else if (key == "aadsts") {
    fault.reply = aadsts_reply(static_cast<int>(number(word, value)));
  } else {
    return false;
  }
  return true;
}

}  // namespace

Reply aadsts_reply(int code, std::string_view text) {
  const bool client = code == 7000215 || code == 7000222 || code == 700027;
  const std::string id = random_guid();
  return json_reply(
      fmt::format(
          R"({{"error":"{}","error_description":"AADSTS{}: {}. Trace ID: {} Correlation ID: {}",)"
          R"("error_codes":[{}],"timestamp":"2026-11-30 00:00:00Z","trace_id":"{}","correlation_id":"{}"}})",
          client ? "invalid_client" : "invalid_request", code, text, id, id, code, id, id),
      client ? 401 : 400);
}

Fault parse_fault(std::string_view line) {
  std::vector<std::string_view> words;
  for (const std::string_view word : text::split(line, ' ')) {
    if (!word.empty()) words.push_back(word);
  }
  if (words.size() < 3)
    throw std::runtime_error(fmt::format("a fault is METHOD PATH WHAT…: {}", line));
  Fault fault;
  fault.method = words[0];
  fault.path = words[1];
  for (std::size_t i = 2; i < words.size(); ++i) {
    const std::size_t equals = words[i].find('=');
    const std::string_view key = words[i].substr(0, equals);
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view{} : words[i].substr(equals + 1);
    if (key == "times") {
      fault.times = static_cast<int>(number(words[i], value));
    } else if (key == "skip") {
      fault.skip = static_cast<int>(number(words[i], value));
    } else if (!read_wire_word(key, words[i], value, fault) &&
               !read_reply_word(key, words[i], value, fault)) {
      throw std::runtime_error(fmt::format("unknown word in a fault: {}", words[i]));
    }
  }
  return fault;
}

void Faults::add(Fault fault) {
  const std::lock_guard lock(mutex_);
  faults_.push_back(std::move(fault));
}

std::optional<Fault> Faults::meet(const Request& request) {
  const std::lock_guard lock(mutex_);
  for (Fault& fault : faults_) {
    if (fault.times <= 0) continue;
    if (fault.method != "*" && fault.method != request.method) continue;
    if (!fits_wildcard(fault.path, request.path)) continue;
    if (fault.skip > 0) {
      --fault.skip;
      continue;
    }
    --fault.times;
    return fault;
  }
  return std::nullopt;
}

std::vector<std::string> Faults::left() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> all;
  for (const Fault& fault : faults_) {
    if (fault.times > 0)
      all.push_back(fmt::format("{} {} ({} times)", fault.method, fault.path, fault.times));
  }
  return all;
}

}  // namespace quarry::fakes
