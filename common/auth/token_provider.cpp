#include "common/auth/token_provider.h"

#include <algorithm>
#include <utility>

namespace quarry::auth {
namespace {

/// Renewed so long before the end, as Microsoft's library does; a short-lived one at half its time.
constexpr double kMargin = 300;

}  // namespace

TokenProvider::TokenProvider(const SignIn& sign_in, CredentialPtr credential,
                             std::string cache_folder)
    : sign_in_(sign_in),
      credential_(std::move(credential)),
      cache_(credential_->may_be_cached() ? std::move(cache_folder) : "") {}

bool TokenProvider::is_good(const Token& token) const {
  if (token.text.empty()) return false;
  if (token.expires == 0) return true;  // it does not say: until the service refuses it
  const double lifetime = std::max(0.0, token.expires - token.obtained);
  return token.expires - std::min(kMargin, lifetime / 2) > sign_in_.clock.wall();
}

double TokenProvider::expires(const std::string& scope) const {
  const auto found = tokens_.find(scope);
  return found == tokens_.end() ? 0 : found->second.expires;
}

Result<Secret> TokenProvider::token(const std::string& scope) {
  const auto found = tokens_.find(scope);
  if (found != tokens_.end() && is_good(found->second)) return found->second.text;
  return obtain(scope, nullptr);
}

Result<Secret> TokenProvider::renew(const std::string& scope, const Secret& refused) {
  const auto found = tokens_.find(scope);
  if (found != tokens_.end() && found->second.text.reveal() != refused.reveal() &&
      is_good(found->second))
    return found->second.text;
  if (!credential_->can_renew()) return refused;
  return obtain(scope, &refused);
}

Result<Secret> TokenProvider::obtain(const std::string& scope, const Secret* refused) {
  const std::string key = TokenCache::key_of(sign_in_.connection, scope, credential_->describe());
  QUARRY_TRY(const auto lock, cache_.lock(key, sign_in_.cancel));
  // Another process may have renewed it while this one waited.
  std::optional<Token> kept = cache_.load(key);
  const bool is_refused = kept && refused != nullptr && kept->text.reveal() == refused->reveal();
  if (kept && !is_refused && is_good(*kept)) {
    tokens_[scope] = *kept;
    return kept->text;
  }
  Result<Token> fresh = fetch(scope, kept);
  if (!fresh) {
    if (refused != nullptr) cache_.forget(key);
    return fail(fresh.error());
  }
  cache_.store(key, *fresh);
  tokens_[scope] = *fresh;
  return fresh->text;
}

Result<Token> TokenProvider::fetch(const std::string& scope, const std::optional<Token>& kept) {
  const auto in_memory = tokens_.find(scope);
  Secret refresh = kept ? kept->refresh : Secret();
  if (refresh.empty() && in_memory != tokens_.end()) refresh = in_memory->second.refresh;
  if (!refresh.empty()) {
    Result<Token> renewed = credential_->refresh(scope, refresh);
    if (renewed) {
      // A service that sends no new refresh token means the old one to go on.
      if (renewed->refresh.empty()) renewed->refresh = refresh;
      return renewed;
    }
    if (renewed.error().code() != ErrorCode::kAuth) return renewed;
  }
  return credential_->fetch(scope);
}

}  // namespace quarry::auth
