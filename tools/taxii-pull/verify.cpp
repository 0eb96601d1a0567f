#include "tools/taxii-pull/verify.h"

#include "common/value/dynamic.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace quarry::taxii_pull {
namespace {

namespace taxii = services::taxii;

constexpr std::size_t kIdsAtOnce = 20;  // addresses have limits

/// Collects the ids of entries that the store does not know.
class MissingIds : public taxii::ObjectSink {
 public:
  explicit MissingIds(ObjectIndex& index) : index_(index) {}
  Result<void> begin() override { return ok(); }
  Result<void> take(std::string_view json) override {
    ++entries_;
    const DynamicView entry(json);
    std::string id_scratch, scratch;
    const auto id = entry.member("id").as_string(id_scratch);
    if (!id) return ok();
    if (const auto version = entry.member("version").as_string(scratch)) note(*id, *version);
    ArrayCursor versions(entry.member("versions"));  // TAXII 2.0
    for (DynamicView item; versions.next(item);) {
      if (const auto version = item.as_string(scratch)) note(*id, *version);
    }
    return ok();
  }
  Result<std::size_t> seal() override { return std::exchange(entries_, 0); }
  Result<void> publish(std::optional<Datetime>) override { return ok(); }

  std::vector<std::string> ids() {
    std::sort(ids_.begin(), ids_.end());
    ids_.erase(std::unique(ids_.begin(), ids_.end()), ids_.end());
    return std::move(ids_);
  }
  std::uint64_t versions() const { return versions_; }

 private:
  void note(std::string_view id, std::string_view version) {
    if (index_.has(id, version)) return;
    ++versions_;
    ids_.emplace_back(id);
  }
  ObjectIndex& index_;
  std::vector<std::string> ids_;
  std::uint64_t versions_ = 0;
  std::size_t entries_ = 0;
};

/// What is fetched by id says nothing about how far the collection has been read.
class KeepingResume : public taxii::ObjectSink {
 public:
  explicit KeepingResume(taxii::ObjectSink& sink) : sink_(sink) {}
  Result<void> begin() override { return sink_.begin(); }
  Result<void> take(std::string_view json) override { return sink_.take(json); }
  Result<std::size_t> seal() override { return sink_.seal(); }
  Result<void> publish(std::optional<Datetime>) override { return sink_.publish(std::nullopt); }

 private:
  taxii::ObjectSink& sink_;
};

}  // namespace

Verification verify_collection(taxii::Server& server, const std::string& collection_url,
                               const taxii::WalkOptions& options, FeedStore& store,
                               taxii::ObjectSink& sink) {
  Verification out;
  MissingIds missing(store.index());
  const taxii::WalkResult manifest =
      taxii::walk(server, collection_url, taxii::Resource::kManifest, options, missing);
  if (manifest.error) {
    out.error = manifest.error;
    return out;
  }
  out.missing = missing.versions();
  const std::vector<std::string> ids = missing.ids();
  KeepingResume keeping(sink);
  for (std::size_t at = 0; at < ids.size(); at += kIdsAtOnce) {
    std::string some;
    for (std::size_t i = at; i < std::min(ids.size(), at + kIdsAtOnce); ++i)
      some += (some.empty() ? "" : ",") + ids[i];
    taxii::WalkOptions by_id = options;
    by_id.after = std::nullopt;
    by_id.filters.match.emplace_back("id", some);
    const taxii::WalkResult fetched =
        taxii::walk(server, collection_url, taxii::Resource::kObjects, std::move(by_id), keeping);
    out.fetched += fetched.fresh;
    if (fetched.error) {
      out.error = fetched.error;
      return out;
    }
  }
  if (out.fetched < out.missing) {
    out.error = Error(ErrorCode::kRemote,
                      fmt::format("the manifest names {} versions that the server does not give",
                                  out.missing - out.fetched));
  }
  return out;
}

}  // namespace quarry::taxii_pull
