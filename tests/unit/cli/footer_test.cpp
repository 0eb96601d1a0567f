#include "common/cli/footer.h"

#include <doctest/doctest.h>

namespace quarry::cli {

TEST_CASE("the footer counts what there is and leaves out what there is not") {
  CHECK(footer_text({.rows = 1204,
                     .files = 3,
                     .bytes_read = 1'200'000'000,
                     .seconds = 0.91,
                     .lines_skipped = 2}) ==
        "1,204 rows · 3 files · 1.2 GB read · 0.9 s · 2 lines skipped");
  CHECK(footer_text({.rows = 1, .files = 1, .seconds = 12}) == "1 row · 1 file · 12.0 s");
  CHECK(footer_text({}) == "0 rows · 0.0 s");
}

}  // namespace quarry::cli
