#include "tools/etl-report/report.h"

#include "tests/unit/tools/etl-report/scan_samples.h"
#include "tools/etl-report/forms/json.h"
#include "tools/etl-report/forms/text.h"
#include "tools/etl-report/parameters/parameters.h"
#include "tools/etl-report/views/path_parts.h"
#include "tools/etl-report/views/tables.h"

#include <doctest/doctest.h>

#include <limits>

namespace quarry::etl_report {
namespace {

TEST_CASE("statistics round down and take the middle of an even count") {
  const std::vector<Scan> scans{made_scan("a", 0, 1), made_scan("a", 0, 2), made_scan("a", 0, 5),
                                made_scan("a", 0, 10)};
  const std::vector<const Scan*> all = pointers(scans);
  CHECK(statistics_of(all) == Statistics{4, 18, 1, 4, 10, 3});
  CHECK(statistics_of(std::span(all).first(3)) == Statistics{3, 8, 1, 2, 5, 2});
  CHECK(statistics_of({}) == Statistics{});
}

TEST_CASE("a total that does not fit is the largest number") {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  const std::vector<Scan> scans{made_scan("a", 0, kMost), made_scan("a", 0, kMost)};
  const Statistics statistics = statistics_of(pointers(scans));
  CHECK(statistics.total == kMost);
  CHECK(statistics.median == kMost);
}

TEST_CASE("extensions are from the last dot of the last part, in lower case") {
  CHECK(extension_of("C:\\a.b\\c.DLL") == ".dll");
  CHECK(extension_of("C:\\a.b\\c") == "");
  CHECK(extension_of("C:\\lib.so.1") == ".1");
  CHECK(extension_of("C:\\.gitignore") == ".gitignore");
  CHECK(extension_of("C:\\a.") == "");
  CHECK(extension_of("C:\\a.zip->b/c.JS") == ".js");
  CHECK(extension_of("C:\\a.zip->readme") == "");
  CHECK(extension_of("C:\\x.ÄÖ") == ".äö");
}

TEST_CASE("directories count from the root of a drive or a share") {
  CHECK(folder_of("C:\\Users\\Foo\\a.txt", 1) == "C:\\");
  CHECK(folder_of("C:\\Users\\Foo\\a.txt", 2) == "C:\\Users");
  CHECK(folder_of("C:\\Users\\Foo\\a.txt", 3) == "C:\\Users\\Foo");
  CHECK(!folder_of("C:\\Users\\Foo\\a.txt", 4));
  CHECK(folder_of("C:\\a\\\\b\\c", 3) == "C:\\a\\b");
  CHECK(folder_of("\\\\server\\share\\dir\\a", 1) == "\\\\server\\share");
  CHECK(folder_of("\\\\server\\share\\dir\\a", 2) == "\\\\server\\share\\dir");
  CHECK(!folder_of("\\\\server\\share\\dir\\a", 3));
  CHECK(!folder_of("\\\\.\\proc\\1", 1));
  CHECK(!folder_of("pid:12", 1));
  CHECK(!folder_of("\\Device\\HarddiskVolume3\\a", 1));
  CHECK(!folder_of("", 1));
}

/// The JSON of a report over scans of one recording.
std::string json_of(const std::vector<Scan>& scans, const Parameters& parameters) {
  Recordings recordings;
  recordings.facts.resize(1);
  return to_json(make_report(pointers(scans), parameters), recordings, TimeForm::kFileTime);
}

std::string text_of(const std::vector<Scan>& scans, const Parameters& parameters) {
  Recordings recordings;
  recordings.facts.resize(1);
  return to_text(make_report(pointers(scans), parameters), recordings, {});
}

TEST_CASE("groups compare without case and are called as their first scan spells them") {
  const std::vector<Scan> scans{made_scan("C:\\Ünder.txt", 1, 3), made_scan("c:\\ÜNDER.TXT", 2, 4),
                                made_scan("", 3, 99)};
  Parameters parameters;
  parameters.set_count(*kTopFiles.list, 5);
  CHECK(json_of(scans, parameters) ==
        R"({"TopFiles":[{"Count":2,"TotalDuration":7,"MinDuration":3,"AverageDuration":3,)"
        R"("MaxDuration":4,"MedianDuration":3,"Path":"C:\\Ünder.txt"}]})"
        "\n");
}

TEST_CASE("groups with equal totals go by count, then by name; the first N stay") {
  const std::vector<Scan> scans{made_scan("C:\\b", 1, 4), made_scan("C:\\a", 2, 4),
                                made_scan("C:\\z", 3, 2), made_scan("C:\\z", 4, 2)};
  Parameters parameters;
  parameters.set_count(*kTopFiles.list, 2);
  const std::string json = json_of(scans, parameters);
  CHECK(json.find("C:\\\\z") < json.find("C:\\\\a"));
  CHECK(json.find("C:\\\\b") == std::string::npos);
}

TEST_CASE("a minimal duration drops scans and groups, not what counts in a group") {
  const std::vector<Scan> scans{made_scan("C:\\a", 1, 6), made_scan("C:\\a", 2, 4),
                                made_scan("C:\\b", 3, 4)};
  Parameters parameters;
  parameters.set_min_duration(5);
  parameters.set_count(*kTopFiles.list, 9);
  parameters.set_count(*kTopScans.list, 9);
  const std::string json = json_of(scans, parameters);
  CHECK(json.find(R"("Count":2,"TotalDuration":10)") != std::string::npos);
  CHECK(json.find("C:\\\\b") == std::string::npos);
  CHECK(json.find(R"("TopScans":[{"ScanType":"RealTimeScan","StartTime":1,"EndTime":7,)"
                  R"("Duration":6,"Reason":"OnOpen","SkipReason":"Not skipped",)"
                  R"("Path":"C:\\a"}]})") != std::string::npos);
}

TEST_CASE("directories nest down to the depth, and end in an empty Folder where there is none") {
  const std::vector<Scan> scans{made_scan("C:\\a\\x", 1, 6), made_scan("C:\\y", 2, 4),
                                made_scan("pid:3", 3, 90)};
  Parameters parameters;
  parameters.set_count(*kTopPaths.list, 9);
  const std::string json = json_of(scans, parameters);
  CHECK(json == R"({"TopPaths":[{"Count":2,"TotalDuration":10,"MinDuration":4,"AverageDuration":5,)"
                R"("MaxDuration":6,"MedianDuration":5,"Path":"C:\\","Folder":[{"Count":1,)"
                R"("TotalDuration":6,"MinDuration":6,"AverageDuration":6,"MaxDuration":6,)"
                R"("MedianDuration":6,"Path":"C:\\a","Folder":[]}]}]})"
                "\n");
  parameters.set_depth(1);
  CHECK(json_of(scans, parameters).find("Folder") == std::string::npos);
}

TEST_CASE("an overview leaves out what is 0, and is empty without scans") {
  Parameters parameters;
  parameters.set_overview(true);
  CHECK(json_of({}, parameters) == "{\"Overview\":{}}\n");
  std::vector<Scan> scans{made_scan("a", 10, 6), made_scan("b", 11, 2)};
  scans[1].type = ScanType::kFile;
  scans[1].skip_reason = SkipReason::kOptimization;
  CHECK(json_of(scans, parameters) ==
        R"({"Overview":{"StartTime":10,"EndTime":16,"FileScans":2,"FileScansDuration":8,)"
        R"("MaxScanDuration":6,"MedianScanDuration":4,"SkipScanCount":1}})"
        "\n");
}

TEST_CASE("text is laid out as PowerShell does it") {
  const std::vector<Scan> scans{made_scan("C:\\a", 1, 18'225'269), made_scan("C:\\bb", 2, 703)};
  Parameters parameters;
  parameters.set_count(*kTopFiles.list, 9);
  CHECK(text_of(scans, parameters) == R"(
TopFiles
========

Count TotalDuration MinDuration AverageDuration MaxDuration MedianDuration Path
----- ------------- ----------- --------------- ----------- -------------- ----
    1   1822.5269ms 1822.5269ms     1822.5269ms 1822.5269ms    1822.5269ms C:\a
    1      0.0703ms    0.0703ms        0.0703ms    0.0703ms       0.0703ms C:\bb
)");
}

TEST_CASE("lists below an entry are indented, and controls in names do no harm") {
  const std::vector<Scan> scans{made_scan("C:\\a\x1b[31m", 1, 10'000, "C:\\p.exe", 7)};
  Parameters parameters;
  parameters.set_count(*kTopProcesses.list, 1);
  parameters.set_count(*kTopProcesses.list->below[0], 1);
  CHECK(text_of(scans, parameters) == R"(
TopProcesses
============

Count TotalDuration MinDuration AverageDuration MaxDuration MedianDuration ProcessPath
----- ------------- ----------- --------------- ----------- -------------- -----------
    1      1.0000ms    1.0000ms        1.0000ms    1.0000ms       1.0000ms C:\p.exe

    Scans:

    ScanType     Duration Reason Process      Path
    --------     -------- ------ -------      ----
    RealTimeScan 1.0000ms OnOpen C:\p.exe (7) C:\a\x1b[31m
)");
}

TEST_CASE("a list that was asked for and is empty says so") {
  Parameters parameters;
  parameters.set_count(*kTopScans.list, 1);
  CHECK(json_of({}, parameters) == "{\"TopScans\":[]}\n");
  CHECK(text_of({}, parameters) == "\nTopScans\n========\n\nnone\n");
}

}  // namespace
}  // namespace quarry::etl_report
