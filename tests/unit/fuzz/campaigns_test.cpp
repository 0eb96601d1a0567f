// A few cases of every campaign, so that none of them rots; the long runs are quarry_fuzz's.
#include "tests/fuzz/campaigns.h"

#include "tests/fuzz/plain_recorder.h"

#include <doctest/doctest.h>

namespace quarry::fuzz {
namespace {

constexpr std::uint64_t kSeed = 20240501;

void check(Campaign& campaign, std::uint64_t cases, PlainRecorder& recorder) {
  campaign.prepare();
  for (std::uint64_t i = 0; i < cases; ++i) {
    Random random(mixed(kSeed, i));
    campaign.run_case(random, recorder);
  }
  for (const std::string& finding : recorder.findings) FAIL_CHECK(finding);
}

TEST_CASE("random queries of the grammar run alike in every shape") {
  PlainRecorder recorder;
  check(kql_campaign(), 60, recorder);
  CHECK(recorder.counts["accepted"] > 40);
  CHECK(recorder.counts["with rows"] > 15);
}

TEST_CASE("needles rule out no row that passes the filter") {
  PlainRecorder recorder;
  check(needle_campaign(), 80, recorder);
  CHECK(recorder.counts["with rows"] > 15);
}

TEST_CASE("readers and parsers bear bytes that nobody chose") {
  for (Campaign* const campaign : all_campaigns()) {
    if (campaign->name() == "kql" || campaign->name() == "needles") continue;
    CAPTURE(campaign->name());
    PlainRecorder recorder;
    check(*campaign, campaign->name() == "values" ? 3000 : 100, recorder);
  }
}

TEST_CASE("a case is the same for the same seed, from bytes as from numbers") {
  PlainRecorder first;
  PlainRecorder second;
  for (PlainRecorder* const recorder : {&first, &second}) {
    const std::vector<std::uint8_t> bytes(200, 0x5b);
    kql_campaign().run_bytes(bytes, *recorder);
  }
  CHECK_FALSE(first.described.empty());
  CHECK(first.described == second.described);
}

}  // namespace
}  // namespace quarry::fuzz
