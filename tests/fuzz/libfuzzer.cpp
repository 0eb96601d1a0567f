// One campaign (QUARRY_FUZZ_CAMPAIGN) as a libFuzzer target: bytes that it mutates under the eye of
// coverage. Those of the grammar are choices (Random), so that a mutation changes one choice.
#include "tests/fuzz/campaigns.h"
#include "tests/fuzz/plain_recorder.h"

#include <fmt/format.h>

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace quarry::fuzz;
  static Campaign& campaign = []() -> Campaign& {
    Campaign& found = *find_campaign(QUARRY_FUZZ_CAMPAIGN);
    found.prepare();
    return found;
  }();
  static PlainRecorder recorder;
  campaign.run_bytes({data, size}, recorder);
  if (recorder.findings.empty()) return 0;
  fmt::print(stderr, "FINDING\n{}\n", recorder.findings[0]);
  std::abort();
}
