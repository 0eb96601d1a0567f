#include "tools/etl-report/parameters/parameters.h"

#include "tools/etl-report/parameters/min_duration.h"
#include "tools/etl-report/parameters/powershell_words.h"
#include "tools/etl-report/scans/time_filter.h"
#include "tools/etl-report/views/tables.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

namespace quarry::etl_report {
namespace {

using Words = std::vector<std::string>;

Words plain(const Words& words) { return without_powershell(words); }

TEST_CASE("parameters of the cmdlet become options, in any case and with or without a colon") {
  CHECK(plain({"-TopFiles", "10", "a.etl"}) == Words{"--top-files", "10", "a.etl"});
  CHECK(plain({"-topfiles:10"}) == Words{"--top-files=10"});
  CHECK(plain({"-TOPSCANSPERPROCESSPERFILE:1"}) == Words{"--top-scans-per-process-per-file=1"});
  CHECK(plain({"-TopFiles:", "10"}) == Words{"--top-files", "10"});
  CHECK(plain({"-MinStartTime:2026-05-14T08:00:00Z"}) ==
        Words{"--min-start-time=2026-05-14T08:00:00Z"});
}

TEST_CASE("switches of the cmdlet may be turned off") {
  CHECK(plain({"-Raw", "-Overview"}) == Words{"--raw", "--overview"});
  CHECK(plain({"-Raw:$true", "-overview:$False"}) == Words{"--raw", "--no-overview"});
}

TEST_CASE("-Path names an argument") {
  CHECK(plain({"-Path", "a.etl"}) == Words{"a.etl"});
  CHECK(plain({"-Path:a.etl"}) == Words{"a.etl"});
}

TEST_CASE("other words stay as they are, and so does all behind --") {
  const Words words{"-o", "x", "--top-files", "3", "-vV", "-", "TopFiles", "--", "-TopFiles"};
  CHECK(plain(words) == words);
  CHECK(plain({"-TopFilez", "3"}) == Words{"--TopFilez", "3"});
}

TEST_CASE("every list's parameter has an option of its own, spelled after it") {
  std::set<std::string_view> options;
  for (const ParameterDef& parameter : all_parameters()) {
    CHECK(options.insert(parameter.option).second);
  }
  CHECK(options.contains("top-scans-per-extension-per-process"));
  // 29 lists, six limits, two switches and the path.
  CHECK(options.size() == 38);
}

TEST_CASE("minimal durations are read as the cmdlet reads them") {
  CHECK(parse_min_duration("1sec") == 10'000'000);
  CHECK(parse_min_duration("0.0000001sec") == 1);
  CHECK(parse_min_duration("1.5ms") == 15'000);
  CHECK(parse_min_duration("10.1234ms") == 101'234);
  CHECK(parse_min_duration("500us") == 5'000);
  CHECK(parse_min_duration("0.1us") == 1);
  CHECK(parse_min_duration("0:01:30") == 900'000'000);
  CHECK(parse_min_duration("1.2:03") == 936'000'000'000 + 1'800'000'000);
  CHECK(parse_min_duration("00:00:00.0000005") == 5);
  CHECK(parse_min_duration("2") == 2 * kTicksPerDay);
}

TEST_CASE("minimal durations may be KQL's too") {
  CHECK(parse_min_duration("2m") == 2 * kTicksPerMinute);
  CHECK(parse_min_duration("90s") == 90 * kTicksPerSecond);
  CHECK(parse_min_duration("5millisec") == 5 * kTicksPerMillisecond);
}

TEST_CASE("what is finer than a tick, negative or no duration is refused") {
  for (const std::string_view text :
       {"", "sec", "1.00000001sec", "1.00001ms", "1.01us", "1.ms", ".5ms", "-1ms", "-1", "-0:01",
        "25:00", "1:60", "ten", "99999999999999999999sec"}) {
    CHECK_MESSAGE(!parse_min_duration(text), text);
  }
}

TEST_CASE("times are FILETIME numbers or dates, without a zone in UTC") {
  CHECK(parse_filetime("133600000000000000") == etl::FileTime{133'600'000'000'000'000});
  CHECK(parse_filetime("1601-01-01T00:00:01Z") == etl::FileTime{10'000'000});
  CHECK(parse_filetime("1601-01-01 00:00:01") == etl::FileTime{10'000'000});
  CHECK(parse_filetime("1601-01-01T02:00:00+02:00") == etl::FileTime{0});
  CHECK(!parse_filetime("yesterday"));
  CHECK(!parse_filetime("99999999999999999999"));
}

TEST_CASE("a latest time that is a whole second covers that second") {
  CHECK(cover_second({20'000'000}) == etl::FileTime{29'999'999});
  CHECK(cover_second({20'000'001}) == etl::FileTime{20'000'001});
  CHECK(cover_second({9'223'372'036'850'000'000}) == etl::FileTime{9'223'372'036'850'000'000});
}

TEST_CASE("a filter takes both of its ends in") {
  TimeFilter filter;
  filter.min_start = etl::FileTime{10};
  filter.max_start = etl::FileTime{20};
  filter.min_end = etl::FileTime{15};
  filter.max_end = etl::FileTime{30};
  const auto accepts = [&](std::int64_t start, std::int64_t end) {
    Scan scan;
    scan.start = {start};
    scan.end = {end};
    return filter.accepts(scan);
  };
  CHECK(accepts(10, 15));
  CHECK(accepts(20, 30));
  CHECK(!accepts(9, 15));
  CHECK(!accepts(21, 25));
  CHECK(!accepts(10, 14));
  CHECK(!accepts(20, 31));
}

TEST_CASE("a filter that nothing can pass names both of its values") {
  TimeFilter filter;
  filter.min_end = etl::FileTime{20};
  filter.max_end = etl::FileTime{10};
  const Result<void> checked = filter.check();
  REQUIRE(!checked);
  CHECK(checked.error().message() ==
        "--min-end-time (1601-01-01T00:00:00.0000020Z) is later than --max-end-time "
        "(1601-01-01T00:00:00.0000010Z)");
}

const ListDef& list_below(const ListDef& list, std::string_view parameter) {
  const auto found = std::find_if(list.below.begin(), list.below.end(), [&](const ListDef* below) {
    return below->parameter.pascal() == parameter;
  });
  REQUIRE(found != list.below.end());
  return **found;
}

TEST_CASE("a list below an entry needs the list of that entry") {
  Parameters parameters;
  parameters.set_count(list_below(*kTopFiles.list, "TopScansPerFile"), 3);
  Result<void> checked = parameters.check();
  REQUIRE(!checked);
  CHECK(checked.error().message() == "Parameter 'TopScansPerFile' requires parameter 'TopFiles'");
  parameters.set_count(*kTopFiles.list, 1);
  CHECK(parameters.check());
}

TEST_CASE("something must be asked for, and 0 asks for nothing") {
  Parameters parameters;
  parameters.set_count(*kTopScans.list, 0);
  const Result<void> checked = parameters.check();
  REQUIRE(!checked);
  CHECK(checked.error().message() ==
        "at least one of TopFiles, TopPaths, TopExtensions, TopProcesses, TopScans or Overview "
        "must be present");
  parameters.set_overview(true);
  CHECK(parameters.check());
}

}  // namespace
}  // namespace quarry::etl_report
