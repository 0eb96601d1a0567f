// quarry_make_events MEGABYTES: so many of the made lines on standard output, for queries over
// whole files.
#include "tests/bench/made_events.h"

#include <cstdio>
#include <cstdlib>
#include <string>

int main(int argc, char** argv) {
  const double megabytes = argc == 2 ? std::atof(argv[1]) : 0;
  if (megabytes <= 0) {
    std::fputs("usage: quarry_make_events MEGABYTES\n", stderr);
    return 2;
  }
  quarry::bench::EventLines lines;
  for (double left = megabytes * 1e6; left > 0;) {
    const std::string line = lines.next();
    left -= static_cast<double>(line.size());
    if (std::fwrite(line.data(), 1, line.size(), stdout) != line.size()) return 1;
  }
  return std::fflush(stdout) == 0 ? 0 : 1;
}
