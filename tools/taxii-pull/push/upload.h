// Bodies of requests that hand indicators to a service, in batches of the size that it takes.
#pragma once

#include "common/base/result.h"
#include "common/net/rate_limit.h"
#include "tools/taxii-pull/rows/row_output.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace quarry::taxii_pull {

struct UploadBatch {
  std::string body;       // JSON
  std::size_t count = 0;  // records in it
};

/// What is never handed on, and why not: told at the end.
struct LeftOut {
  std::uint64_t not_alone = 0;
  std::uint64_t too_red = 0;  // TLP red
  std::uint64_t no_type = 0;  // the service has no type for it (networks, mail, registry)
  std::uint64_t incomplete = 0;
};

struct UploadOptions {
  std::string source;            // Sentinel: sourcesystem
  std::string action = "Audit";  // Defender
  /// Gets each batch when it is full.
  std::function<Result<void>(UploadBatch batch)> take;
};

/// Takes rows or objects and gives batches.
class Upload : public RowOutput {
 public:
  const LeftOut& left_out() const { return left_out_; }

 protected:
  LeftOut left_out_;
};

/// Rows of the legacy shape, their confidence looked at before -> POST api/indicators/import.
std::unique_ptr<Upload> make_defender_upload(UploadOptions options);
/// STIX objects -> POST …:upload. Confidence and marking have been looked at by who hands them in.
std::unique_ptr<Upload> make_sentinel_upload(UploadOptions options);
/// The same for the API before, which takes indicators alone.
std::unique_ptr<Upload> make_old_sentinel_upload(UploadOptions options);

}  // namespace quarry::taxii_pull
