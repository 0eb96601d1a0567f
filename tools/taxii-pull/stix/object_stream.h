// The STIX objects of files: bundles, envelopes, arrays, single objects, NDJSON, compressed or not.
#pragma once

#include "common/base/cancel.h"
#include "common/base/result.h"
#include "common/io/input_set.h"
#include "common/json/element_stream.h"

#include <cstddef>
#include <functional>

namespace quarry::taxii_pull::stix {

/// An object larger than this is an error.
inline constexpr std::size_t kMaxObject = std::size_t{64} << 20;

/// Called for each object: its text, followed by json::kScanPadding readable bytes, and its place.
using TakeObject = std::function<Result<void>(const json::Element& object)>;

/// Reads the input once, in bounded memory. kData, placed at the file, where it is no JSON; what
/// came before was handed on.
Result<void> for_each_object(const io::Input& input, const CancelToken& cancel,
                             const TakeObject& take);

}  // namespace quarry::taxii_pull::stix
