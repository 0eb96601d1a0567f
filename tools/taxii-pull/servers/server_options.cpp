#include "tools/taxii-pull/servers/server_options.h"

#include <array>
#include <span>

namespace quarry::taxii_pull {
namespace {

using config::OptionDef;
using config::OptionKind;

std::span<const std::string_view> versions() {
  static constexpr std::array<std::string_view, 3> kWords{"auto", "2.1", "2.0"};
  return kWords;
}

constexpr OptionDef kServer[]{
    {.name = "url",
     .metavar = "URL",
     .help = "The server's discovery address",
     .kind = OptionKind::kValue,
     .key = "url"},
    {.name = "api-root",
     .metavar = "URL",
     .help = "The API root as it is, without discovery",
     .kind = OptionKind::kValue,
     .key = "api_root"},
    {.name = "collection",
     .metavar = "ID",
     .help = "A collection's id, alias or title; without it all that may be read",
     .kind = OptionKind::kList,
     .key = "collections"},
    {.name = "user",
     .metavar = "NAME",
     .help = "Sign in with user and password; the name may be an API key, the password empty",
     .kind = OptionKind::kValue,
     .key = "user"},
    {.name = "password-file",
     .metavar = "FILE",
     .help = "The file that holds the password",
     .kind = OptionKind::kValue,
     .key = "password_file"},
    {.name = "bearer-file",
     .metavar = "FILE",
     .help = "The file that holds a token for Authorization: Bearer",
     .kind = OptionKind::kValue,
     .key = "bearer_file"},
    {.name = "api-token-file",
     .metavar = "FILE",
     .help = "The file that holds a token for Authorization: Token",
     .kind = OptionKind::kValue,
     .key = "api_token_file"},
    {.name = "header-file",
     .metavar = "FILE",
     .help = "The file that holds a whole header with a secret, such as X-API-Key: 0123",
     .kind = OptionKind::kList,
     .key = "header_file"},
    {.name = "secret-variable",
     .metavar = "NAME",
     .help = "The environment variable that holds the password of --user, else a bearer token",
     .kind = OptionKind::kValue,
     .key = "secret_variable"},
    {.name = "secret-command",
     .metavar = "WORD",
     .help = "A command that prints it, word by word",
     .kind = OptionKind::kList,
     .key = "secret_command"},
    {.name = "tls-certificate",
     .metavar = "FILE",
     .help = "A client certificate: PEM, or PKCS#12 (.p12, .pfx)",
     .kind = OptionKind::kValue,
     .key = "tls_certificate"},
    {.name = "tls-key",
     .metavar = "FILE",
     .help = "Its key in PEM, where the certificate's file does not hold it",
     .kind = OptionKind::kValue,
     .key = "tls_key"},
    {.name = "tls-password-file",
     .metavar = "FILE",
     .help = "The file that holds the key's password",
     .kind = OptionKind::kValue,
     .key = "tls_password_file"},
    {.name = "server-ca-file",
     .metavar = "FILE",
     .help = "Trust these authorities instead of the system's (PEM)",
     .kind = OptionKind::kValue,
     .variable = "SSL_CERT_FILE",
     .key = "server_ca_file"},
    {.name = "verify-tls",
     .help =
         "Never check the server's certificate: anyone on the way can read and change what is sent",
     .key = "verify_tls",
     .default_text = "true"},
    {.name = "proxy",
     .metavar = "URL",
     .help = "The way out: http://, https:// or socks5h://",
     .kind = OptionKind::kValue,
     .variable = "HTTPS_PROXY",
     .key = "proxy"},
    {.name = "tries",
     .metavar = "N",
     .help = "How often in a row something that fails is tried again",
     .kind = OptionKind::kValue,
     .key = "tries",
     .default_text = "4"},
    {.name = "taxii",
     .metavar = "VERSION",
     .help = "The version that the server speaks, where it does not say so itself",
     .kind = OptionKind::kChoice,
     .key = "taxii",
     .default_text = "auto",
     .choices = versions},
};

constexpr OptionDef kPull[]{
    {.name = "match",
     .metavar = "KEY=VALUE",
     .help = "Only objects that fit: type=indicator, id=…, version=all, spec_version=2.1",
     .kind = OptionKind::kList,
     .key = "match"},
    {.name = "added-after",
     .metavar = "INSTANT",
     .help = "Begin with objects that were added to the server later than this",
     .kind = OptionKind::kValue,
     .key = "added_after"},
    {.name = "limit",
     .metavar = "N",
     .help = "Objects a page; 0 leaves it to the server",
     .kind = OptionKind::kValue,
     .key = "limit",
     .default_text = "1000"},
    {.name = "overlap",
     .metavar = "DURATION",
     .help = "Read so much of the past again, for servers that insert late",
     .kind = OptionKind::kValue,
     .key = "overlap"},
    {.name = "interval",
     .metavar = "DURATION",
     .help = "Without names, leave out what was pulled less than this ago",
     .kind = OptionKind::kValue,
     .key = "interval"},
    {.name = "verify",
     .help = "Compare with the manifest afterwards and fetch what is missing",
     .key = "verify"},
    {.name = "append",
     .metavar = "FILE",
     .help = "The file that the rows go to; it grows together with the checkpoint",
     .kind = OptionKind::kValue},
};

}  // namespace

constinit const config::OptionTable kServerOptions{"Server", kServer};
constinit const config::OptionTable kPullOptions{"Pulling", kPull};

std::string ServerSettings::label() const {
  if (!name.empty()) return name;
  return api_root.empty() ? url : api_root;
}

}  // namespace quarry::taxii_pull
