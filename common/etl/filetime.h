// FILETIME, the time of Windows: 100 ns ticks since 1601-01-01T00:00:00Z.
#pragma once

#include "common/time/ticks.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

namespace quarry::etl {

/// 0001-01-01 to 1601-01-01.
inline constexpr std::int64_t kFileTimeEpochTicks = 504'911'232'000'000'000;

/// Damaged files hold any number here, negative ones too; 0 is "never".
struct FileTime {
  std::int64_t ticks = 0;
  friend auto operator<=>(const FileTime&, const FileTime&) = default;
};

/// nullopt outside 0001 … 9999.
std::optional<Datetime> to_datetime(FileTime time);
FileTime from_datetime(Datetime time);
/// "2024-05-01T12:34:56.1234567Z"; the bare number where that is no date. Appends.
void append_filetime(std::string& out, FileTime time);

}  // namespace quarry::etl
