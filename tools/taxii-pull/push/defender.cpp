// Indicators as Defender for Endpoint imports them ("Import indicators API"): 500 a call.
#include "common/base/unicode.h"
#include "common/json/object_writer.h"
#include "common/time/format.h"
#include "tools/taxii-pull/push/upload.h"
#include "tools/taxii-pull/rows/legacy_columns.h"

#include <unordered_set>

namespace quarry::taxii_pull {
namespace {

using C = LegacyColumn;

constexpr std::size_t kMost = 500;
constexpr std::size_t kLongestTitle = 200;

class DefenderUpload : public Upload {
 public:
  explicit DefenderUpload(UploadOptions options) : options_(std::move(options)) {}

  Result<void> row(const RowTable&, const Row& row) override {
    row_ = &row;
    if (!text(C::kObservableKey).empty() && cell(C::kAlone).number == 0) {
      ++left_out_.not_alone;
    } else if (text(C::kTrafficLightProtocolLevel) == "red") {
      ++left_out_.too_red;
    } else if (const Kind kind = kind_of(); kind.type.empty()) {
      ++left_out_.no_type;
    } else if (seen_.insert(std::string(kind.type) + kind.value).second) {
      add(kind);
    }
    return count_ < kMost ? ok() : hand_on();
  }
  Result<void> object(std::string_view) override { return ok(); }
  Result<void> finish() override { return count_ == 0 ? ok() : hand_on(); }

 private:
  struct Kind {
    std::string_view type;
    std::string value;
  };

  const Cell& cell(C column) const { return row_->cells()[static_cast<std::size_t>(column)]; }
  std::string text(C column) const {
    return cell(column).kind == Cell::Kind::kAbsent ? "" : cell(column).text;
  }

  Kind kind_of() const {
    if (const std::string hash = text(C::kFileHashValue); !hash.empty()) {
      const std::string type = text(C::kFileHashType);
      if (type == "SHA-256") return {"FileSha256", hash};
      if (type == "SHA-1") return {"FileSha1", hash};
      return {type == "MD5" ? "FileMd5" : "", hash};
    }
    for (const C column : {C::kNetworkDestinationIP, C::kNetworkIP, C::kNetworkSourceIP}) {
      if (std::string address = text(column); !address.empty())
        return {"IpAddress", std::move(address)};
    }
    if (std::string url = text(C::kUrl); !url.empty()) return {"Url", std::move(url)};
    if (std::string domain = text(C::kDomainName); !domain.empty())
      return {"DomainName", std::move(domain)};
    if (text(C::kObservableKey) == "x509-certificate:hashes.'SHA-1'")
      return {"CertificateThumbprint", text(C::kObservableValue)};
    return {};
  }

  /// Defender knows four words; a score is all that STIX has.
  std::string_view severity() const {
    const Cell& score = cell(C::kConfidenceScore);
    if (score.kind == Cell::Kind::kAbsent) return "Medium";
    return score.real >= 80 ? "High" : score.real >= 40 ? "Medium" : "Low";
  }

  void add(const Kind& kind) {
    const std::string description = text(C::kDescription);
    std::string title(unicode::prefix_of_bytes(description, kLongestTitle));
    if (title.empty()) title = text(C::kExternalIndicatorId);
    json::ObjectWriter writer;
    writer.text("indicatorValue", kind.value)
        .text("indicatorType", kind.type)
        .text("title", title)
        .text("application", text(C::kSourceSystem))
        .text("expirationTime", to_string(Datetime{cell(C::kExpirationDateTime).number}))
        .text("action", options_.action)
        .text("severity", severity())
        .text("description", description.empty() ? title : description)
        .text("externalId", text(C::kIndicatorId))
        .boolean("generateAlert", options_.action != "Allowed");
    body_ += count_++ == 0 ? R"({"Indicators":[)" : ",";
    body_ += writer.take();
  }

  Result<void> hand_on() {
    UploadBatch batch{std::exchange(body_, {}) + "]}", std::exchange(count_, 0)};
    return options_.take(std::move(batch));
  }

  UploadOptions options_;
  const Row* row_ = nullptr;
  std::unordered_set<std::string> seen_;
  std::string body_;
  std::size_t count_ = 0;
};

}  // namespace

std::unique_ptr<Upload> make_defender_upload(UploadOptions options) {
  return std::make_unique<DefenderUpload>(std::move(options));
}

}  // namespace quarry::taxii_pull
