// The options of a connection: which cloud, which tenant, who we are. Declared once; the tools that
// go online list the table, the others know its keys.
#pragma once

#include "common/config/option.h"

#include <string_view>

namespace quarry::auth {

extern const config::OptionTable kConnectionOptions;

/// Variables of other tools that are honoured where ours say nothing, neither on the command line
/// nor in the environment or a profile: AZURE_TENANT_ID and its kin.
inline constexpr std::string_view kAzureVariables =
    "AZURE_TENANT_ID AZURE_CLIENT_ID AZURE_CLIENT_CERTIFICATE_PATH "
    "AZURE_CLIENT_CERTIFICATE_PASSWORD AZURE_FEDERATED_TOKEN_FILE AZURE_CLIENT_SECRET "
    "AZURE_AUTHORITY_HOST";

}  // namespace quarry::auth
