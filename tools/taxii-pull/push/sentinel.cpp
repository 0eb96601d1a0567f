// STIX objects as Sentinel's upload API takes them: five types, 100 a request, what it requires
// looked at before it is refused.
#include "common/json/object_writer.h"
#include "common/value/dynamic.h"
#include "tools/taxii-pull/push/upload.h"

#include <algorithm>
#include <array>
#include <span>

namespace quarry::taxii_pull {
namespace {

constexpr std::size_t kMost = 100;

/// What tells the two APIs apart.
struct Dialect {
  std::string_view list;  // the member that holds the objects
  std::span<const std::string_view> types;
};
constexpr std::array<std::string_view, 5> kTypes{"indicator", "attack-pattern", "threat-actor",
                                                 "identity", "relationship"};
constexpr Dialect kCurrent{"stixobjects", kTypes};
constexpr Dialect kOld{"indicators", std::span(kTypes).first(1)};

class SentinelUpload : public Upload {
 public:
  SentinelUpload(UploadOptions options, const Dialect& dialect)
      : options_(std::move(options)), dialect_(dialect) {}

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
  bool has_type(const DynamicView& object) const {
    std::string scratch;
    const auto type = object.member("type").as_string(scratch);
    return type && std::ranges::find(dialect_.types, *type) != dialect_.types.end();
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
        .raw(dialect_.list, "[" + std::exchange(body_, {}) + "]");
    return options_.take({writer.take(), std::exchange(count_, 0)});
  }

  UploadOptions options_;
  const Dialect& dialect_;
  std::string body_;
  std::size_t count_ = 0;
};

}  // namespace

std::unique_ptr<Upload> make_sentinel_upload(UploadOptions options) {
  return std::make_unique<SentinelUpload>(std::move(options), kCurrent);
}

std::unique_ptr<Upload> make_old_sentinel_upload(UploadOptions options) {
  return std::make_unique<SentinelUpload>(std::move(options), kOld);
}

}  // namespace quarry::taxii_pull
