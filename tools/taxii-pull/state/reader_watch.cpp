#include "tools/taxii-pull/state/reader_watch.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>

#include <algorithm>

namespace quarry::taxii_pull {

Result<void> wait_until_read(int descriptor, const CancelToken& cancel) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0 || !S_ISFIFO(status.st_mode)) return ok();
  constexpr int kLongest = 20;  // milliseconds between two looks
  for (int wait = 0;; wait = std::min(kLongest, wait + 1)) {
    pollfd watched[]{{descriptor, 0, 0}, {cancel.descriptor(), POLLIN, 0}};
    static_cast<void>(::poll(watched, 2, wait));
    if (const auto stopped = cancel.error()) return fail(*stopped);
    if ((watched[0].revents & POLLERR) != 0)
      return fail(ErrorCode::kReaderGone, "the reader of stdout went away");
    int left = 0;
    if (::ioctl(descriptor, FIONREAD, &left) != 0 || left == 0) return ok();
  }
}

}  // namespace quarry::taxii_pull
