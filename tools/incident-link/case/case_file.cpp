#include "tools/incident-link/case/case_file.h"

#include "common/base/clock.h"
#include "common/base/digest.h"
#include "common/base/file.h"
#include "common/base/private_file.h"
#include "common/base/random.h"
#include "common/base/text.h"
#include "common/journal/chain.h"
#include "common/json/object_writer.h"
#include "common/time/format.h"
#include "tools/incident-link/rows/row.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <utility>

namespace quarry::incident_link {
namespace {

using journal::Op;
using journal::Record;

Failure no_case(const std::string& folder) { return fail(no_case_in(folder)); }

/// case.json comes behind the first record: alone, it is what somebody left of a case.
bool lost_its_records(const std::string& folder) {
  std::error_code none;
  return std::filesystem::exists(head_path(folder), none);
}

Result<journal::Journal> open_journal(const std::string& folder, CaseWriter writer) {
  return journal::Journal::open({.path = journal_path(folder),
                                 .tool = "incident-link",
                                 .run = std::move(writer.run),
                                 .by = std::move(writer.by),
                                 .now = std::move(writer.now)});
}

}  // namespace

std::string journal_path(const std::string& folder) { return folder + "/links.ndjson"; }
std::string head_path(const std::string& folder) { return folder + "/case.json"; }
/// Killed before its first record was whole, it holds nothing yet.
bool is_case(const std::string& folder) {
  std::ifstream file(journal_path(folder), std::ios::binary);
  std::string line;
  return std::getline(file, line) && !file.eof();
}

bool is_file_of_case(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code problem;
  const fs::path real = fs::weakly_canonical(path, problem);
  if (problem) return false;
  const std::string folder = real.parent_path().string();
  const std::string name = real.filename().string();
  if (name != "case.json" && !name.starts_with("links.ndjson")) return false;
  return is_case(folder) || lost_its_records(folder);
}

Error no_case_in(const std::string& folder) {
  if (!lost_its_records(folder))
    return Error(ErrorCode::kData, "holds no case",
                 "incident-link list shows cases; --new --title TEXT makes one")
        .at(folder);
  std::error_code none;
  const bool is_there = std::filesystem::exists(journal_path(folder), none);
  return Error(
             ErrorCode::kData,
             is_there ? "holds no whole record: all records of the case were taken away"
                      : "is missing: all records of the case were taken away",
             "case.json tells that there were some; fetch links.ndjson from a copy, and keep this "
             "folder as it is")
      .at(journal_path(folder));
}

CaseFile::CaseFile(std::string folder, journal::Journal journal)
    : folder_(std::move(folder)), journal_(std::move(journal)) {
  for (const journal::Entry& entry : journal_.earlier()) state_.apply(entry);
  head_ = state_.head();
}

Result<CaseFile> CaseFile::open(const std::string& folder, CaseWriter writer) {
  if (!is_case(folder)) return no_case(folder);
  QUARRY_TRY(journal::Journal journal, open_journal(folder, std::move(writer)));
  CaseFile file(folder, std::move(journal));
  if (file.state_.is_empty()) return no_case(folder);
  QUARRY_CHECK(file.refresh_head());
  return file;
}

Result<CaseFile> CaseFile::open_or_make(const std::string& folder, CaseHead head,
                                        CaseWriter writer) {
  // On top of what is left of another case nothing is begun.
  if (!is_case(folder) && lost_its_records(folder)) return no_case(folder);
  QUARRY_TRY(journal::Journal journal, open_journal(folder, std::move(writer)));
  CaseFile file(folder, std::move(journal));
  if (!file.state_.is_empty()) {
    QUARRY_CHECK(file.refresh_head());
    if (file.state_.head().status == "closed")
      return fail(Error(ErrorCode::kRefused, "the case with this title here is closed",
                        "give --case another folder, or reopen it: status active")
                      .at(folder));
    if (file.state_.head().title == head.title) return file;
    return fail(Error(ErrorCode::kRefused,
                      fmt::format("there is a case here already: '{}'", file.state_.head().title),
                      "leave --new out to add to it, or give --case another folder")
                    .at(folder));
  }
  if (head.id.empty()) head.id = random_guid();
  QUARRY_CHECK(file.change_head(std::move(head), ""));
  file.state_ = CaseState();
  QUARRY_TRY(file.state_, read_case(folder));
  return file;
}

Result<void> CaseFile::append(std::span<const Record> records) {
  if (records.empty()) return ok();
  // Whole rows reach the disk whatever happens: a group of them at a time.
  constexpr std::size_t kTogether = 512;
  while (!records.empty()) {
    const std::size_t count = std::min(kTogether, records.size());
    QUARRY_CHECK(journal_.append(records.first(count), journal::Journal::Sync::kLater));
    records = records.subspan(count);
  }
  return journal_.sync();
}

Result<void> CaseFile::change_head(CaseHead head, const std::string& reason) {
  const auto& now = journal_.options().now;
  const std::string at = to_string(Datetime{now ? now() : system_ticks_now()});
  if (head.created.empty()) head.created = at;
  head.updated = at;
  Record record{.op = Op::kNote, .case_id = head.id, .reason = reason};
  if (!head_.id.empty()) record.before = to_json(head_);
  record.after = to_json(head);
  record.more = {{"head", "true"}};
  QUARRY_CHECK(journal_.append(record));
  head_ = std::move(head);
  return write_head();
}

Result<void> CaseFile::add_note(const std::string& text) {
  Record record{.op = Op::kNote, .case_id = head_.id};
  record.more = {{"text", json::quoted(text)}};
  return journal_.append(record);
}

Result<void> CaseFile::write_head() {
  return write_private_file(head_path(folder_), to_json(head_) + "\n");
}

/// After a crash it may be missing, or older than the records. One that no record tells of was
/// changed by others: it stays, for verify to find.
Result<void> CaseFile::refresh_head() {
  const Result<std::string> there = read_file(head_path(folder_));
  const std::string_view text = there ? text::trim_ascii(*there) : std::string_view();
  const bool is_ours = !there || state_.had_head(text);
  return is_ours && text != to_json(head_) ? write_head() : ok();
}

Result<CaseState> read_case(const std::string& folder) {
  if (!is_case(folder)) return no_case(folder);
  QUARRY_TRY(const std::string text, read_file(journal_path(folder)));
  QUARRY_TRY(const journal::Chain chain, journal::read_chain(text, journal_path(folder)));
  CaseState state;
  for (const journal::Entry& entry : chain.entries) state.apply(entry);
  if (state.is_empty()) return no_case(folder);
  state.set_cut_bytes(chain.cut);
  return state;
}

}  // namespace quarry::incident_link
