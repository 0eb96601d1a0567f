// Whether the reader of a pipe has read what was written to it.
#pragma once

#include "common/base/cancel.h"
#include "common/base/result.h"

namespace quarry::taxii_pull {

/// Returns once the pipe is empty: what was written has arrived. kReaderGone where the reader has
/// closed its end before; the reason's error where the run is cancelled meanwhile. Of anything that
/// is no pipe nothing is known, and it returns at once.
Result<void> wait_until_read(int descriptor, const CancelToken& cancel);

}  // namespace quarry::taxii_pull
