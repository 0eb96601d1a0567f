#include "common/etl/filetime.h"

#include "common/base/text.h"
#include "common/time/format.h"

namespace quarry::etl {

std::optional<Datetime> to_datetime(FileTime time) {
  if (time.ticks < -kFileTimeEpochTicks || time.ticks > Datetime::kMaxTicks - kFileTimeEpochTicks)
    return std::nullopt;
  return Datetime{time.ticks + kFileTimeEpochTicks};
}

FileTime from_datetime(Datetime time) { return {time.ticks - kFileTimeEpochTicks}; }

void append_filetime(std::string& out, FileTime time) {
  if (const auto datetime = to_datetime(time)) {
    append_datetime(out, *datetime);
  } else {
    text::append_int(out, time.ticks);
  }
}

}  // namespace quarry::etl
