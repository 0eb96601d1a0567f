// What a service allows: so many requests in any stretch of so many seconds.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace quarry::net {

struct Window {
  std::uint32_t requests = 0;
  double seconds = 0;
};

/// The limits of one API of one service, declared as a constant beside its requests.
struct ApiLimit {
  std::string_view api;             // "mde.submit": the name of its bucket
  std::span<const Window> windows;  // all of them hold
};

}  // namespace quarry::net
