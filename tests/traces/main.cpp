// quarry_make_trace NAME FILE: writes one of the made traces, for tests of the command line.
#include "tests/traces/trace_bytes.h"

#include <cstdio>
#include <fstream>

int main(int argc, char** argv) {
  const std::string bytes = argc == 3 ? quarry::traces::sample_trace(argv[1]) : std::string();
  if (bytes.empty()) {
    std::fputs("usage: quarry_make_trace NAME FILE; names:", stderr);
    for (const std::string_view name : quarry::traces::sample_names())
      std::fprintf(stderr, " %.*s", static_cast<int>(name.size()), name.data());
    std::fputs("\n", stderr);
    return 2;
  }
  std::ofstream file(argv[2], std::ios::binary);
  file << bytes;
  return file.flush() ? 0 : 1;
}
