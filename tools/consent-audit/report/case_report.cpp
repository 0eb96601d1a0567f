#include "tools/consent-audit/report/case_report.h"

#include "common/base/text.h"
#include "common/time/format.h"
#include "tools/consent-audit/report/access_graph.h"
#include "tools/consent-audit/report/finding_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace quarry::consent_audit {
namespace {

using output::ReportTable;
using output::Section;

/// More findings than this are not read by anyone; the rows have them all.
constexpr std::size_t kShownFindings = 500;
constexpr std::size_t kShownApps = 100;

std::string time_text(const std::optional<Datetime>& time) {
  std::string text;
  if (time) format_datetime(*time, "yyyy-MM-dd HH:mm:ss", text);
  return text;
}

std::string app_text(const Finding& finding) {
  if (!finding.app_name.empty()) return finding.app_name;
  return finding.app_id.empty() ? finding.sp_id : finding.app_id;
}

/// What all findings together say of one application.
struct AppSummary {
  std::string name;
  std::string app_id;
  Level risk = Level::kNone;
  int score = 0;
  std::size_t findings = 0;
  std::set<std::string> users;
  std::set<std::string> permissions;
  bool tenant_wide = false;
  std::optional<Datetime> first;
  std::optional<Datetime> last;
};

class Summary {
 public:
  void add(const Finding& finding) {
    ++levels_[static_cast<std::size_t>(finding.verdict.risk)];
    AppSummary& app = apps_[finding.app_id.empty() ? app_text(finding) : finding.app_id];
    if (app.name.empty()) app.name = app_text(finding);
    app.app_id = finding.app_id;
    app.risk = std::max(app.risk, finding.verdict.risk);
    app.score = std::max(app.score, finding.verdict.score);
    ++app.findings;
    if (!finding.user.empty()) app.users.insert(finding.user);
    app.permissions.insert(finding.added_scopes.begin(), finding.added_scopes.end());
    app.permissions.insert(finding.app_roles.begin(), finding.app_roles.end());
    app.tenant_wide |= finding.tenant_wide.value_or(false);
    if (!finding.time) return;
    if (!app.first || *finding.time < *app.first) app.first = finding.time;
    if (!app.last || *app.last < *finding.time) app.last = finding.time;
  }

  std::vector<const AppSummary*> worst_first() const {
    std::vector<const AppSummary*> sorted;
    for (const auto& [key, app] : apps_) sorted.push_back(&app);
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](auto* a, auto* b) { return a->score > b->score; });
    return sorted;
  }
  std::size_t app_count() const { return apps_.size(); }
  std::size_t count(Level level) const { return levels_[static_cast<std::size_t>(level)]; }

 private:
  std::map<std::string, AppSummary> apps_;
  std::array<std::size_t, 5> levels_{};
};

std::string joined(const std::set<std::string>& texts, std::size_t most) {
  std::string text;
  std::size_t shown = 0;
  for (const std::string& each : texts) {
    if (shown++ == most) return text + fmt::format(" and {} more", texts.size() - most);
    text += (text.empty() ? "" : ", ") + each;
  }
  return text;
}

Section apps_section(const Summary& summary) {
  ReportTable table{.columns = {{"Application"},
                                {"Risk"},
                                {"Score", true},
                                {"Findings", true},
                                {"Users", true},
                                {"Reach"},
                                {"Permissions"},
                                {"First"},
                                {"Last"},
                                {"Application id"}},
                    .rows = {}};
  for (const AppSummary* const app : summary.worst_first()) {
    if (table.rows.size() == kShownApps) break;
    table.rows.push_back({{app->name, std::string(name_of(app->risk)), std::to_string(app->score),
                           std::to_string(app->findings), std::to_string(app->users.size()),
                           app->tenant_wide ? "everybody" : "", joined(app->permissions, 12),
                           time_text(app->first), time_text(app->last), app->app_id},
                          {}});
  }
  return {"Applications", {std::move(table)}};
}

/// Applications, the permissions they were given, the users who gave them: the worst few.
output::LayeredGraph access_graph(const Summary& summary) {
  AccessGraph graph("Who gave what to which application");
  for (const AppSummary* const app : summary.worst_first()) {
    if (app->permissions.empty()) continue;
    if (!graph.add(app->name, app->permissions, app->users)) break;
  }
  return graph.take();
}

Section reasons(const Finding& finding) {
  ReportTable table{.columns = {{"Signal"}, {"Level"}, {"Weight", true}, {"Why"}, {"Evidence"}},
                    .rows = {}};
  for (const Signal& signal : finding.verdict.signals)
    table.rows.push_back({{std::string(signal.name), std::string(name_of(signal.level)),
                           std::to_string(signal.weight), signal.why,
                           fmt::format("{}", fmt::join(signal.evidence, " "))},
                          {}});
  return {"Why", {std::move(table)}};
}

ReportTable findings_table() {
  return {.columns = {{"Time (UTC)"},
                      {"Risk"},
                      {"Score", true},
                      {"Application"},
                      {"Actor"},
                      {"Address"},
                      {"What"},
                      {"Id"}},
          .rows = {}};
}

ReportTable::Row finding_row(const Finding& finding) {
  return {{time_text(finding.time), std::string(name_of(finding.verdict.risk)),
           std::to_string(finding.verdict.score), app_text(finding), finding.actor, finding.ip,
           gist_of(finding), finding.id},
          {reasons(finding)}};
}

/// The gravest findings, without keeping a million: of equal ones those that came first.
class GravestRows {
 public:
  void add(const Finding& finding) {
    if (finding.verdict.score <= floor_) return;
    rows_.emplace_back(finding.verdict.score, finding_row(finding));
    if (rows_.size() > 2 * kShownFindings) cut();
  }
  std::vector<ReportTable::Row> take() {
    if (rows_.size() > kShownFindings) cut();
    std::vector<ReportTable::Row> rows;
    for (auto& [score, row] : rows_) rows.push_back(std::move(row));
    return rows;
  }

 private:
  void cut() {
    std::stable_sort(rows_.begin(), rows_.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    rows_.resize(kShownFindings);
    floor_ = rows_.back().first;
  }

  std::vector<std::pair<int, ReportTable::Row>> rows_;
  int floor_ = -1;
};

/// What was not read stays in the document, when the screen is long gone.
void add_gaps(const AuditReport& read, output::Notes& notes) {
  if (read.rows == 0) notes.texts.emplace_back("Nothing was judged: there was no audit row.");
  if (read.is_cut_off) notes.texts.emplace_back("The log goes on in pages that were not given.");
  const auto add = [&notes](std::uint64_t count, std::string_view what) {
    if (count > 0) notes.texts.push_back(fmt::format("{} {}.", text::with_thousands(count), what));
  };
  add(read.failed_inputs, "inputs could not be read, or not to their end");
  add(read.bad_lines, "broken lines were skipped");
  add(read.truncated, "rows have a value that was cut off, and were judged by the rest");
  add(read.unrecognised, "objects are no audit rows and were skipped");
}

output::Notes notes(const FindingSet& findings, const AuditReport& read, std::size_t shown,
                    std::size_t apps) {
  output::Notes notes;
  notes.texts = {
      "Access tokens that were issued already stay valid until they expire; deleting a grant only "
      "stops new ones.",
      "A new password does not remove a consent, and revoking one does not keep the user from "
      "consenting again.",
      "The log reaches back 7 days on the free edition and 30 days with P1 or P2: what was granted "
      "before is not in it. "
      "consent-audit grants shows what is held now."};
  if (shown < findings.size())
    notes.texts.push_back(
        fmt::format("{} findings, of which the {} gravest are shown.", findings.size(), shown));
  if (apps > kShownApps)
    notes.texts.push_back(
        fmt::format("{} applications, of which the {} gravest are shown.", apps, kShownApps));
  add_gaps(read, notes);
  if (findings.duplicates() > 0)
    notes.texts.push_back(fmt::format("{} rows came more than once and count once.",
                                      text::with_thousands(findings.duplicates())));
  return notes;
}

}  // namespace

std::string case_report(const FindingSet& findings, const AuditReport& read,
                        const std::string& format) {
  Summary summary;
  ReportTable table = findings_table();
  GravestRows gravest;
  static_cast<void>(findings.for_each([&](const Finding& finding) -> Result<void> {
    summary.add(finding);
    gravest.add(finding);
    return ok();
  }));
  table.rows = gravest.take();
  output::Report report{.title = "Application consent: findings", .blocks = {}, .sections = {}};
  report.blocks.push_back(output::Paragraph{
      fmt::format("{} audit rows read, {} findings: {} critical, {} high, {} medium, {} low.",
                  text::with_thousands(read.rows), text::with_thousands(findings.size()),
                  summary.count(Level::kCritical), summary.count(Level::kHigh),
                  summary.count(Level::kMedium), summary.count(Level::kLow))});
  report.blocks.push_back(notes(findings, read, table.rows.size(), summary.app_count()));
  report.blocks.push_back(access_graph(summary));
  report.sections.push_back(apps_section(summary));
  report.sections.push_back({"Findings", {std::move(table)}});
  return format == "html" ? output::to_html(report) : output::to_markdown(report);
}

}  // namespace quarry::consent_audit
