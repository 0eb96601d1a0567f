// A case on disk: a folder with links.ndjson, the journal that is the truth, and case.json, its
// head for people and programs.
#pragma once

#include "common/journal/journal.h"
#include "tools/incident-link/case/case_state.h"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace quarry::incident_link {

struct CaseWriter {
  std::string run;
  std::string by;
  std::function<std::int64_t()> now = {};  // ticks; the system's clock without
};

/// Opened for writing, by one process at a time.
class CaseFile {
 public:
  /// kData where the folder holds no case, or one that was changed by others than us; kRefused
  /// while another process writes it.
  static Result<CaseFile> open(const std::string& folder, CaseWriter writer);
  /// Makes the case where there is none; goes on with one that has the same title, kRefused where
  /// the title is another one, or the case is closed. `head` gets an id where it has none.
  static Result<CaseFile> open_or_make(const std::string& folder, CaseHead head, CaseWriter writer);

  const std::string& folder() const { return folder_; }
  const CaseState& state() const { return state_; }
  journal::Journal& journal() { return journal_; }
  /// What should be said of a record that was cut off, see journal::Journal::note().
  const std::string& note() const { return journal_.note(); }

  /// On disk when this returns. The state does not follow: it is what was there on opening.
  Result<void> append(std::span<const journal::Record> records);
  /// A record of the new head, then case.json.
  Result<void> change_head(CaseHead head, const std::string& reason);
  Result<void> add_note(const std::string& text);

 private:
  CaseFile(std::string folder, journal::Journal journal);
  Result<void> write_head();
  Result<void> refresh_head();

  std::string folder_;
  journal::Journal journal_;
  CaseState state_;
  CaseHead head_;
};

std::string journal_path(const std::string& folder);
std::string head_path(const std::string& folder);
bool is_case(const std::string& folder);
/// What is wrong with a folder that is none: kData where it never was one, and where it has a head
/// whose records were taken away.
Error no_case_in(const std::string& folder);

/// Is the path one that only the case itself writes: links.ndjson, what is kept of it, case.json?
bool is_file_of_case(const std::string& path);

/// For looking only: needs no lock, writes nothing. kData where it is no case or was changed. A
/// last record that was cut off is left out, see CaseState::cut_bytes().
Result<CaseState> read_case(const std::string& folder);

}  // namespace quarry::incident_link
