#include "common/auth/connection_options.h"

#include "common/auth/cloud.h"

#include <array>
#include <span>
#include <vector>

namespace quarry::auth {
namespace {

using config::OptionDef;
using config::OptionKind;
using Words = std::span<const std::string_view>;

Words cloud_words() {
  static const std::vector<std::string_view> kWords = [] {
    std::vector<std::string_view> names;
    for (const CloudDef& cloud : clouds()) names.push_back(cloud.name);
    return names;
  }();
  return kWords;
}

Words auth_words() {
  static constexpr std::array<std::string_view, 10> kWords{
      "auto",    "secret",      "certificate", "federated", "managed-identity",
      "command", "device-code", "az",          "token",     "none"};
  return kWords;
}

Words algorithm_words() {
  static constexpr std::array<std::string_view, 2> kWords{"PS256", "RS256"};
  return kWords;
}

constexpr OptionDef kOptions[]{
    {.name = "cloud",
     .metavar = "NAME",
     .help = "Use the addresses of this cloud",
     .kind = OptionKind::kChoice,
     .variable = "QUARRY_CLOUD",
     .key = "cloud",
     .default_text = "public",
     .choices = cloud_words},
    {.name = "all-profiles", .help = "Use every [profile.NAME] of the configuration in turn"},
    {.name = "tenant",
     .metavar = "ID",
     .help = "Sign in to this tenant: its GUID or one of its domains",
     .kind = OptionKind::kValue,
     .variable = "QUARRY_TENANT",
     .key = "tenant"},
    {.name = "auth",
     .metavar = "KIND",
     .help = "Sign in this way only; without it the first that is configured: a token, a secret, a "
             "certificate, a federated token, az. auto also asks the machine's managed identity",
     .kind = OptionKind::kChoice,
     .key = "auth",
     .choices = auth_words},
    {.name = "client-id",
     .metavar = "ID",
     .help = "Sign in as this application",
     .kind = OptionKind::kValue,
     .key = "client_id"},
    {.name = "client-secret-file",
     .metavar = "FILE",
     .help = "Take the application's secret from FILE, which nobody else may read",
     .kind = OptionKind::kValue,
     .key = "client_secret_file"},
    {.name = "client-certificate",
     .metavar = "FILE",
     .help = "Sign in with the certificate and key in FILE (PEM or PKCS#12)",
     .kind = OptionKind::kValue,
     .key = "client_certificate"},
    {.name = "client-key",
     .metavar = "FILE",
     .help = "Take the certificate's key from FILE (PEM)",
     .kind = OptionKind::kValue,
     .key = "client_key"},
    {.name = "certificate-password-file",
     .metavar = "FILE",
     .help = "Open the certificate or its key with the password in FILE",
     .kind = OptionKind::kValue,
     .key = "certificate_password_file"},
    {.name = "assertion-alg",
     .metavar = "NAME",
     .help = "Sign assertions with this algorithm; RS256 is for old authorities",
     .kind = OptionKind::kChoice,
     .key = "assertion_alg",
     .default_text = "PS256",
     .choices = algorithm_words},
    {.name = "send-x5c",
     .help = "Send the certificate along with assertions (subject name and issuer)",
     .key = "send_x5c"},
    {.name = "token-file",
     .metavar = "FILE",
     .help = "Use the ready bearer token in FILE",
     .kind = OptionKind::kValue},
    // A list of words in the configuration, never on the command line: it would be visible there.
    {.name = "credential-command",
     .metavar = "WORD",
     .help = "Program and arguments, without a shell, that print the secret or a token as az does; "
             "in the configuration a list",
     .kind = OptionKind::kList,
     .key = "credential_command",
     .hidden = true},
    {.name = "token-cache",
     .help =
         "Never keep tokens on disk; else they lie there, for the user alone, until they expire",
     .key = "token_cache",
     .default_text = "true"},
    {.name = "ca-file",
     .metavar = "FILE",
     .help = "Trust the authorities in FILE (PEM) instead of the system's",
     .kind = OptionKind::kValue,
     .variable = "SSL_CERT_FILE",
     .key = "ca_file"},
    {.name = "retries",
     .metavar = "N",
     .help = "Repeat a request that failed so many times, where that does no harm",
     .kind = OptionKind::kValue,
     .key = "retries",
     .default_text = "4"},
    {.name = "login-url",
     .metavar = "URL",
     .help = "Address of the sign-in service",
     .kind = OptionKind::kValue,
     .variable = "QUARRY_LOGIN_URL",
     .key = "login_url"},
    {.name = "graph-url",
     .metavar = "URL",
     .help = "Address of Microsoft Graph",
     .kind = OptionKind::kValue,
     .variable = "QUARRY_GRAPH_URL",
     .key = "graph_url"},
    {.name = "mde-url",
     .metavar = "URL",
     .help = "Address of Defender",
     .kind = OptionKind::kValue,
     .variable = "QUARRY_MDE_URL",
     .key = "mde_url"},
    {.name = "arm-url",
     .metavar = "URL",
     .help = "Address of Azure Resource Manager",
     .kind = OptionKind::kValue,
     .variable = "QUARRY_ARM_URL",
     .key = "arm_url"},
    {.name = "logs-url",
     .metavar = "URL",
     .help = "Address of Log Analytics",
     .kind = OptionKind::kValue,
     .variable = "QUARRY_LOGS_URL",
     .key = "logs_url"},
    {.name = "adx-url",
     .metavar = "URL",
     .help = "Address of the Data Explorer cluster",
     .kind = OptionKind::kValue,
     .variable = "QUARRY_ADX_URL",
     .key = "adx_url"},
    {.name = "blob-url",
     .metavar = "URL",
     .help = "Address of the storage account",
     .kind = OptionKind::kValue,
     .variable = "QUARRY_BLOB_URL",
     .key = "blob_url"},
    {.name = "graph-scope",
     .metavar = "SCOPE",
     .help = "Scope of tokens for Microsoft Graph",
     .kind = OptionKind::kValue,
     .variable = "QUARRY_GRAPH_SCOPE",
     .key = "graph_scope",
     .hidden = true},
    {.name = "mde-scope",
     .metavar = "SCOPE",
     .help = "Scope of tokens for Defender",
     .kind = OptionKind::kValue,
     .variable = "QUARRY_MDE_SCOPE",
     .key = "mde_scope",
     .hidden = true},
    {.name = "arm-scope",
     .metavar = "SCOPE",
     .help = "Scope of tokens for Azure Resource Manager",
     .kind = OptionKind::kValue,
     .variable = "QUARRY_ARM_SCOPE",
     .key = "arm_scope",
     .hidden = true},
    {.name = "logs-scope",
     .metavar = "SCOPE",
     .help = "Scope of tokens for Log Analytics",
     .kind = OptionKind::kValue,
     .variable = "QUARRY_LOGS_SCOPE",
     .key = "logs_scope",
     .hidden = true},
    {.name = "adx-scope",
     .metavar = "SCOPE",
     .help = "Scope of tokens for the Data Explorer cluster",
     .kind = OptionKind::kValue,
     .variable = "QUARRY_ADX_SCOPE",
     .key = "adx_scope",
     .hidden = true},
    {.name = "blob-scope",
     .metavar = "SCOPE",
     .help = "Scope of tokens for the storage account",
     .kind = OptionKind::kValue,
     .variable = "QUARRY_BLOB_SCOPE",
     .key = "blob_scope",
     .hidden = true},
};

}  // namespace

const config::OptionTable kConnectionOptions{"Connection", kOptions};

}  // namespace quarry::auth
