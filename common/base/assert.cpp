#include "common/base/assert.h"

#include <cstdio>
#include <cstdlib>

namespace quarry {

void assertion_failed(const char* condition, const char* must_hold, const char* file, int line) {
  // stdio rather than fmt: nothing may allocate or throw here.
  std::fprintf(stderr, "internal error: %s must hold (%s) at %s:%d\n", must_hold, condition, file,
               line);
  std::abort();
}

}  // namespace quarry
