// Beside a file that has come in part: which content it is a part of, so that another process can
// go on with it. Two lines, the ETag and the size of the whole.
#pragma once

#include "common/base/result.h"

#include <cstdint>
#include <optional>
#include <string>

namespace quarry::net {

struct PartNote {
  std::string etag;  // a strong one: equal bytes
  std::optional<std::uint64_t> total;
};

/// Of the part at `part`; nullopt where there is none, or none that can be read.
std::optional<PartNote> read_part_note(const std::string& part);
Result<void> write_part_note(const std::string& part, const PartNote& note);
void remove_part_note(const std::string& part);

}  // namespace quarry::net
