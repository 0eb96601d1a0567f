#include "common/auth/jwt.h"

#include "common/base/base64.h"
#include "common/base/text.h"
#include "common/json/document.h"

#include <algorithm>

namespace quarry::auth {
namespace {

constexpr std::size_t kLargestToken = 64 << 10;

std::string text_at(const json::Node& root, std::string_view key) {
  return std::string(root.find(key).as_string().value_or(""));
}

std::string first_text(const json::Node& root, std::string_view a, std::string_view b) {
  std::string text = text_at(root, a);
  return text.empty() ? text_at(root, b) : text;
}

void read_permissions(const json::Node& root, Claims& claims) {
  const json::Node roles = root.find("roles");
  for (std::size_t i = 0; i < roles.size(); ++i) {
    if (const auto role = roles[i].as_string()) claims.permissions.emplace_back(*role);
  }
  const auto scopes = root.find("scp").as_string();
  if (!scopes) return;
  claims.of_person = true;
  for (const std::string_view scope : text::split(*scopes, ' ')) {
    if (!scope.empty()) claims.permissions.emplace_back(scope);
  }
}

}  // namespace

std::optional<Claims> read_claims(std::string_view token) {
  const std::size_t first = token.find('.');
  const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos || token.size() > kLargestToken) return std::nullopt;
  const auto payload = decode_base64(token.substr(first + 1, second - first - 1));
  if (!payload) return std::nullopt;
  const auto document = json::Document::parse(*payload, "token");
  if (!document || !document->root().is_object()) return std::nullopt;
  const json::Node root = document->root();
  Claims claims;
  claims.audience = text_at(root, "aud");
  claims.tenant = text_at(root, "tid");
  claims.application = first_text(root, "appid", "azp");
  claims.issuer = text_at(root, "iss");
  claims.subject = text_at(root, "sub");
  claims.name = first_text(root, "upn", "preferred_username");
  claims.expires = root.find("exp").as_int64();
  read_permissions(root, claims);
  return claims;
}

Result<void> check_bearer(const Secret& token) {
  const std::string_view text = token.reveal();
  const bool fits = !text.empty() && std::all_of(text.begin(), text.end(),
                                                 [](char c) { return c > 0x20 && c < 0x7F; });
  if (fits) return ok();
  return fail(ErrorCode::kAuth,
              text.empty() ? "the token is empty" : "the token holds characters that no token has");
}

}  // namespace quarry::auth
