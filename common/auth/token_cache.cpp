#include "common/auth/token_cache.h"

#include "common/base/digest.h"
#include "common/json/document.h"
#include "common/json/object_writer.h"

#include <fmt/format.h>

#include <poll.h>
#include <unistd.h>

namespace quarry::auth {
namespace {

constexpr int kLookAgainMilliseconds = 20;

}  // namespace

std::string TokenCache::key_of(const Connection& connection, std::string_view scope,
                               std::string_view credential) {
  return hex_digest(DigestKind::kSha256,
                    fmt::format("{}\n{}\n{}\n{}\n{}", connection.login_url, connection.tenant,
                                connection.client_id, scope, credential));
}

std::string TokenCache::path_of(const std::string& key) const {
  return fmt::format("{}/{}.json", folder_, key);
}

Result<std::optional<LockedFile>> TokenCache::lock(const std::string& key,
                                                   const CancelToken* cancel) const {
  if (folder_.empty() || !make_private_folder(folder_)) return std::optional<LockedFile>();
  const std::string path = fmt::format("{}/{}.lock", folder_, key);
  for (;;) {
    Result<LockedFile> file = LockedFile::open(path, LockedFile::Wait::kNever);
    if (file) return std::optional<LockedFile>(*std::move(file));
    if (file.error().code() != ErrorCode::kRefused) return std::optional<LockedFile>();
    // The other one may be waiting for a person: Ctrl-C must still work.
    if (cancel != nullptr && cancel->cancelled())
      return fail(cancel->error().value_or(Error(ErrorCode::kInterrupted, "no longer needed")));
    pollfd stop{cancel == nullptr ? -1 : cancel->descriptor(), POLLIN, 0};
    ::poll(&stop, 1, kLookAgainMilliseconds);
  }
}

std::optional<Token> TokenCache::load(const std::string& key) const {
  if (folder_.empty()) return std::nullopt;
  const Result<Secret> text = read_private_file(path_of(key));
  if (!text) return std::nullopt;
  const auto document = json::Document::parse(text->reveal(), "token");
  if (!document) return std::nullopt;
  const json::Node root = document->root();
  const auto token_text = root.find("token").as_string();
  if (root.find("v").as_int64() != 1 || !token_text || token_text->empty()) return std::nullopt;
  Token token;
  token.text = Secret(std::string(*token_text));
  token.expires = root.find("expires").as_double().value_or(0);
  token.obtained = root.find("obtained").as_double().value_or(0);
  if (const auto refresh = root.find("refresh").as_string())
    token.refresh = Secret(std::string(*refresh));
  return token;
}

void TokenCache::store(const std::string& key, const Token& token) const {
  if (folder_.empty()) return;
  json::ObjectWriter writer;
  writer.number("v", 1)
      .number("obtained", static_cast<std::int64_t>(token.obtained))
      .number("expires", static_cast<std::int64_t>(token.expires))
      .text("token", token.text.reveal())
      .text_if("refresh", token.refresh.reveal());
  const Secret text(writer.take());
  static_cast<void>(write_private_file(path_of(key), text.reveal()));
}

void TokenCache::forget(const std::string& key) const {
  if (!folder_.empty()) ::unlink(path_of(key).c_str());
}

}  // namespace quarry::auth
