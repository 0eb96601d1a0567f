// All objects of a collection since a date, whatever way of paging the server has, each page as
// often as it takes: who takes the objects drops those seen before.
#pragma once

#include "common/base/cancel.h"
#include "common/net/clock.h"
#include "common/services/taxii/filters.h"
#include "common/services/taxii/page_fetch.h"
#include "common/services/taxii/server.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace quarry::services::taxii {

/// What is walked: objects, or the manifest's entries about them.
enum class Resource : std::uint8_t { kObjects, kManifest };

struct WalkOptions {
  Filters filters;
  std::optional<Datetime> after;  // by the server's clock; nullopt: from the beginning
  const net::Clock* clock = nullptr;
  const CancelToken* cancel = nullptr;
  int retries = 4;  // in a row, without anything new between them
};

struct WalkResult {
  /// A later walk may begin after this date; as far as the walk came where it failed.
  std::optional<Datetime> resume;
  std::uint64_t pages = 0;
  std::uint64_t objects = 0;  // those seen before included
  std::uint64_t fresh = 0;
  bool dated = false;                    // pages carried dates
  std::optional<Datetime> first_answer;  // Date of the first page
  std::optional<Error> error;            // what ended the walk early
  bool not_found = false;                // it was a 404: no such collection, or none that is shown
  /// The server gave no way to be sure that nothing was skipped.
  bool doubtful = false;
};

/// `sink` has what the result counts as fresh; a failed walk leaves published pages published.
WalkResult walk(Server& server, const std::string& collection_url, Resource resource,
                WalkOptions options, ObjectSink& sink);

/// Counts a page, and notes the time of the first.
void count_page(WalkResult& result, const PageEnd& end);

/// The latest date_added in the manifest; nullopt where there is none.
std::optional<AddedDate> latest_in_manifest(Server& server, const std::string& collection_url,
                                            const WalkOptions& options);

// By the version of the server:
WalkResult walk_pages(Server& server, const std::string& url, const WalkOptions& options,
                      ObjectSink& sink);
WalkResult walk_ranges(Server& server, const std::string& url, const WalkOptions& options,
                       ObjectSink& sink);

/// Which dates a walk has met, and from where a later one may go on.
class ResumePoint {
 public:
  explicit ResumePoint(std::optional<Datetime> start) : start_(start), resume_(start) {}
  void page(const PageEnd& end);
  /// While the walk goes on: the date up to which the next page has shown that pages come in the
  /// order of their dates, so one page behind. A server that gives the latest first would else be
  /// taken at its first page's word.
  std::optional<Datetime> so_far() const { return resume_; }
  /// Once it is complete: the latest date of all.
  std::optional<Datetime> at_end() const;
  /// The chain begins anew at so_far(): its pages come again.
  void restart() { previous_.reset(); }
  bool has_dates() const { return latest_.has_value(); }

 private:
  std::optional<Datetime> start_;
  std::optional<Datetime> resume_;
  std::optional<AddedDate> previous_;
  std::optional<AddedDate> latest_;
  bool ascending_ = true;
};

}  // namespace quarry::services::taxii
