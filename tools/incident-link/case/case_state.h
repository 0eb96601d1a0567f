// What the records of a case add up to: its head, its rows, where each is linked, flags, notes.
#pragma once

#include "common/journal/record.h"
#include "tools/incident-link/case/case_head.h"
#include "tools/incident-link/case/target.h"
#include "tools/incident-link/entities/entity.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::incident_link {

/// A row's way to one target.
struct Link {
  Target target;
  std::string action;  // key of the act that sends it; "" where the case itself is the target
};

struct Flag {
  std::string label;
  std::string note;
  std::string at;
  std::string by;
};

struct CaseRow {
  std::string sha256;
  std::string json;
  std::string table;  // "" where nobody said
  std::string query_sha256;
  std::vector<Entity> entities;
  std::string at;  // when it came into the case
  std::string by;
  std::vector<Link> links;
  std::optional<Flag> flag;
};

/// A group of rows on its way to an incident.
struct Sending {
  Target target;
  std::string plan;               // the plan's line: an action of room `actions`
  std::vector<std::string> rows;  // sha256
  journal::State state = journal::State::kPlanned;
  std::string incident;  // where it ended up, behind redirects; "" before
  std::string alert;     // "ea2c…_aml"; "" where there is none
  std::string message;   // why it failed
  std::string at;        // of the newest word
};

struct CaseEvent {
  enum class Kind : std::uint8_t { kNote, kChange };
  Kind kind = Kind::kNote;
  std::string at;
  std::string by;
  std::string text;  // the note; of a change "status: new -> closed"
};

/// Records, as a tool of ours writes them, in the order of the file.
class CaseState {
 public:
  void apply(const journal::Entry& entry);

  const CaseHead& head() const { return head_; }
  bool is_empty() const { return head_.id.empty(); }
  const std::vector<CaseRow>& rows() const { return rows_; }
  /// nullptr where the case has no such row.
  const CaseRow* find_row(std::string_view sha256) const;
  const std::vector<CaseEvent>& events() const { return events_; }
  /// By key of the act.
  const std::map<std::string, Sending, std::less<>>& sendings() const { return sendings_; }
  /// The incident that was made for this case at that service and place; "" before.
  std::string made_incident(const Target& target) const;
  /// The act that links the row to the target, also by the number that "new" became: of several the
  /// one that is done, else the one that was begun; nullptr where none was ever planned.
  const Sending* sending_of(const CaseRow& row, const Target& target) const;
  /// Texts of queries by their SHA-256.
  const std::map<std::string, std::string, std::less<>>& queries() const { return queries_; }
  /// Every text that case.json had so far: after a crash it may be an older one.
  bool had_head(std::string_view json) const;

  /// Bytes of a last record that was cut off: of a case that is only looked at. 0: none.
  std::size_t cut_bytes() const { return cut_bytes_; }
  void set_cut_bytes(std::size_t bytes) { cut_bytes_ = bytes; }

  std::size_t records() const { return records_; }
  const std::string& last_hash() const { return last_hash_; }

 private:
  void apply_link(const journal::Entry& entry);
  void apply_note(const journal::Entry& entry);
  void apply_flag(const journal::Entry& entry);
  void apply_plan(const journal::Entry& entry);
  void apply_outcome(const journal::Entry& entry);
  void apply_edit(const journal::Entry& entry);

  CaseHead head_;
  std::vector<std::string> heads_;
  std::vector<CaseRow> rows_;
  std::map<std::string, std::size_t, std::less<>> numbers_;  // of rows by sha256
  std::vector<CaseEvent> events_;
  std::map<std::string, Sending, std::less<>> sendings_;
  std::map<std::string, std::string, std::less<>> edits_;  // of incidents, in words, by key
  std::map<std::string, std::string, std::less<>> queries_;
  std::size_t records_ = 0;
  std::size_t cut_bytes_ = 0;
  std::string last_hash_;
};

/// The tool's own member of a record, as JSON; "" where it has none.
std::string_view more_of(const journal::Record& record, std::string_view key);

}  // namespace quarry::incident_link
