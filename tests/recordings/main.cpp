// quarry_make_recording NAME: writes a sample recording to standard output.
#include "tests/recordings/sample_recordings.h"

#include <cstdio>

int main(int argc, char** argv) {
  const std::string bytes = quarry::test::sample_recording(argc == 2 ? argv[1] : "");
  if (bytes.empty()) {
    std::fputs("usage: quarry_make_recording before|after|empty|cut\n", stderr);
    return 2;
  }
  return std::fwrite(bytes.data(), 1, bytes.size(), stdout) == bytes.size() ? 0 : 3;
}
