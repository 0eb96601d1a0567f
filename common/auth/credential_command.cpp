// A program of the user's own that prints the application's secret (a keyring, a vault) or a ready
// token as az does.
#include "common/auth/az_answer.h"
#include "common/auth/client_secret.h"
#include "common/auth/credential.h"
#include "common/auth/jwt.h"
#include "common/base/process.h"

#include <fmt/format.h>

#include <string>
#include <utility>

namespace quarry::auth {
namespace {

class CredentialCommand : public Credential {
 public:
  explicit CredentialCommand(const SignIn& sign_in) : sign_in_(sign_in) {}

  Result<Token> fetch(const std::string& scope) override {
    QUARRY_TRY(const Secret printed, run());
    if (std::optional<Token> token = read_az_answer(printed.reveal(), sign_in_.clock)) {
      QUARRY_CHECK(check_bearer(token->text));
      return *std::move(token);
    }
    QUARRY_CHECK(need_application(sign_in_.connection));
    return fetch_with_secret(sign_in_, scope, printed);
  }
  std::string describe() const override {
    return fmt::format("credential of '{}'", sign_in_.connection.credential_command.front());
  }

 private:
  Result<Secret> run() const {
    const std::vector<std::string>& words = sign_in_.connection.credential_command;
    QUARRY_TRY(ProcessOutcome outcome, run_process(words, {.cancel = sign_in_.cancel}));
    if (outcome.status != 0) {
      // What it printed on standard error is the user's own; a secret has no business there.
      const std::string reason = outcome.errors.substr(0, outcome.errors.find('\n'));
      return fail(ErrorCode::kAuth,
                  fmt::format("credential_command '{}' ended with status {}{}{}", words.front(),
                              outcome.status, reason.empty() ? "" : ": ", reason.substr(0, 400)));
    }
    std::string text(outcome.output.reveal());
    while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
    if (text.empty())
      return fail(ErrorCode::kAuth,
                  fmt::format("credential_command '{}' printed nothing", words.front()));
    return Secret(std::move(text));
  }

  const SignIn& sign_in_;
};

}  // namespace

Result<CredentialPtr> credential_command(const SignIn& sign_in) {
  if (sign_in.connection.credential_command.empty())
    return fail(ErrorCode::kUsage, "no credential_command is configured",
                "credential_command = [\"program\", \"argument\"] in a profile");
  return std::make_unique<CredentialCommand>(sign_in);
}

}  // namespace quarry::auth
