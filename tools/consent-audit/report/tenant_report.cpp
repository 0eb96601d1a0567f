#include "tools/consent-audit/report/tenant_report.h"

#include "common/output/report.h"
#include "tools/consent-audit/report/access_graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace quarry::consent_audit {
namespace {

using output::ReportTable;
using output::Section;

std::string written(const output::Report& report, const std::string& format) {
  return format == "html" ? output::to_html(report) : output::to_markdown(report);
}

std::string joined(const std::vector<std::string>& texts, std::size_t most) {
  const std::size_t shown = std::min(most, texts.size());
  std::string text = fmt::format(
      "{}", fmt::join(texts.begin(), texts.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
  if (shown < texts.size()) text += fmt::format(" and {} more", texts.size() - shown);
  return text;
}

Section reasons(const TenantApp& app) {
  ReportTable table{.columns = {{"Signal"}, {"Level"}, {"Weight", true}, {"Why"}, {"Evidence"}},
                    .rows = {}};
  for (const Signal& signal : app.verdict.signals)
    table.rows.push_back({{std::string(signal.name), std::string(name_of(signal.level)),
                           std::to_string(signal.weight), signal.why,
                           fmt::format("{}", fmt::join(signal.evidence, " "))},
                          {}});
  return {"Why", {std::move(table)}};
}

output::LayeredGraph access_graph(const std::vector<TenantApp>& apps) {
  AccessGraph graph("What is held, by which application, given by whom");
  for (const TenantApp& app : apps) {
    std::set<std::string> permissions(app.scopes.begin(), app.scopes.end());
    permissions.insert(app.app_roles.begin(), app.app_roles.end());
    std::set<std::string> users(app.users.begin(), app.users.end());
    if (app.tenant_wide) users.insert("everybody");
    if (!graph.add(app.principal != nullptr ? app.principal->name : app.sp_id, permissions, users))
      break;
  }
  return graph.take();
}

/// A document outlives the warnings on a screen.
void tell_missing(const std::vector<std::string>& missing, output::Report& report) {
  if (missing.empty()) return;
  report.blocks.push_back(output::Paragraph{"The saved answers are incomplete:"});
  report.blocks.push_back(output::Notes{missing});
}

}  // namespace

std::string settings_report(const std::vector<SettingFinding>& findings,
                            const std::vector<std::string>& missing, const std::string& format) {
  ReportTable table{.columns = {{"Setting"},
                                {"Value"},
                                {"Verdict"},
                                {"Risk"},
                                {"What that means"},
                                {"How to change it"},
                                {"Source"}},
                    .rows = {}};
  for (const SettingFinding& finding : findings)
    table.rows.push_back(
        {{std::string(finding.setting), finding.value, std::string(name_of(finding.standing)),
          std::string(name_of(finding.risk)), finding.finding, finding.fix, finding.source},
         {}});
  output::Report report{.title = "Application consent: settings", .blocks = {}, .sections = {}};
  tell_missing(missing, report);
  report.blocks.push_back(output::Notes{
      {"Changing settings does not touch grants that were given already: consent-audit grants "
       "shows them.",
       "An application that requires assignment always needs an administrator's consent."}});
  report.sections.push_back({"Settings", {std::move(table)}});
  return written(report, format);
}

std::string grants_report(const Tenant& tenant, const std::vector<TenantApp>& apps,
                          const std::vector<std::string>& missing, const std::string& format) {
  ReportTable table{.columns = {{"Application"},
                                {"Risk"},
                                {"Score", true},
                                {"App roles"},
                                {"Scopes"},
                                {"Users", true},
                                {"Reach"},
                                {"Sign-in"},
                                {"Object id"}},
                    .rows = {}};
  for (const TenantApp& app : apps) {
    table.rows.push_back(
        {{app.principal != nullptr ? app.principal->name : "(not in the answers)",
          std::string(name_of(app.verdict.risk)), std::to_string(app.verdict.score),
          joined(app.app_roles, 12), joined(app.scopes, 12), std::to_string(app.users.size()),
          app.tenant_wide ? "everybody" : "",
          app.principal != nullptr && !app.principal->enabled ? "blocked" : "", app.sp_id},
         {reasons(app)}});
  }
  output::Report report{
      .title = "Application consent: what is held now", .blocks = {}, .sections = {}};
  tell_missing(missing, report);
  report.blocks.push_back(
      output::Paragraph{fmt::format("{} applications with grants, in {}.", apps.size(),
                                    tenant.name.empty() ? "this tenant" : tenant.name)});
  report.blocks.push_back(access_graph(apps));
  report.sections.push_back({"Applications", {std::move(table)}});
  return written(report, format);
}

}  // namespace quarry::consent_audit
