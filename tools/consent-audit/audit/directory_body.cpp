// The directory's own log: Graph, Azure Monitor and Log Analytics share its inside.
#include "tools/consent-audit/audit/body.h"

namespace quarry::consent_audit {
namespace {

void read_properties(const DynamicView& list, std::vector<Property>& properties) {
  ArrayCursor cursor(list);
  for (DynamicView item; cursor.next(item);) {
    Property property;
    BagCursor members(item);
    std::string_view key;
    for (DynamicView value; members.next(key, value);) {
      if (key == "displayName") property.name = text_of(value);
      if (key == "oldValue") property.before = unquoted(text_of(value));
      if (key == "newValue") property.after = unquoted(text_of(value));
    }
    if (!property.name.empty()) properties.push_back(std::move(property));
  }
}

struct Target {
  std::string id;
  std::string name;
  std::string kind;
};

Target read_target(const DynamicView& item, std::vector<Property>& properties) {
  Target target;
  BagCursor members(item);
  std::string_view key;
  for (DynamicView value; members.next(key, value);) {
    if (key == "id") target.id = text_of(value);
    if (key == "displayName") target.name = text_of(value);
    if (key == "type") target.kind = text_of(value);
    if (key == "modifiedProperties") read_properties(value, properties);
  }
  return target;
}

int rank(const Target& target) {
  if (target.kind == "ServicePrincipal") return 2;
  return target.kind == "Application" ? 1 : 0;
}

/// The target is the first service principal, wherever it stands in the list, else the first
/// registration, else the first thing at all.
void read_targets(const DynamicView& list, Body& body) {
  ArrayCursor cursor(list);
  Target best;
  bool any = false;
  for (DynamicView item; cursor.next(item);) {
    Target target = read_target(item, body.properties);
    if (any && rank(target) <= rank(best)) continue;
    best = std::move(target);
    any = true;
  }
  body.target_id = std::move(best.id);
  body.target_name = std::move(best.name);
  body.target_kind = std::move(best.kind);
}

std::string address(const DynamicView& value) {
  std::string text = text_of(value);
  return text == "<null>" ? std::string() : text;
}

void read_initiator(const DynamicView& initiator, Body& body) {
  const DynamicView user = initiator.member("user");
  const DynamicView app = initiator.member("app");
  if (!user.is_null()) {
    body.actor_upn = text_of(user.member("userPrincipalName"));
    body.actor_id = text_of(user.member("id"));
    body.ip = address(user.member("ipAddress"));
    if (!body.actor_upn.empty() || !body.actor_id.empty() || app.is_null()) return;
  }
  if (app.is_null()) return;
  body.by_app = true;
  body.actor_name = text_of(app.member("displayName"));
  body.actor_id = text_of(app.member("servicePrincipalId"));
}

void read_details(const DynamicView& list, Body& body) {
  ArrayCursor cursor(list);
  for (DynamicView item; cursor.next(item);) {
    const std::string key = text_of(item.member("key"));
    if (key == "User-Agent") body.user_agent = text_of(item.member("value"));
    if (key == "AppId") body.detail_app_id = text_of(item.member("value"));
  }
}

}  // namespace

Body read_directory_body(const Members& members) {
  Body body;
  body.time = text_of(members.view(Member::kActivityTime, Member::kActivityTimeUpper));
  if (body.time.empty()) body.time = text_of(members.view(Member::kTimeGenerated));
  body.result = text_of(members.view(Member::kResult, Member::kResultUpper));
  body.reason = text_of(members.view(Member::kReason, Member::kReasonUpper));
  body.row_id = text_of(members.view(Member::kId, Member::kIdUpper));
  body.correlation_id = text_of(members.view(Member::kCorrelation, Member::kCorrelationUpper));
  const Opened initiator(members.view(Member::kInitiatedBy, Member::kInitiatedByUpper));
  read_initiator(initiator.view(), body);
  const Opened targets(members.view(Member::kTargets, Member::kTargetsUpper));
  read_targets(targets.view(), body);
  const Opened details(members.view(Member::kDetails, Member::kDetailsUpper));
  read_details(details.view(), body);
  return body;
}

}  // namespace quarry::consent_audit
