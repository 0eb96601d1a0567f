#include "tools/consent-audit/audit/body.h"

namespace quarry::consent_audit {

std::span<const std::string> member_names() {
  static const std::vector<std::string> names{"records",
                                              "value",
                                              "@odata.nextLink",
                                              "RawEventData",
                                              "AuditData",
                                              "auditData",
                                              "properties",
                                              "ActionType",
                                              "Operations",
                                              "operation",
                                              "OperationName",
                                              "operationName",
                                              "activityDisplayName",
                                              "ActivityDisplayName",
                                              "activityDateTime",
                                              "ActivityDateTime",
                                              "TimeGenerated",
                                              "result",
                                              "Result",
                                              "resultReason",
                                              "ResultReason",
                                              "initiatedBy",
                                              "InitiatedBy",
                                              "targetResources",
                                              "TargetResources",
                                              "additionalDetails",
                                              "AdditionalDetails",
                                              "correlationId",
                                              "CorrelationId",
                                              "id",
                                              "Id",
                                              "Operation",
                                              "CreationTime",
                                              "ResultStatus",
                                              "Actor",
                                              "Target",
                                              "UserId",
                                              "ObjectId",
                                              "ModifiedProperties",
                                              "ExtendedProperties",
                                              "InterSystemsId",
                                              "ActorIpAddress",
                                              "ClientIP",
                                              "riskLevelDuringSignIn",
                                              "RiskLevelDuringSignIn",
                                              "createdDateTime",
                                              "userPrincipalName",
                                              "UserPrincipalName",
                                              "ipAddress",
                                              "IPAddress"};
  static_assert(static_cast<std::size_t>(Member::kCount_) == 50);
  return names;
}

const Property* Body::find(std::string_view name) const {
  for (const Property& property : properties)
    if (property.name == name) return &property;
  return nullptr;
}

std::string_view Body::after(std::string_view name) const {
  const Property* const property = find(name);
  return property == nullptr ? std::string_view() : std::string_view(property->after);
}

}  // namespace quarry::consent_audit
