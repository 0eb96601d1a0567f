// Opens an Input for reading, decompressed, and looks at its first bytes without losing them.
#pragma once

#include "common/base/result.h"
#include "common/io/byte_source.h"
#include "common/io/input_set.h"

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace quarry::io {

inline constexpr std::size_t kPeekSize = std::size_t{64} << 10;

/// The decompressed bytes from the start, byte-order mark included. A kStream can be opened once;
/// it first delivers what was peeked.
Result<std::unique_ptr<ByteSource>> open_input(const Input& input, const Interrupts& interrupts);

/// Up to `limit` decompressed bytes from the start, without the byte-order mark. Shorter only where
/// the input is, where it is damaged further on, or where a live stream has brought a whole line
/// and then nothing for a quarter of a second.
Result<std::string> peek(const Input& input, const Interrupts& interrupts,
                         std::size_t limit = kPeekSize);

/// Stretches of whole lines to infer types from, each of about `bytes_each`: of a kFile from start,
/// middle and end (one stretch when it is small), of anything else the start only, three times as
/// long. An input without newline gives its start.
Result<std::vector<std::string>> sample_lines(const Input& input, const Interrupts& interrupts,
                                              std::size_t bytes_each);

}  // namespace quarry::io
