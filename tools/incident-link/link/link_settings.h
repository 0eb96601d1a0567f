// What a command line of `link` or `push` says, checked before anything is read.
#pragma once

#include "common/cli/invocation.h"
#include "tools/incident-link/case/case_head.h"
#include "tools/incident-link/case/target.h"
#include "tools/incident-link/entities/entity_choice.h"
#include "tools/incident-link/rows/required.h"

#include <cstdint>
#include <optional>
#include <string>

namespace quarry::incident_link {

/// How an alert comes into being at Defender (contract: incident-link.md section 2).
enum class Via : std::uint8_t { kCreateAlert, kReference, kComment };

struct LinkSettings {
  bool make_new = false;
  std::optional<Target> target;  // an incident of a service; nullopt: the case alone
  std::string folder;            // of the case; "" : a usual one, see case_folder_of()
  CaseHead head;                 // what was given; the rest is empty
  Via via = Via::kCreateAlert;
  bool per_row = false;
  std::string workspace;        // ARM id of a Sentinel workspace, where one is given
  bool mark_workspace = false;  // it goes into alerts of Defender too
  EntityChoice choice;
  Demand demand = Demand::kCase;
  std::string table;
  std::string query;
  std::string rule_file;  // --also-rule
};

Result<LinkSettings> link_settings(const cli::Invocation& invocation);

/// --sentinel-workspace as an ARM id; "" without. kUsage where it is none.
Result<std::string> given_workspace(const cli::Invocation& invocation);
/// kUsage where the target is in a workspace and nobody said which.
Result<void> check_workspace(const LinkSettings& settings);

/// --case, else a folder named after title or incident below the usual one: of --new the case with
/// that title, else a name that no case has.
Result<std::string> case_folder_of(const LinkSettings& settings, const Environment& environment);

/// The head that a new case gets: what was given, with what is usual where nothing was.
CaseHead new_head(const LinkSettings& settings);
/// What an alert of this run says: the given texts, the case's where nothing was given.
CaseHead alert_head(const LinkSettings& settings, const CaseHead& of_case);

}  // namespace quarry::incident_link
