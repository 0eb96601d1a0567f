// Where the rows of a run go: the file of --append, or standard output. Every collection of the run
// shares it; one at a time writes.
#pragma once

#include "common/base/private_file.h"
#include "common/base/result.h"
#include "tools/taxii-pull/state/append_file.h"
#include "tools/taxii-pull/state/checkpoint.h"

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::taxii_pull {

struct RowExit {
  std::mutex mutex;
  AppendFile* file = nullptr;  // --append; else write and flush
  /// Nobody else writes during the run: rows need not wait for their checkpoint.
  bool exclusive = false;
  std::function<Result<void>(std::string_view bytes)> write;
  /// What was written has been read, as far as that can be known. kReaderGone where it will not be.
  std::function<Result<void>()> flush;

  /// A checkpoint as it was before the run, under the lock of its state.
  struct Before {
    LockedFile lock;
    std::string path;
    Checkpoint checkpoint;
  };
  /// Of the collections that are done: a reader that goes away early may not have seen their rows
  /// either.
  std::vector<Before> done;

  /// Puts those checkpoints back: the next pull gives everything again.
  Result<void> take_all_back();
};

}  // namespace quarry::taxii_pull
