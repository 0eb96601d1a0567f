// The STIX objects of files: bundles, envelopes, arrays, single objects, NDJSON, compressed or not.
#pragma once

#include "common/base/cancel.h"
#include "common/base/result.h"
#include "common/io/input_set.h"
#include "common/json/element_stream.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

namespace quarry::taxii_pull::stix {

/// An object larger than this is an error.
inline constexpr std::size_t kMaxObject = std::size_t{64} << 20;

/// Called for each object: its text, followed by json::kScanPadding readable bytes, and its place.
using TakeObject = std::function<Result<void>(const json::Element& object)>;
/// Called for each line of NDJSON that is no JSON; what follows is read all the same.
using TakeBadLine = std::function<void(std::uint64_t line, const std::string& problem)>;

/// Reads the input once, in bounded memory. It is NDJSON where its name says so, or where its first
/// line is a whole object and more follows. kData, placed at the line, where it is no JSON; what
/// came before was handed on.
Result<void> for_each_object(const io::Input& input, const CancelToken& cancel,
                             const TakeObject& take, const TakeBadLine& take_bad);

}  // namespace quarry::taxii_pull::stix
