#include "tools/incident-link/link/link_settings.h"

#include "common/base/file.h"
#include "common/base/suggest.h"
#include "common/base/text.h"
#include "tools/incident-link/link/case_folder.h"
#include "tools/incident-link/link/categories.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace quarry::incident_link {
namespace {

constexpr std::size_t kLongestTitle = 256;

bool is_technique(std::string_view text) {
  const auto digits = [](std::string_view part, std::size_t size) {
    return part.size() == size && std::all_of(part.begin(), part.end(), text::is_ascii_digit);
  };
  if (!text.starts_with('T')) return false;
  text.remove_prefix(1);
  if (text.size() == 4) return digits(text, 4);
  return text.size() == 8 && text[4] == '.' && digits(text.substr(0, 4), 4) &&
         digits(text.substr(5), 3);
}

Result<CaseHead> given_head(const cli::Invocation& invocation) {
  CaseHead head{.title = std::string(text::trim_ascii(invocation.text("title"))),
                .severity = invocation.text("severity"),
                .category = invocation.text("category"),
                .techniques = invocation.list("technique"),
                .description = invocation.text("description"),
                .recommended_action = invocation.text("recommend")};
  if (head.title.size() > kLongestTitle)
    return fail(ErrorCode::kUsage, fmt::format("the title has more than {} bytes", kLongestTitle));
  for (const std::string& technique : head.techniques) {
    if (!is_technique(technique))
      return fail(ErrorCode::kUsage, fmt::format("'{}' is no technique", technique),
                  "a technique of MITRE ATT&CK looks like T1003 or T1003.001");
  }
  if (!head.category.empty() && !is_category(head.category))
    return fail(ErrorCode::kUsage, fmt::format("no category is called '{}'", head.category),
                did_you_mean(head.category, categories()));
  return head;
}

Result<std::string> given_query(const cli::Invocation& invocation) {
  if (!invocation.text("query-file").empty()) return read_file(invocation.text("query-file"));
  return invocation.text("query");
}

}  // namespace

Result<std::string> given_workspace(const cli::Invocation& invocation) {
  const std::string& text = invocation.text("sentinel-workspace");
  if (text.empty() || text.starts_with("/subscriptions/")) return text;
  const std::vector<std::string_view> parts = text::split(text, '/');
  if (parts.size() != 3)
    return fail(ErrorCode::kUsage, fmt::format("'{}' is no workspace", text),
                "--sentinel-workspace SUBSCRIPTION/GROUP/WORKSPACE, or its ARM id");
  return fmt::format(
      "/subscriptions/{}/resourceGroups/{}/providers/Microsoft.OperationalInsights/workspaces/{}",
      parts[0], parts[1], parts[2]);
}

Result<void> check_workspace(const LinkSettings& settings) {
  if (settings.target && settings.target->kind == TargetKind::kSentinel &&
      settings.workspace.empty())
    return fail(ErrorCode::kUsage, "which workspace of Sentinel?",
                "--sentinel-workspace SUBSCRIPTION/GROUP/WORKSPACE, or sentinel_workspace in the "
                "configuration");
  return ok();
}

namespace {

Via via_of(const std::string& word) {
  if (word == "reference") return Via::kReference;
  return word == "comment" ? Via::kComment : Via::kCreateAlert;
}

Result<void> check_together(const LinkSettings& settings) {
  if (settings.per_row && settings.via != Via::kReference)
    return fail(ErrorCode::kUsage, "--per-row belongs to --via reference",
                "other alerts hold all rows of a group");
  if (settings.via == Via::kComment && settings.target && settings.target->is_new())
    return fail(ErrorCode::kUsage, "a comment needs an incident that exists", "--to 29001");
  if (!settings.target && !settings.make_new && settings.folder.empty())
    return fail(ErrorCode::kUsage, "where to?",
                "--new --title TEXT, --case DIR, --to 29001 or --to sentinel:3177");
  // An incident may be called as the case that it comes from.
  const bool named = settings.target && !settings.folder.empty() && is_case(settings.folder);
  if (settings.make_new && settings.head.title.empty() && !named)
    return fail(ErrorCode::kUsage, "--new needs a title", "--title 'LSASS read by unsigned tool'");
  QUARRY_CHECK(check_workspace(settings));
  if (settings.demand == Demand::kAnything && settings.target)
    return fail(ErrorCode::kUsage, "--evidence is for local cases",
                "an incident takes events with Timestamp, ReportId and an asset");
  return ok();
}

}  // namespace

Result<LinkSettings> link_settings(const cli::Invocation& invocation) {
  if (!invocation.text("resume").empty())
    return fail(ErrorCode::kUsage, "runs are gone on with by running them again",
                "the same command again does what is left: the case knows what is done");
  LinkSettings settings;
  settings.make_new = invocation.flag("new");
  const std::string& to = invocation.text("to");
  if (!to.empty()) {
    QUARRY_TRY(settings.target, parse_target(to, settings.make_new));
  }
  if (settings.make_new && !settings.target) {
    settings.folder = case_path(invocation);
  } else if (!case_path(invocation).empty()) {
    QUARRY_TRY(settings.folder, given_case(invocation));
  }
  QUARRY_TRY(settings.head, given_head(invocation));
  settings.via = via_of(invocation.text("via"));
  settings.per_row = invocation.flag("per-row");
  QUARRY_TRY(settings.workspace, given_workspace(invocation));
  settings.mark_workspace = invocation.options().is_given("sentinel-workspace");
  QUARRY_TRY(settings.choice,
             EntityChoice::parse(invocation.list("impacted"), invocation.list("related")));
  settings.table = invocation.text("from-table");
  QUARRY_TRY(settings.query, given_query(invocation));
  settings.rule_file = invocation.text("also-rule");
  QUARRY_CHECK(check_no_file_of_case(settings.rule_file));
  if (invocation.options().is_declared("evidence") && invocation.flag("evidence")) {
    settings.demand = Demand::kAnything;
  } else if (settings.target) {
    settings.demand =
        settings.target->kind == TargetKind::kSentinel ? Demand::kSentinel : Demand::kIncident;
  }
  QUARRY_CHECK(check_together(settings));
  return settings;
}

namespace {

/// Titles that differ may make the same name: each has a folder of its own.
Result<std::string> folder_of_title(const std::string& cases, const std::string& title) {
  constexpr int kMostFolders = 1000;
  const std::string name = fmt::format("{}/{}", cases, folder_name(title));
  for (int i = 1; i <= kMostFolders; ++i) {
    std::string folder = i == 1 ? name : fmt::format("{}-{}", name, i);
    if (!is_case(folder)) return folder;
    // One that cannot be read is nobody's to step over: opening it says what is wrong.
    const Result<CaseState> state = read_case(folder);
    if (!state || state->head().title == title) return folder;
  }
  return fail(ErrorCode::kRefused, fmt::format("too many cases are called as {}", name),
              "give --case DIR");
}

}  // namespace

Result<std::string> case_folder_of(const LinkSettings& settings, const Environment& environment) {
  if (!settings.folder.empty()) return settings.folder;
  QUARRY_TRY(const std::string cases, cases_folder(environment));
  if (settings.make_new || !settings.target) return folder_of_title(cases, settings.head.title);
  const Target& target = *settings.target;
  return fmt::format(
      "{}/{}", cases,
      folder_name(fmt::format("{} {} {}", name_of(target.kind),
                              target.place.substr(target.place.rfind('/') + 1), target.incident)));
}

CaseHead new_head(const LinkSettings& settings) {
  CaseHead head = settings.head;
  if (head.title.empty() && settings.target) head.title = in_words(*settings.target);
  if (head.severity.empty()) head.severity = "medium";
  if (head.category.empty()) head.category = "SuspiciousActivity";
  head.status = "new";
  return head;
}

CaseHead alert_head(const LinkSettings& settings, const CaseHead& of_case) {
  CaseHead head = settings.head;
  const auto otherwise = [](std::string& text, const std::string& usual) {
    if (text.empty()) text = usual;
  };
  otherwise(head.title, of_case.title);
  otherwise(head.severity, of_case.severity);
  otherwise(head.category, of_case.category);
  otherwise(head.description, of_case.description);
  otherwise(head.recommended_action, of_case.recommended_action);
  if (head.techniques.empty()) head.techniques = of_case.techniques;
  head.id = of_case.id;
  return head;
}

}  // namespace quarry::incident_link
