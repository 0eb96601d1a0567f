#include "tools/taxii-pull/servers/places.h"

#include <fmt/format.h>

namespace quarry::taxii_pull {
namespace {

namespace taxii = services::taxii;

bool means(const taxii::Collection& collection, const std::string& name) {
  return collection.id == name || collection.alias == name || collection.title == name;
}

Error may_not_read(const taxii::Collection& collection) {
  return Error(ErrorCode::kAuth,
               fmt::format("this account may not read the collection '{}' ({}): can_read is false",
                           collection.title, collection.id),
               "ask for the permission, or name the collections that are wanted: --collection, or "
               "collections in the configuration");
}

class Search {
 public:
  Search(Session& session, const ServerSettings& settings)
      : session_(session), settings_(settings), met_(settings.collections.size()) {}
  Result<Places> run();

 private:
  bool wants_all() const { return settings_.collections.empty(); }
  Result<std::vector<std::string>> roots();
  void look_at(const std::string& root, bool is_only_one);
  void take_listed(const std::string& root, const taxii::Collection& collection);
  void take_unlisted(const std::string& root);
  void tell_missing();

  Session& session_;
  const ServerSettings& settings_;
  Places places_;
  std::vector<bool> met_;          // by name of the settings
  std::vector<std::string> bare_;  // roots without a collection
};

Result<std::vector<std::string>> Search::roots() {
  if (!settings_.api_root.empty()) {
    QUARRY_TRY(std::string root, taxii::with_slash(settings_.api_root));
    // The root tells the version; where it does not answer, its collections may.
    if (!settings_.version) {
      const auto answer = session_.server().api_root(root);
      if (!answer && answer.error().code() == ErrorCode::kAuth) return fail(answer.error());
    }
    return std::vector<std::string>{std::move(root)};
  }
  QUARRY_TRY(const taxii::Server::Found found, session_.server().look_at(settings_.url));
  std::vector<std::string> roots;
  for (const taxii::ApiRoot& root : found.roots) roots.push_back(root.url);
  // Where collections are named, those that are not found tell enough.
  if (wants_all()) places_.errors = found.silent;
  return roots;
}

void Search::take_listed(const std::string& root, const taxii::Collection& collection) {
  bool wanted = wants_all() && collection.can_read;
  if (wants_all() && !wanted) places_.errors.push_back(may_not_read(collection));
  for (std::size_t i = 0; i < met_.size(); ++i) {
    if (means(collection, settings_.collections[i])) wanted = met_[i] = true;
  }
  if (wanted) places_.found.push_back({root, collection});
}

/// Some servers hide their list from those who may read a collection.
void Search::take_unlisted(const std::string& root) {
  for (std::size_t i = 0; i < met_.size(); ++i) {
    if (met_[i]) continue;
    met_[i] = true;
    taxii::Collection collection{};
    collection.id = settings_.collections[i];
    places_.found.push_back({root, std::move(collection)});
  }
}

void Search::look_at(const std::string& root, bool is_only_one) {
  const Result<std::vector<taxii::Collection>> listed = session_.server().collections(root);
  if (!listed && wants_all()) {
    places_.errors.push_back(listed.error());
    return;
  }
  if (listed) {
    if (listed->empty()) bare_.push_back(root);
    for (const taxii::Collection& collection : *listed) take_listed(root, collection);
  }
  if (!listed || is_only_one) take_unlisted(root);
}

void Search::tell_missing() {
  for (std::size_t i = 0; i < met_.size(); ++i) {
    if (met_[i]) continue;
    places_.errors.emplace_back(
        ErrorCode::kRemote, fmt::format("no collection is called '{}'", settings_.collections[i]),
        "'taxii-pull collections' lists them");
  }
  if (!places_.found.empty()) {
    for (const std::string& root : bare_)
      session_.server().warn(fmt::format("the API root {} shows this account no collection", root));
  } else if (places_.errors.empty()) {
    places_.errors.emplace_back(ErrorCode::kAuth, "the server shows this account no collection",
                                "check the login; --collection ID reads one that is not listed");
  }
}

Result<Places> Search::run() {
  QUARRY_TRY(const std::vector<std::string> roots, this->roots());
  for (const std::string& root : roots) look_at(root, roots.size() == 1);
  tell_missing();
  return std::move(places_);
}

}  // namespace

Result<Places> find_places(Session& session, const ServerSettings& settings) {
  return Search(session, settings).run();
}

}  // namespace quarry::taxii_pull
