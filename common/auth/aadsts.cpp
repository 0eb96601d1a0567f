#include "common/auth/aadsts.h"

#include "common/base/text.h"
#include "common/json/document.h"
#include "common/net/service_error.h"

#include <fmt/format.h>

#include <array>
#include <string>

namespace quarry::auth {
namespace {

constexpr std::string_view kCheckClock =
    "check this machine's clock; an assertion may be off by 5 minutes";
constexpr std::string_view kPolicy =
    "a person or a policy of the tenant has to act; an application signs in without";

constexpr std::array<SignInError, 38> kErrors{{
    {7000215, "wrong client secret",
     "often the secret's id was taken for its value; make a new one"},
    {7000222, "the client secret has expired", "make a new one"},
    {700016, "the application is not in this tenant", "check client id, tenant and consent"},
    {7000229, "the application has no service principal in this tenant",
     "check client id, tenant and consent"},
    {90002, "the tenant is unknown", "check tenant and cloud"},
    {900023, "the tenant is malformed", "check tenant and cloud"},
    {700027, "the certificate is not registered, or the signature does not fit",
     "register the certificate with the application; compare thumbprints"},
    {700024, "the assertion is not within its valid time", kCheckClock},
    {700030, "the certificate is not valid", "check its dates and its chain"},
    {700023, "the assertion is made out to another audience", "check the login address"},
    {70021, "no federated credential matches", "compare issuer, subject and audience"},
    {700211, "no federated credential has this issuer", "compare issuer, subject and audience"},
    {700213, "no federated credential has this subject", "compare issuer, subject and audience"},
    {500011, "the tenant does not know the resource",
     "the scope is wrong, or the tenant has no licence for the product"},
    {70011, "the scope is malformed", "scopes of applications end in /.default"},
    {1002012, "the scope is malformed", "scopes of applications end in /.default"},
    {65001, "consent is missing",
     "an administrator has to consent to the application's permissions"},
    {90094, "an administrator has to consent",
     "an administrator has to consent to the application's permissions"},
    {65002, "this client is not allowed to ask for the resource",
     "register an application of your own; az cannot ask for this one"},
    {50076, "multi-factor authentication is demanded", kPolicy},
    {50079, "multi-factor authentication has to be set up", kPolicy},
    {50158, "an external challenge is demanded", kPolicy},
    {53000, "a compliant device is demanded", kPolicy},
    {53001, "a joined device is demanded", kPolicy},
    {53002, "the application is not approved", kPolicy},
    {53003, "Conditional Access blocks the sign-in", kPolicy},
    {50105, "the user is not assigned to the application", kPolicy},
    {7000218, "the application allows no public client flow",
     "enable it for the application, or use a secret or a certificate"},
    {7000112, "the application is disabled", "an administrator has to enable it"},
    {50057, "the user is disabled", "an administrator has to enable the account"},
    {70016, "the device code was not used yet", "go on waiting"},
    {70020, "the device code has expired", "start again"},
    {700082, "the refresh token has expired", "sign in again"},
    {50173, "the refresh token was revoked", "sign in again"},
    {70043, "the refresh token is no longer valid", "sign in again"},
    {90033, "the service is busy", "try again", true},
    {50196, "the client asked in a loop", "try again later", true},
    {90025, "the service is busy", "try again", true},
}};

}  // namespace

const SignInError* find_sign_in_error(std::uint32_t code) {
  for (const SignInError& error : kErrors) {
    if (error.code == code) return &error;
  }
  return nullptr;
}

std::optional<std::uint32_t> sign_in_code(const net::Response& response) {
  const auto document = json::Document::parse(response.body, "answer");
  if (!document) return std::nullopt;
  const json::Node codes = document->root().find("error_codes");
  if (const auto code = codes[0].as_int64(); code && *code > 0 && *code <= UINT32_MAX)
    return static_cast<std::uint32_t>(*code);
  const std::string_view text = document->root().find("error_description").as_string().value_or("");
  constexpr std::string_view kMark = "AADSTS";
  const std::size_t at = text.find(kMark);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view digits = text.substr(at + kMark.size());
  const auto code = text::parse_int64(digits.substr(0, digits.find_first_not_of("0123456789")));
  if (!code || *code <= 0 || *code > UINT32_MAX) return std::nullopt;
  return static_cast<std::uint32_t>(*code);
}

bool is_transient_sign_in(const net::Response& response) {
  if (response.is_success() || response.status == 429 || response.status >= 500) return false;
  const auto code = sign_in_code(response);
  const SignInError* const known = code ? find_sign_in_error(*code) : nullptr;
  return (known != nullptr && known->transient) ||
         net::read_service_error(response).code == "temporarily_unavailable";
}

Error sign_in_error(const net::Response& response) {
  const net::ServiceError said = net::read_service_error(response);
  const auto code = sign_in_code(response);
  const SignInError* const known = code ? find_sign_in_error(*code) : nullptr;
  std::string message = "sign-in refused";
  if (code) message += fmt::format(": AADSTS{}", *code);
  if (known != nullptr) {
    message += fmt::format(": {}", known->meaning);
  } else {
    if (!code) message += fmt::format(": HTTP {}", response.status);
    if (!said.code.empty()) message += ": " + said.code;
    // The service's text ends with ids and times of its own; the first line says it.
    message += ": " + said.message.substr(0, said.message.find_first_of("\r\n"));
  }
  if (!said.request_id.empty()) message += fmt::format(" (correlation id {})", said.request_id);
  std::string hint(known == nullptr ? "" : known->advice);
  if (known != nullptr && known->code == 700024) {
    const auto date = response.header("Date");
    if (date) hint += fmt::format("; the service says it is {}", *date);
  }
  const bool is_refusal = response.status >= 400 && response.status < 500 &&
                          response.status != 429 && !(known != nullptr && known->transient);
  return Error(is_refusal ? ErrorCode::kAuth : ErrorCode::kRemote, std::move(message),
               std::move(hint));
}

}  // namespace quarry::auth
