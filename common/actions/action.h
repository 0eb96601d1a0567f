// One act on a machine or a tenant: what, to whom, how serious, and how to take it back. Planned,
// printed, reviewed and done in this form by every tool that acts.
#pragma once

#include "common/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace quarry::actions {

/// Reversible acts need --apply; severe ones also a confirmation and a reason.
enum class Level : std::uint8_t { kReversible, kSevere };
std::string_view name_of(Level level);

/// Members called JSON hold the JSON text of a value on one line; empty: none.
struct Action {
  std::string name;         // "isolate"
  std::string tenant = {};  // where
  Level level = Level::kSevere;
  std::string what = {};        // for people: "isolate wks-0042.corp.example"
  std::string target = {};      // JSON, in a form that does not change from run to run
  std::string parameters = {};  // JSON, likewise
  std::string before = {};      // JSON: the state that the plan was made from
  std::string undo = {};        // JSON: undo_json() of the act that takes this one back
  std::string row_sha256 = {};  // of the row that asked for it
  std::string row = {};         // JSON

  friend bool operator==(const Action&, const Action&) = default;
};

/// The same act has the same key in every run.
std::string key_of(const Action& action);

/// A line of a plan, without its newline. Its last member is digest_of().
std::string to_plan_line(const Action& action, std::string_view tool, std::string_view run);
/// SHA-256 of all that a line of a plan says, blanks aside: what is done is what was reviewed. The
/// key is no such thing: it leaves out the level, the words and the way back.
std::string digest_of(const Action& action, std::string_view tool, std::string_view run);
/// The part of an action that an undo needs: name, level, what, target, parameters.
std::string undo_json(const Action& action);
/// Reads undo_json(); the tenant is that of the act that is taken back. kData where it is none.
Result<Action> parse_undo(std::string_view json, std::string_view tenant);

}  // namespace quarry::actions
