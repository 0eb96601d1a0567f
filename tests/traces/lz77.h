// The compression that merging uses (MS-XCA 2.3, plain LZ77), for traces as real ones are.
#pragma once

#include <string>
#include <string_view>

namespace quarry::traces {

/// Greedy; for buffers of some KiB.
std::string lz77_compressed(std::string_view bytes);

}  // namespace quarry::traces
