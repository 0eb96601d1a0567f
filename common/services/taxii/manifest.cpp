#include "common/services/taxii/walk.h"
#include "common/value/dynamic.h"

namespace quarry::services::taxii {
namespace {

/// Keeps the latest date of the entries that pass.
class LatestDate : public ObjectSink {
 public:
  Result<void> begin() override { return ok(); }
  Result<void> take(std::string_view json) override {
    std::string scratch;
    const auto text = DynamicView(json).member("date_added").as_string(scratch);
    const auto date = text ? parse_added_date(*text) : std::nullopt;
    if (date && (!latest_ || date->at > latest_->at)) latest_ = date;
    ++entries_;
    return ok();
  }
  Result<std::size_t> seal() override { return std::exchange(entries_, 0); }
  Result<void> publish(std::optional<Datetime>) override { return ok(); }
  const std::optional<AddedDate>& latest() const { return latest_; }

 private:
  std::optional<AddedDate> latest_;
  std::size_t entries_ = 0;
};

}  // namespace

std::optional<AddedDate> latest_in_manifest(Server& server, const std::string& collection_url,
                                            const WalkOptions& options) {
  LatestDate latest;
  WalkOptions quick = options;
  quick.retries = 0;
  const WalkResult result =
      walk(server, collection_url, Resource::kManifest, std::move(quick), latest);
  return result.error ? std::nullopt : latest.latest();
}

}  // namespace quarry::services::taxii
