// A case against crashes: whatever a kill leaves, the same run again makes it whole.
#include "tests/unit/temporary_folder.h"
#include "tools/incident-link/case/case_file.h"
#include "tools/incident-link/case/verify.h"
#include "tools/incident-link/link/add_rows.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace quarry;
using namespace quarry::incident_link;
using quarry::unit::TemporaryFolder;

namespace {

constexpr int kRows = 40;

std::vector<Row> made_rows() {
  std::vector<Row> rows;
  for (int i = 0; i < kRows; ++i)
    rows.push_back(*Row::parse(
        fmt::format(R"({{"Timestamp":"2026-11-20T06:38:{:02}Z","DeviceId":"d{}","ReportId":{}}})",
                    i, i % 3, i),
        "rows"));
  return rows;
}

CaseHead titled(const std::string& title) {
  CaseHead head;
  head.title = title;
  return head;
}

Result<Added> link_all(const std::string& folder, const std::vector<Row>& rows) {
  auto file = CaseFile::open_or_make(folder, titled("T"), {.run = "r", .by = "ann"});
  if (!file) return fail(file.error());
  LinkSettings settings;
  settings.query = "T | take 40";
  return add_rows(*file, *with_entities(rows, settings.choice), settings);
}

std::string content_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("cut off at 200 places, and run again: each row once, and the chain is whole") {
  const TemporaryFolder folder;
  const std::vector<Row> rows = made_rows();
  const std::string whole = folder / "whole";
  REQUIRE(link_all(whole, rows)->rows == kRows);
  const std::string journal = content_of(journal_path(whole));
  std::mt19937 random(7);
  for (int i = 0; i < 200; ++i) {
    const std::string cut = folder / fmt::format("cut{}", i);
    std::filesystem::create_directory(cut);
    std::filesystem::permissions(cut, std::filesystem::perms::owner_all);
    std::ofstream(journal_path(cut), std::ios::binary)
        << journal.substr(0, random() % journal.size());
    const auto added = link_all(cut, rows);
    REQUIRE(added);
    CHECK(added->rows + added->already == kRows);
    REQUIRE(verify_case(cut, ""));
    const auto state = read_case(cut);
    CHECK(state->rows().size() == kRows);
    CHECK(state->queries().size() == 1);
    CHECK(link_all(cut, rows)->rows == 0);
    std::filesystem::remove_all(cut);
  }
}

TEST_CASE("a case is written by one process at a time, and read beside it") {
  const TemporaryFolder folder;
  const std::string path = folder / "case";
  const auto file = CaseFile::open_or_make(path, titled("T"), {.run = "r", .by = "ann"});
  REQUIRE(file);
  CHECK(CaseFile::open(path, {.run = "s", .by = "bob"}).error().code() == ErrorCode::kRefused);
  CHECK(read_case(path)->head().title == "T");
}

TEST_CASE("case.json that a crash left behind is brought up to date, a changed one is left alone") {
  const TemporaryFolder folder;
  const std::string path = folder / "case";
  const auto change_title = [&path](const std::string& title) {
    auto file = CaseFile::open(path, {.run = "r", .by = "ann"});
    CaseHead head = file->state().head();
    head.title = title;
    REQUIRE(file->change_head(head, ""));
  };
  REQUIRE(CaseFile::open_or_make(path, titled("One"), {.run = "r", .by = "ann"}));
  const std::string old = content_of(head_path(path));
  change_title("Two");
  const std::string current = content_of(head_path(path));
  const auto after_opening = [&](const std::string& text) {
    std::ofstream(head_path(path), std::ios::binary) << text;
    REQUIRE(CaseFile::open(path, {.run = "r", .by = "ann"}));
    return content_of(head_path(path));
  };
  CHECK(after_opening(old) == current);
  CHECK(verify_case(path, ""));
  CHECK(after_opening("{}") == "{}");
  CHECK(verify_case(path, "").error().file() == head_path(path));
}
