#include "tools/taxii-pull/state/row_exit.h"

namespace quarry::taxii_pull {

Result<void> RowExit::take_all_back() {
  const std::lock_guard guard(mutex);
  for (const Before& before : done) QUARRY_CHECK(write_checkpoint(before.path, before.checkpoint));
  done.clear();
  return ok();
}

}  // namespace quarry::taxii_pull
