#include "common/services/taxii/walk.h"

#include "common/time/parse.h"

#include <algorithm>

namespace quarry::services::taxii {
namespace {

Datetime later(std::optional<Datetime> floor, Datetime at) {
  return floor ? std::max(*floor, at) : at;
}

/// Between the server's clock in Date and that of its insertions.
constexpr std::int64_t kMargin = 10 * kTicksPerMinute;

WalkResult walk_either(Server& server, const std::string& url, const WalkOptions& options,
                       ObjectSink& sink) {
  // A 2.1 request that is answered 406 to all of its forms turns the server into a 2.0 one.
  if (server.version() == Version::k21) {
    WalkResult result = walk_pages(server, url, options, sink);
    if (server.version() == Version::k21) return result;
  }
  return walk_ranges(server, url, options, sink);
}

}  // namespace

void count_page(WalkResult& result, const PageEnd& end) {
  if (result.pages++ == 0) {
    const auto date = end.head.header("Date");
    if (date) result.first_answer = parse_datetime(*date);
  }
  result.objects += end.objects;
  result.fresh += end.fresh;
}

void ResumePoint::page(const PageEnd& end) {
  if (!end.last) return;
  const AddedDate first = end.first.value_or(*end.last);
  const bool in_order = first.at <= end.last->at && (!previous_ || first.at >= previous_->at);
  ascending_ = ascending_ && in_order;
  if (ascending_ && previous_) resume_ = later(resume_, previous_->before());
  if (!ascending_) resume_ = start_;
  for (const AddedDate& date : {first, *end.last}) {
    if (!latest_ || date.at > latest_->at) latest_ = date;
  }
  previous_ = end.last;
}

std::optional<Datetime> ResumePoint::at_end() const {
  return latest_ ? std::optional(later(start_, latest_->before())) : start_;
}

WalkResult walk(Server& server, const std::string& collection_url, Resource resource,
                WalkOptions options, ObjectSink& sink) {
  const std::string url =
      collection_url + (resource == Resource::kObjects ? "objects/" : "manifest/");
  WalkResult result = walk_either(server, url, options, sink);
  if (resource != Resource::kObjects || result.error || result.dated || result.objects == 0)
    return result;
  if (const auto latest = latest_in_manifest(server, collection_url, options)) {
    result.resume = latest->before();
  } else if (result.first_answer) {
    result.resume = Datetime{result.first_answer->ticks - kMargin};
  }
  return result;
}

}  // namespace quarry::services::taxii
