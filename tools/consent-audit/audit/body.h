// What both families of audit rows say, before anyone asks what it means: the directory's own log
// and the unified log spell the same facts differently.
#pragma once

#include "tools/consent-audit/audit/text/json_field.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::consent_audit {

/// Which members of a row are looked at. One list for envelopes and bodies of all shapes.
enum class Member : std::uint8_t {
  // envelopes
  kRecords,
  kValue,
  kNextLink,  // @odata.nextLink
  kRawEventData,
  kAuditDataText,  // AuditData
  kAuditData,      // auditData
  kProperties,
  kActionType,
  kOperations,
  kOperationLower,  // operation
  kOperationName,   // of Log Analytics
  kOperationNameLower,
  // the directory's log, as Graph spells it and as Log Analytics does
  kActivity,
  kActivityUpper,
  kActivityTime,
  kActivityTimeUpper,
  kTimeGenerated,
  kResult,
  kResultUpper,
  kReason,
  kReasonUpper,
  kInitiatedBy,
  kInitiatedByUpper,
  kTargets,
  kTargetsUpper,
  kDetails,
  kDetailsUpper,
  kCorrelation,
  kCorrelationUpper,
  kId,
  kIdUpper,
  // the unified log
  kOperation,
  kCreationTime,
  kResultStatus,
  kActor,
  kTarget,
  kUserId,
  kObjectId,
  kModifiedProperties,
  kExtendedProperties,
  kInterSystemsId,
  kActorIp,
  kClientIp,
  // sign-in logs
  kSignInRisk,
  kSignInRiskUpper,
  kCreatedTime,
  kUserName,
  kUserNameUpper,
  kAddress,
  kAddressUpper,
  kCount_
};
/// Their names, in that order, for json::RowParser.
std::span<const std::string> member_names();

/// The values that a parser found, by Member.
class Members {
 public:
  explicit Members(std::span<const json::RawValue> values) : values_(values) {}
  bool has(Member member) const { return !raw(member).is_missing(); }
  DynamicView view(Member member) const { return view_of(raw(member)); }
  /// Of the first of the two that is there.
  DynamicView view(Member member, Member other) const { return view(has(member) ? member : other); }

 private:
  const json::RawValue& raw(Member member) const {
    return values_[static_cast<std::size_t>(member)];
  }
  std::span<const json::RawValue> values_;
};

struct Property {
  std::string name;
  std::string before;  // unquoted
  std::string after;
};

struct Body {
  std::string time;
  std::string result;
  std::string reason;
  std::string row_id;
  std::string correlation_id;

  bool by_app = false;
  std::string actor_upn;
  std::string actor_id;
  std::string actor_name;
  std::string ip;
  std::string user_agent;
  std::string detail_app_id;  // AppId of the additional details: of the target

  std::string target_name;
  std::string target_id;
  std::string target_kind;    // "ServicePrincipal", "Application", "User", "Other"
  std::string target_app_id;  // where the target itself tells

  std::vector<Property> properties;

  /// nullptr where the row has none of that name.
  const Property* find(std::string_view name) const;
  /// The value after the change; "" where there is none.
  std::string_view after(std::string_view name) const;
};

Body read_directory_body(const Members& members);
Body read_unified_body(const Members& members);

}  // namespace quarry::consent_audit
