// Cautions, the load over time, differences between recordings.
#include "tests/unit/tools/etl-report/scan_samples.h"
#include "tools/etl-report/diff/diff.h"
#include "tools/etl-report/forms/cautions.h"
#include "tools/etl-report/forms/scan_load.h"
#include "tools/etl-report/forms/tables.h"

#include <doctest/doctest.h>

#include <numeric>

namespace quarry::etl_report {
namespace {

std::vector<std::string> cautions(Subject subject, const std::vector<std::string>& keys) {
  List list{.member = "TopFiles", .subject = subject, .entries = {}, .scans = {}};
  for (const std::string& key : keys) list.entries.push_back({key, {}, {}});
  Report report;
  report.sections.push_back({"TopFiles", list});
  return cautions_of(report);
}

TEST_CASE("what users can write to is not to be excluded") {
  CHECK(cautions(Subject::kFiles,
                 {"C:\\Users\\anna\\x.exe", "D:\\data\\a.mdb", "c:\\programdata\\y"}) ==
        std::vector<std::string>{"do not exclude places that users and malware can write to: "
                                 "C:\\Users\\anna\\x.exe, c:\\programdata\\y: an exclusion would "
                                 "shelter whatever is dropped there"});
  CHECK(cautions(Subject::kFolders, {"C:\\Users"}).size() == 1);
  CHECK(cautions(Subject::kFolders, {"C:\\UsersFiles", "D:\\data"}).empty());
}

TEST_CASE("drives, parts of Windows, interpreters and extensions of code have their own caution") {
  CHECK(cautions(Subject::kFolders, {"C:\\"}).size() == 1);
  CHECK(cautions(Subject::kFiles, {"C:\\Windows\\System32\\a.dll"}).size() == 1);
  CHECK(cautions(Subject::kFiles, {"C:\\Windows\\Temp\\a.dll"}).size() == 1);
  CHECK(cautions(Subject::kProcesses, {"C:\\Program Files\\PowerShell\\7\\pwsh.exe"}).size() == 1);
  CHECK(cautions(Subject::kProcesses, {"C:\\Program Files\\Backup\\agent.exe"}).empty());
  CHECK(cautions(Subject::kProcesses, {"C:\\Users\\a\\b.exe"}).size() == 1);
  CHECK(cautions(Subject::kExtensions, {".dll", ".mdb", ""}).size() == 1);
  CHECK(cautions(Subject::kExtensions, {".mdb"}).empty());
}

TEST_CASE("a place has its caution however it is spelled") {
  for (const std::string path :
       {"\\Device\\HarddiskVolume3\\Users\\a\\x.exe", "\\\\?\\C:\\Users\\a\\x.exe",
        "\\??\\C:\\Users\\a\\x.exe", "\\\\pc\\C$\\Users\\a\\x.exe",
        "\\\\?\\UNC\\pc\\c$\\Users\\a\\x.exe", "\\\\pc\\ADMIN$\\System32\\x.dll"}) {
    CAPTURE(path);
    CHECK(cautions(Subject::kFiles, {path}).size() == 1);
  }
  CHECK(cautions(Subject::kFolders, {"\\Device\\HarddiskVolume3\\"}).size() == 1);
  CHECK(cautions(Subject::kFiles, {"\\\\server\\share\\x.dat"}) ==
        std::vector<std::string>{"do not exclude what lies on network shares: "
                                 "\\\\server\\share\\x.dat: whoever can write to the share decides "
                                 "what goes unscanned"});
  CHECK(cautions(Subject::kFiles, {"\\Device\\HarddiskVolume3\\data\\x.mdb"}).empty());
}

TEST_CASE("a caution names three examples and counts the others") {
  const auto all = cautions(Subject::kExtensions, {".exe", ".dll", ".js", ".ps1", ".zip"});
  REQUIRE(all.size() == 1);
  CHECK(all[0].find(": .exe, .dll, .js and 2 more: ") != std::string::npos);
}

TEST_CASE("the load over time holds all of the scans' time") {
  constexpr std::int64_t kBase = 133'600'000'000'000'000;
  const std::vector<Scan> scans{made_scan("a", kBase, 1000), made_scan("b", kBase + 300, 500),
                                made_scan("c", kBase + 999, 1)};
  const output::Timeline load = scan_load(pointers(scans), 10);
  REQUIRE(load.values.size() == 10);
  const double sum = std::accumulate(load.values.begin(), load.values.end(), 0.0);
  CHECK(sum * static_cast<double>(load.step.ticks) == doctest::Approx(1501));
  CHECK(load.values[0] == doctest::Approx(1));
  CHECK(load.values[4] == doctest::Approx(2));
  CHECK(scan_load({}, 10).values.empty());
}

TEST_CASE("a scan of no length is no load, and times that are no dates have none") {
  CHECK(scan_load(pointers({made_scan("a", 133'600'000'000'000'000, 0)}), 4).values ==
        std::vector<double>{0, 0, 0, 0});
  CHECK(scan_load(pointers({made_scan("a", -9'000'000'000'000'000'000, 5)}), 4).values.empty());
}

TEST_CASE("changes are the largest first, whichever way they go, and named as before") {
  std::vector<Scan> scans{made_scan("C:\\A", 50, 10, "p"), made_scan("C:\\b", 60, 5, "p"),
                          made_scan("c:\\a", 1, 2, "p"), made_scan("C:\\new", 2, 40, "q"),
                          made_scan("C:\\b", 3, 5, "p")};
  for (std::size_t i = 2; i < scans.size(); ++i) scans[i].trace = 1;
  const std::vector<Changes> changes = compare(pointers(scans), 0);
  REQUIRE(changes.size() == 3);
  const std::vector<Change>& files = changes[0].all;
  REQUIRE(files.size() == 2);  // C:\b did not change
  CHECK(files[0].key == "C:\\new");
  CHECK(files[0].ticks() == 40);
  CHECK(files[1].key == "C:\\A");
  CHECK(files[1].ticks() == -8);
  CHECK(compare(pointers(scans), 1)[0].all.size() == 1);
  CHECK(change_table(changes[0]).rows[1].cells ==
        std::vector<std::string>{"-0.0008ms", "0.0010ms", "0.0002ms", "1", "1", "C:\\A"});
}

TEST_CASE("durations for people have one digit and a unit that fits") {
  CHECK(short_duration_text(703) == "0.1 ms");
  CHECK(short_duration_text(18'225'269) == "1.8 s");
  CHECK(short_duration_text(1'500'000'000) == "2.5 min");
  CHECK(short_duration_text(90'000'000'000) == "2.5 h");
}

}  // namespace
}  // namespace quarry::etl_report
