// What goes wrong on order: the next so many requests that fit are refused, cut off or garbled.
#pragma once

#include "tests/fakes/message.h"

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::fakes {

enum class FaultKind : std::uint8_t {
  kReply,      // this answer instead of the service's, which never hears of the request
  kCutBefore,  // the connection is cut and the service never hears of the request
  kCutAfter,   // the service does its work, then the connection is cut
  kCutBody,    // the answer breaks off after so many bytes
  kDelay,      // the answer comes late, in real time
};

struct Fault {
  std::string method = "*";
  std::string path = "*";  // with * for anything
  int skip = 0;            // so many fitting requests go well before
  int times = 1;
  FaultKind kind = FaultKind::kReply;
  Reply reply = {};
  std::size_t after = 0;  // bytes
  std::chrono::milliseconds delay{0};
};

/// "METHOD PATH WHAT… [times=N] [skip=N]" with WHAT one of
///   status=429 [retry-after=SECONDS] [code=CODE] · aadsts=700016 · html=502 · garbage
///   cut-before · cut-after · cut-body=BYTES · delay=MILLISECONDS
/// Throws std::runtime_error with the reason.
Fault parse_fault(std::string_view text);
/// The answer of the sign-in service with that code.
Reply aadsts_reply(int code, std::string_view text = "something was wrong");

/// Thread-safe.
class Faults {
 public:
  void add(Fault fault);
  void add(std::string_view text) { add(parse_fault(text)); }
  /// The fault that this request meets, once for each time ordered.
  std::optional<Fault> meet(const Request& request);
  /// Those that no request has met yet, in words.
  std::vector<std::string> left() const;

 private:
  mutable std::mutex mutex_;
  std::vector<Fault> faults_;
};

}  // namespace quarry::fakes
