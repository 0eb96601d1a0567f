#include "tools/consent-audit/audit/sign_in.h"

#include "common/base/text.h"
#include "common/time/parse.h"

namespace quarry::consent_audit {

bool is_sign_in_operation(std::string_view operation) {
  return text::iequals_ascii(operation, "sign-in activity");
}

bool is_sign_in(const Members& members) {
  return members.has(Member::kSignInRisk) || members.has(Member::kSignInRiskUpper);
}

AuditRow read_sign_in(Shape shape, const Members& members) {
  AuditRow row;
  row.shape = shape;
  row.kind = Kind::kSignIn;
  row.operation = "Sign-in activity";
  row.time = parse_datetime(text_of(members.view(Member::kCreatedTime, Member::kTimeGenerated)));
  row.row_id = text_of(members.view(Member::kId, Member::kIdUpper));
  row.correlation_id = text_of(members.view(Member::kCorrelation, Member::kCorrelationUpper));
  row.user = text_of(members.view(Member::kUserName, Member::kUserNameUpper));
  row.actor = row.user;
  row.ip = text_of(members.view(Member::kAddress, Member::kAddressUpper));
  const std::string risk =
      text::lower_ascii(text_of(members.view(Member::kSignInRisk, Member::kSignInRiskUpper)));
  if (risk == "medium" || risk == "high") row.sign_in_risk = risk;
  return row;
}

}  // namespace quarry::consent_audit
