#include "tools/incident-link/entities/entity_types.h"

#include <algorithm>
#include <array>

namespace quarry::incident_link {
namespace {

using Names = std::string_view;
constexpr Names kUser[]{"aadUserId", "userPrincipalName", "sid"};
constexpr Names kDevice[]{"deviceId", "deviceName"};
constexpr Names kMailbox[]{"mailboxPrimaryAddress"};
constexpr Names kMessage[]{"networkMessageId"};
constexpr Names kHashes[]{"sha256", "sha1"};
constexpr Names kAddress[]{"address"};
constexpr Names kUrl[]{"url"};
constexpr Names kKey[]{"key"};
constexpr Names kValue[]{"key", "valueName"};
constexpr Names kApp[]{"appId", "name"};
constexpr Names kOAuthApp[]{"oAuthAppId"};
constexpr Names kGroup[]{"objectGuid", "sid", "distinguishedName"};
constexpr Names kAzure[]{"resourceId"};
constexpr Names kAmazon[]{"amazonResourceId"};
constexpr Names kGoogle[]{"fullResourceName"};

constexpr Role kImpacted = Role::kImpacted;
constexpr Role kRelated = Role::kRelated;

constexpr EntityType kTypes[]{
    {"user", kUser, kImpacted},
    {"device", kDevice, kImpacted},
    {"mailbox", kMailbox, kImpacted},
    {"cloudApplication", kApp, kImpacted},
    {"azureResource", kAzure, kImpacted},
    {"amazonResource", kAmazon, kImpacted},
    {"googleCloudResource", kGoogle, kImpacted},
    {"emailMessage", kMessage, kRelated},
    {"emailCluster", kMessage, kRelated},
    {"file", kHashes, kRelated},
    {"process", kHashes, kRelated},
    {"ip", kAddress, kRelated},
    {"url", kUrl, kRelated},
    {"registryKey", kKey, kRelated},
    {"registryValue", kValue, kRelated},
    {"oAuthApplication", kOAuthApp, kRelated},
    {"securityGroup", kGroup, kRelated},
};

constexpr ColumnProposal kProposals[]{
    {"DeviceId", "device", "deviceId", kImpacted, "device"},
    {"DeviceName", "device", "deviceName", kImpacted, "device"},
    {"Computer", "device", "deviceName", kImpacted, "device"},
    {"device_id", "device", "deviceId", kImpacted, "device"},
    {"device", "device", "deviceName", kImpacted, "device"},
    {"AccountObjectId", "user", "aadUserId", kImpacted, "account"},
    {"AccountSid", "user", "sid", kImpacted, "account"},
    {"AccountUpn", "user", "userPrincipalName", kImpacted, "account"},
    {"UserPrincipalName", "user", "userPrincipalName", kImpacted, "account"},
    {"user", "user", "userPrincipalName", kImpacted, "account"},
    {"RecipientEmailAddress", "mailbox", "mailboxPrimaryAddress", kImpacted, "mailbox"},
    {"ApplicationId", "cloudApplication", "appId", kImpacted, "application"},
    {"Application", "cloudApplication", "name", kImpacted, "application"},
    {"ResourceId", "azureResource", "resourceId", kImpacted, "resource"},
    {"InitiatingProcessAccountObjectId", "user", "aadUserId", kRelated, "initiator"},
    {"InitiatingProcessAccountSid", "user", "sid", kRelated, "initiator"},
    {"InitiatingProcessAccountUpn", "user", "userPrincipalName", kRelated, "initiator"},
    {"SenderObjectId", "user", "aadUserId", kRelated, "sender"},
    {"RecipientObjectId", "user", "aadUserId", kRelated, "recipient"},
    {"NetworkMessageId", "emailMessage", "networkMessageId", kRelated, "message"},
    {"SHA256", "file", "sha256", kRelated, "file"},
    {"SHA1", "file", "sha1", kRelated, "file"},
    {"file.sha256", "file", "sha256", kRelated, "file"},
    {"InitiatingProcessSHA256", "process", "sha256", kRelated, "process"},
    {"InitiatingProcessSHA1", "process", "sha1", kRelated, "process"},
    {"RemoteIP", "ip", "address", kRelated, "remote address"},
    {"LocalIP", "ip", "address", kRelated, "local address"},
    {"IPAddress", "ip", "address", kRelated, "address"},
    {"SenderIPv4", "ip", "address", kRelated, "sender's address"},
    {"SenderIPv6", "ip", "address", kRelated, "sender's address"},
    {"ip", "ip", "address", kRelated, "address"},
    {"NetworkIP", "ip", "address", kRelated, "address"},
    {"RemoteUrl", "url", "url", kRelated, "remote url"},
    {"Url", "url", "url", kRelated, "url"},
    {"RegistryKey", "registryKey", "key", kRelated, "key"},
    {"OAuthAppId", "oAuthApplication", "oAuthAppId", kRelated, "oauth application"},
    {"app_id", "oAuthApplication", "oAuthAppId", kRelated, "oauth application"},
};

}  // namespace

std::span<const EntityType> entity_types() { return kTypes; }
std::span<const ColumnProposal> column_proposals() { return kProposals; }

const EntityType* find_entity_type(std::string_view name) {
  const auto* const found = std::find_if(std::begin(kTypes), std::end(kTypes),
                                         [&](const EntityType& type) { return type.name == name; });
  return found == std::end(kTypes) ? nullptr : found;
}

}  // namespace quarry::incident_link
