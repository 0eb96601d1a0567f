// STIX objects as Sentinel's upload API takes them: five types, 100 a request, what it requires
// looked at before it is refused.
#include "common/json/object_writer.h"
#include "common/value/dynamic.h"
#include "tools/taxii-pull/push/upload.h"

#include <algorithm>
#include <array>

namespace quarry::taxii_pull {
namespace {

constexpr std::size_t kMost = 100;

class SentinelUpload : public Upload {
 public:
  explicit SentinelUpload(UploadOptions options) : options_(std::move(options)) {}

  Result<void> row(const RowTable&, const Row&) override { return ok(); }
  Result<void> object(std::string_view json) override {
    const DynamicView object(json);
    if (!has_type(object)) {
      ++left_out_.no_type;
      return ok();
    }
    if (!is_complete(object)) {
      ++left_out_.incomplete;
      return ok();
    }
    body_ += count_++ == 0 ? "" : ",";
    append_compact(body_, json);
    return count_ < kMost ? ok() : hand_on();
  }
  Result<void> finish() override { return count_ == 0 ? ok() : hand_on(); }

 private:
  static bool has_type(const DynamicView& object) {
    constexpr std::array<std::string_view, 5> kTypes{"indicator", "attack-pattern", "threat-actor",
                                                     "identity", "relationship"};
    std::string scratch;
    const auto type = object.member("type").as_string(scratch);
    return type && std::find(kTypes.begin(), kTypes.end(), *type) != kTypes.end();
  }
  static bool is_complete(const DynamicView& object) {
    constexpr std::array<std::string_view, 3> kAll{"id", "created", "modified"};
    constexpr std::array<std::string_view, 3> kIndicator{"pattern", "pattern_type", "valid_from"};
    const auto there = [&object](std::string_view key) { return !object.member(key).is_null(); };
    std::string scratch;
    const bool indicator = object.member("type").as_string(scratch) == "indicator";
    return std::all_of(kAll.begin(), kAll.end(), there) &&
           (!indicator || std::all_of(kIndicator.begin(), kIndicator.end(), there));
  }

  Result<void> hand_on() {
    json::ObjectWriter writer;
    writer.text("sourcesystem", options_.source)
        .raw("stixobjects", "[" + std::exchange(body_, {}) + "]");
    return options_.take({writer.take(), std::exchange(count_, 0)});
  }

  UploadOptions options_;
  std::string body_;
  std::size_t count_ = 0;
};

}  // namespace

std::unique_ptr<Upload> make_sentinel_upload(UploadOptions options) {
  return std::make_unique<SentinelUpload>(std::move(options));
}

}  // namespace quarry::taxii_pull
