// Random bits from the kernel: identifiers of requests and assertions, jitter.
#pragma once

#include <cstddef>
#include <string>

namespace quarry {

/// `count` bytes that nobody can guess.
std::string random_bytes(std::size_t count);
/// A random (version 4) GUID in lower case with dashes: RFC 9562.
std::string random_guid();
/// Uniform in [0, 1).
double random_fraction();

}  // namespace quarry
