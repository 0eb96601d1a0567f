#include "tools/consent-audit/tenant/load_tenant.h"

#include "common/auth/connect.h"
#include "common/services/graph/graph.h"
#include "tools/consent-audit/tenant/answers.h"
#include "tools/consent-audit/tenant/excess.h"
#include "tools/consent-audit/tenant/gaps.h"
#include "tools/consent-audit/tenant/manifest.h"

#include <fmt/format.h>

namespace quarry::consent_audit {
namespace {

using config::OptionDef;
using config::OptionKind;

constexpr OptionDef kTenant[]{
    {.name = "from",
     .metavar = "DIR",
     .help =
         "Read saved answers of Microsoft Graph (*.json) from this folder instead of asking the "
         "tenant; what they are, their content tells",
     .kind = OptionKind::kValue},
};

void warn(cli::Invocation& invocation, std::string message, std::string hint,
          std::string source = {}) {
  Diagnostic diagnostic;
  diagnostic.level = quarry::Level::kWarning;
  diagnostic.kind = DiagnosticClass::kData;
  diagnostic.message = std::move(message);
  diagnostic.hint = std::move(hint);
  diagnostic.file = std::move(source);
  invocation.diagnostics().add(std::move(diagnostic));
}

Result<LoadedTenant> load_saved(cli::Invocation& invocation, const std::string& folder,
                                Extent extent) {
  std::vector<Error> errors;
  LoadedTenant loaded{.tenant = {}, .saved = true};
  QUARRY_TRY(loaded.tenant, read_saved_answers(folder, errors));
  for (Error& error : check_manifest(folder)) errors.push_back(std::move(error));
  for (const Error& error : errors) invocation.diagnostics().add(error, DiagnosticClass::kData);
  if (!errors.empty()) loaded.status = exit_status(ErrorCode::kData);
  for (const std::string& source : loaded.tenant.unrecognised)
    warn(invocation, fmt::format("{} holds answers about something else", source), {});
  for (Gap& gap : find_gaps(loaded.tenant, extent)) {
    loaded.missing.push_back(gap.source.empty() ? gap.what
                                                : fmt::format("{} {}", gap.source, gap.what));
    warn(invocation, std::move(gap.what), std::move(gap.hint), std::move(gap.source));
    loaded.status = exit_status(ErrorCode::kData);
  }
  return loaded;
}

Result<LoadedTenant> ask(cli::Invocation& invocation, Extent extent) {
  QUARRY_TRY(const auto session, auth::connect_one(invocation.run_context()));
  QUARRY_TRY(const auth::Endpoint endpoint, session->need(auth::Service::kGraph));
  if (const std::string excess = excess_permissions(*session, endpoint.scope); !excess.empty())
    warn(invocation,
         fmt::format("reading with a token that can also change the tenant: {}", excess),
         "keep what responds in an application registration of its own");
  services::Graph graph(session->http(), endpoint.url, endpoint.scope);
  LoadedTenant loaded;
  QUARRY_TRY(const CollectReport report,
             collect(graph, extent, [&](std::string_view body, const std::string& name) {
               return add_answer(loaded.tenant, body, name);
             }));
  for (const Error& error : report.failures) warn(invocation, error.message(), error.hint());
  if (!report.failures.empty()) loaded.status = exit_status(ErrorCode::kPartial);
  return loaded;
}

}  // namespace

const config::OptionTable kTenantOptions{"Tenant", kTenant};

Result<LoadedTenant> load_tenant(cli::Invocation& invocation, Extent extent) {
  const std::string& folder = invocation.text("from");
  if (!folder.empty()) return load_saved(invocation, folder, extent);
  return ask(invocation, extent);
}

void set_present(const cli::Invocation& invocation, const LoadedTenant& loaded,
                 RiskSettings& settings) {
  if (loaded.saved && !invocation.options().is_given("now")) settings.now = loaded.tenant.newest;
}

}  // namespace quarry::consent_audit
