// consent-audit export DIR: saves the tenant's answers, so that the rest works without it.
#include "common/auth/connect.h"
#include "common/base/private_file.h"
#include "common/base/text.h"
#include "common/cli/result_output.h"
#include "common/json/object_writer.h"
#include "tools/consent-audit/consent_audit_app.h"
#include "tools/consent-audit/tenant/collect.h"
#include "tools/consent-audit/tenant/manifest.h"

#include <fmt/format.h>

#include <filesystem>

namespace quarry::consent_audit {

Result<int> export_command(cli::Invocation& invocation) {
  const std::string& folder = invocation.arguments()[0];
  std::error_code none;
  if (std::filesystem::exists(fmt::format("{}/{}", folder, kManifestName), none))
    return fail(Error(ErrorCode::kUsage, "the folder holds an export already",
                      "name a new one: answers of two times would be read as one")
                    .at(folder));
  QUARRY_TRY(const auto session, auth::connect_one(invocation.run_context()));
  QUARRY_TRY(const auth::Endpoint endpoint, session->need(auth::Service::kGraph));
  services::Graph graph(session->http(), endpoint.url, endpoint.scope);
  QUARRY_CHECK(make_private_folder(folder));
  std::string manifest;
  std::size_t files = 0;
  QUARRY_TRY(
      const CollectReport report,
      collect(graph, Extent::kAll,
              [&](std::string_view body, const std::string& name) -> Result<void> {
                QUARRY_CHECK(write_private_file(fmt::format("{}/{}.json", folder, name), body));
                manifest += manifest_line(name + ".json", body);
                ++files;
                return ok();
              }));
  QUARRY_CHECK(write_private_file(fmt::format("{}/{}", folder, kManifestName), manifest));
  for (const Error& error : report.failures) {
    Diagnostic diagnostic;
    diagnostic.level = quarry::Level::kWarning;
    diagnostic.message = error.message();
    diagnostic.hint = error.hint();
    invocation.diagnostics().add(std::move(diagnostic));
  }
  json::ObjectWriter summary;
  summary.text("_type", "summary")
      .text("tool", invocation.app().name)
      .text("folder", folder)
      .number("files", static_cast<std::int64_t>(files))
      .number("missing", static_cast<std::int64_t>(report.failures.size()));
  const bool as_text = invocation.format() == "table";
  QUARRY_CHECK(
      cli::show_text(invocation, as_text ? fmt::format("{} answers saved in {}\n", files, folder)
                                         : summary.take() + "\n"));
  return report.failures.empty() ? 0 : exit_status(ErrorCode::kPartial);
}

}  // namespace quarry::consent_audit
