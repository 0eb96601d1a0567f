// The unified audit log: rows of record type 8, by whichever door they came.
#include "common/base/text.h"
#include "common/value/guid.h"
#include "tools/consent-audit/audit/body.h"

namespace quarry::consent_audit {
namespace {

constexpr std::string_view kUser = "User_";
constexpr std::string_view kServicePrincipal = "ServicePrincipal_";
constexpr std::string_view kApplication = "Application_";

bool is_guid(std::string_view text) { return text.size() == 36 && parse_guid(text).has_value(); }

/// Entries {"ID":…,"Type":n} of Actor and Target.
template <class Take>
void for_each_id(const DynamicView& list, const Take& take) {
  ArrayCursor cursor(list);
  for (DynamicView item; cursor.next(item);) {
    std::string id;
    std::string type;
    BagCursor members(item);
    std::string_view key;
    for (DynamicView value; members.next(key, value);) {
      if (key == "ID") id = text_of(value);
      if (key == "Type") type = text_of(value);
    }
    take(std::move(id), type.size() == 1 ? type[0] : '?');
  }
}

/// Type 5 is the user's name, 2 says what and which object, 1 is a display name. With a user
/// beside it the display name is that of the service which acted for him.
void read_actor(const DynamicView& list, Body& body) {
  bool application = false;
  for_each_id(list, [&](std::string id, char type) {
    if (type == '5' && body.actor_upn.empty())
      body.actor_upn = std::move(id);
    else if (type == '1')
      body.actor_name = std::move(id);
    else if (type == '2' && id.starts_with(kUser))
      body.actor_id = id.substr(kUser.size());
    else if (type == '2' && id.starts_with(kServicePrincipal)) {
      application = true;
      if (body.actor_id.empty()) body.actor_id = id.substr(kServicePrincipal.size());
    }
  });
  body.by_app = body.actor_upn.empty() && (application || !body.actor_name.empty());
}

void read_target(const DynamicView& list, Body& body) {
  std::vector<std::string> bare;
  for_each_id(list, [&](std::string id, char type) {
    if (type == '1' && body.target_name.empty()) body.target_name = std::move(id);
    if (type != '2') return;
    if (id.starts_with(kServicePrincipal)) {
      body.target_kind = "ServicePrincipal";
      body.target_id = id.substr(kServicePrincipal.size());
    } else if (id.starts_with(kApplication) && body.target_kind.empty()) {
      body.target_kind = "Application";
      body.target_id = id.substr(kApplication.size());
    } else if (is_guid(id)) {
      bare.push_back(text::lower_ascii(id));
    }
  });
  if (body.target_kind != "ServicePrincipal") return;
  for (std::string& id : bare)
    if (id != body.target_id) body.target_app_id = std::move(id);
}

void read_properties(const DynamicView& list, std::vector<Property>& properties) {
  ArrayCursor cursor(list);
  for (DynamicView item; cursor.next(item);) {
    Property property;
    BagCursor members(item);
    std::string_view key;
    for (DynamicView value; members.next(key, value);) {
      if (key == "Name") property.name = text_of(value);
      if (key == "OldValue") property.before = unquoted(text_of(value));
      if (key == "NewValue") property.after = unquoted(text_of(value));
    }
    if (!property.name.empty()) properties.push_back(std::move(property));
  }
}

void read_extended(const DynamicView& list, Body& body) {
  ArrayCursor cursor(list);
  for (DynamicView item; cursor.next(item);) {
    if (text_of(item.member("Name")) != "additionalDetails") continue;
    const Opened details(item.member("Value"));
    body.user_agent = text_of(details.view().member("User-Agent"));
    body.detail_app_id = text_of(details.view().member("AppId"));
  }
}

}  // namespace

Body read_unified_body(const Members& members) {
  Body body;
  body.time = text_of(members.view(Member::kCreationTime));
  body.result = text_of(members.view(Member::kResultStatus));
  body.row_id = text_of(members.view(Member::kIdUpper));
  body.correlation_id = text_of(members.view(Member::kInterSystemsId));
  body.ip = text_of(members.view(Member::kActorIp, Member::kClientIp));
  const Opened actor(members.view(Member::kActor));
  read_actor(actor.view(), body);
  const std::string user_id = text_of(members.view(Member::kUserId));
  if (body.actor_upn.empty() && !body.by_app && user_id.find('@') != std::string::npos)
    body.actor_upn = user_id;
  const Opened target(members.view(Member::kTarget));
  read_target(target.view(), body);
  const std::string object_id = text_of(members.view(Member::kObjectId));
  if (body.target_app_id.empty() && body.target_kind == "ServicePrincipal" && is_guid(object_id))
    body.target_app_id = text::lower_ascii(object_id);
  const Opened properties(members.view(Member::kModifiedProperties));
  read_properties(properties.view(), body.properties);
  const Opened extended(members.view(Member::kExtendedProperties));
  read_extended(extended.view(), body);
  return body;
}

}  // namespace quarry::consent_audit
