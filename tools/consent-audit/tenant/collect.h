// Asks a tenant for what its settings and grants are: the calls, and the permission of each.
#pragma once

#include "common/services/graph/graph.h"
#include "tools/consent-audit/tenant/tenant.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::consent_audit {

/// What a command needs of a tenant. kConsentPolicy: the authorization policy alone.
enum class Extent : std::uint8_t { kConsentPolicy, kSettings, kGrants, kAll };

struct CollectReport {
  std::size_t calls = 0;
  std::vector<Error> failures;  // of calls that a tenant may do without
};

/// Hands each answer over with a name for the file to keep it in ("servicePrincipals.2"). Fails
/// where something is refused that there is no answer without; the rest is a failure in the report.
Result<CollectReport> collect(
    services::Graph& graph, Extent extent,
    const std::function<Result<void>(std::string_view body, const std::string& name)>& take);

/// Everything about one application: itself, its grants, what it holds, who is assigned, its
/// owners.
Result<void> collect_app(
    services::Graph& graph, const std::string& sp_id,
    const std::function<Result<void>(std::string_view body, const std::string& name)>& take);
/// Names of those who gave grants or are assigned, as the tenant knows by now.
Result<void> collect_users(
    services::Graph& graph, const Tenant& tenant,
    const std::function<Result<void>(std::string_view body, const std::string& name)>& take);
/// The object id of the service principal of an application; "" where it has none here.
Result<std::string> find_service_principal(services::Graph& graph, const std::string& app_id);

}  // namespace quarry::consent_audit
