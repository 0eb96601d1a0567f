// One journal record: what was planned, begun, done or noted. All acting tools, the timeline of an
// audit and the case file write this one (cli-conventions section 11).
#pragma once

#include "common/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quarry::journal {

enum class Op : std::uint8_t { kPlan, kIntent, kOutcome, kEvidence, kLink, kFlag, kNote, kUndo };
/// What became of an act. kUnknown: it was begun, and nobody knows.
enum class State : std::uint8_t { kNone, kPlanned, kSent, kDone, kFailed, kUnknown };

std::string_view name_of(Op op);
std::string_view name_of(State state);  ///< "" for kNone
std::optional<Op> parse_op(std::string_view name);
std::optional<State> parse_state(std::string_view name);

/// What a tool hands over. Texts that are JSON are taken as they are; empty ones are left out.
/// Nothing here may be secret: addresses go through net::shown_url, bodies only as digests.
struct Record {
  Op op = Op::kNote;
  std::string key = {};      // idempotency key
  std::string case_id = {};  // "" without a case
  std::string target = {};   // JSON
  std::string request = {};  // JSON: {"method","url","body_sha256"}
  State state = State::kNone;
  int status = 0;               // of HTTP; 0: left out
  std::string request_id = {};  // what the service calls it
  std::string message = {};     // why it failed, or what a note says
  std::string before = {};      // JSON
  std::string after = {};       // JSON
  std::string undo = {};        // JSON: the action that takes it back
  std::string reason = {};
  std::string row_sha256 = {};
  std::string row = {};                                        // JSON
  std::vector<std::pair<std::string, std::string>> more = {};  // keys of the tool's own, JSON
};

/// What the journal adds to each record.
struct Stamp {
  std::uint64_t seq = 1;
  std::string at;  // datetime with seven digits
  std::string tool;
  std::string run;
  std::string by;
  std::string prev;  // hash of the line before; "" for the first
};

/// The record as a line without its newline; its hash is the last member and covers the rest.
std::string to_line(const Record& record, const Stamp& stamp);
/// The hash that to_line() wrote at the end; nullopt where the line does not end in one.
std::optional<std::string> hash_in(std::string_view line);
/// The hash that the line should have.
std::optional<std::string> hash_of(std::string_view line);

/// A record read back.
struct Entry {
  Record record;
  Stamp stamp;
  std::string hash;
};

/// kData where the line is no record of ours. Members that we do not know are in Record::more.
Result<Entry> parse_line(std::string_view line);

}  // namespace quarry::journal
