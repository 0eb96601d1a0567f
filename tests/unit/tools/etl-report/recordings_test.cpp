// Whole recordings: made files -> scans.
#include "tools/etl-report/scans/recordings.h"

#include "common/etl/source.h"
#include "tests/traces/recording_builder.h"
#include "tests/traces/sample_recordings.h"
#include "tools/etl-report/defender_events.h"
#include "tools/etl-report/forms/json.h"

#include <doctest/doctest.h>

#include <map>

namespace quarry::etl_report {
namespace {

constexpr std::int64_t kStart = 133'600'000'000'000'000;

Result<etl::Trace> open(const std::string& bytes, const std::string& name) {
  const auto* const data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  QUARRY_TRY(etl::Trace trace,
             etl::Trace::open(etl::make_memory_source({data, bytes.size()}, name), {}));
  add_defender_layouts(trace.schemas());
  return trace;
}

std::vector<std::string> lines(const std::string& bytes, Nested nested = Nested::kComments) {
  Recordings recordings;
  Result<etl::Trace> trace = open(bytes, "a/b.etl");
  REQUIRE(trace);
  REQUIRE(add_recording(*trace, {.nested = nested}, recordings));
  complete(recordings);
  std::vector<std::string> all;
  for (const Scan& scan : recordings.scans) {
    append_scan(all.emplace_back(), scan, TimeForm::kFileTime, recordings.facts[scan.trace].label);
  }
  return all;
}

TEST_CASE("a recording gives its scans with paths, reasons and comments") {
  traces::RecordingBuilder builder(kStart);
  builder.request(1, 10, 90, "C:\\Windows\\x", 26);
  builder.file(1, 20, 30, "C:\\Windows\\x\\y.dll");
  builder.message(1, 40, "hello");
  builder.stream({2, 15, 25, "pipe", "System", 4, 77});
  const std::vector<std::string> all = lines(builder.bytes());
  REQUIRE(all.size() == 2);
  CHECK(all[0] ==
        R"({"ScanType":"OnDemandScan","StartTime":133600000000000100,)"
        R"("EndTime":133600000000000900,"Duration":800,"Reason":"EDRSensor",)"
        R"("SkipReason":"Not skipped","Path":"C:\\Windows\\x",)"
        R"("Comments":["FileScan C:\\Windows\\x\\y.dll lasted 100","hello"],"trace":"b.etl"})");
  CHECK(all[1] ==
        R"({"ScanType":"RealTimeScan","StartTime":133600000000000150,)"
        R"("EndTime":133600000000000250,"Duration":100,"Reason":"77",)"
        R"("SkipReason":"Not skipped","Path":"pipe","ProcessPath":"System","Image":"System",)"
        R"x("ProcessId":4,"ProcessName":"System (4)","trace":"b.etl"})x");
  CHECK(lines(builder.bytes(), Nested::kSeparate).size() == 3);
}

TEST_CASE("recordings of one name are told apart by their paths") {
  Recordings recordings;
  const std::string bytes = traces::scans_none();
  for (const char* const name : {"a/x.etl", "b/x.etl", "y.etl"}) {
    Result<etl::Trace> trace = open(bytes, name);
    REQUIRE(trace);
    REQUIRE(add_recording(*trace, {}, recordings));
  }
  complete(recordings);
  CHECK(recordings.facts[0].label == "a/x.etl");
  CHECK(recordings.facts[1].label == "b/x.etl");
  CHECK(recordings.facts[2].label == "y.etl");
}

TEST_CASE("a recording without its end still gives what is there") {
  const std::size_t whole = lines(traces::scans_before()).size();
  const std::size_t cut = lines(traces::scans_cut()).size();
  CHECK(whole == 35);
  CHECK(cut > 0);
  CHECK(cut < whole);
}

TEST_CASE("layouts that changed within a version differ in what they hold") {
  std::map<std::pair<int, int>, std::vector<std::size_t>> fields;
  for (const etl::EventLayout& layout : defender_layouts()) {
    CHECK(layout.provider == kAntimalwareEngine);
    CHECK(!layout.fields.empty());
    fields[{layout.id, layout.version}].push_back(layout.fields.size());
  }
  CHECK(fields[{5, 0}] == std::vector<std::size_t>{4, 5});
  CHECK(fields[{2, 3}] == std::vector<std::size_t>{10});
}

}  // namespace
}  // namespace quarry::etl_report
