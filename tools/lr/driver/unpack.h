// Files come from the service gzip-compressed, mostly: taken apart, with the hashes of both forms.
#pragma once

#include "common/base/result.h"
#include "tools/lr/log/result_row.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace quarry::lr {

/// Moves `stored` to `path`, unpacked where it is gzip: whole or not at all, 0600. A file that is
/// itself a .gz on the device (`device_path` says so) loses only the layer that the service put
/// around it. What looks like gzip and is damaged stays as it is. kData where the disk fails or the
/// content is larger than `max_bytes`.
Result<StoredFile> unpack(const std::string& stored, const std::string& stored_sha256,
                          const std::string& path, std::string_view device_path,
                          std::uint64_t max_bytes);

}  // namespace quarry::lr
