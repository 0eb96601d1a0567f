// TAXII 2.0: ranges of items. Goes on from the first position plus the objects received, never from
// what the answer claims: one server sends an object fewer than it says.
#include "common/base/text.h"
#include "common/net/pause.h"
#include "common/net/url.h"
#include "common/services/taxii/problem.h"
#include "common/services/taxii/walk.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::services::taxii {
namespace {

constexpr std::uint64_t kPageSize = 1000;
constexpr int kPasses = 3;  // over a collection that changes meanwhile
/// In a row, without an object that is new, and no total that says where they end. Not fewer:
/// servers that ignore added_after give all of a known collection again.
constexpr int kIdlePages = 200;

/// "items A-B/TOTAL", each part as far as it is there.
struct ContentRange {
  std::optional<std::uint64_t> first;
  std::optional<std::uint64_t> total;
};

std::optional<std::uint64_t> number(std::string_view text) {
  const auto value = text::parse_int64(text::trim_ascii(text));
  return value && *value >= 0 ? std::optional(static_cast<std::uint64_t>(*value)) : std::nullopt;
}

ContentRange content_range(const net::Response& head) {
  std::string_view text = head.header("Content-Range").value_or("");
  if (text.size() > 5 && text::iequals_ascii(text.substr(0, 5), "items")) text.remove_prefix(6);
  const std::size_t slash = text.find('/');
  const std::size_t dash = text.find('-');
  ContentRange range;
  if (dash < slash) range.first = number(text.substr(0, dash));
  if (slash != std::string_view::npos) range.total = number(text.substr(slash + 1));
  return range;
}

class RangedWalk {
 public:
  RangedWalk(Server& server, std::string url, const WalkOptions& options, ObjectSink& sink)
      : server_(server),
        url_(std::move(url)),
        options_(options),
        sink_(sink),
        point_(options.after),
        page_size_(options.filters.limit == 0 ? kPageSize : options.filters.limit) {}

  WalkResult run();

 private:
  enum class Step : std::uint8_t { kGoOn, kDone };
  PageEnd fetch();
  Step pass();
  Step on_page(const PageEnd& end);
  Step on_refusal(const PageEnd& end);
  Step on_break(const PageEnd& end);
  Step go_on(const PageEnd& end, std::optional<std::uint64_t> first);
  Step fail_with(Error error) {
    result_.error = std::move(error);
    return Step::kDone;
  }

  Server& server_;
  std::string url_;
  const WalkOptions& options_;
  ObjectSink& sink_;
  ResumePoint point_;
  WalkResult result_;
  std::uint64_t page_size_;
  std::uint64_t width_ = 0;     // of the request; wider than a page after an empty answer
  std::uint64_t position_ = 0;  // of the next object
  std::optional<std::uint64_t> first_total_;
  std::optional<std::uint64_t> total_;
  bool old_range_ = false;  // "items 0-99", as some servers want it
  bool got_page_ = false;
  int failures_ = 0;
  int idle_ = 0;  // pages in a row without anything new
};

PageEnd RangedWalk::fetch() {
  std::optional<std::string> after;
  if (options_.after) after = added_after_text(*options_.after);
  net::Request request =
      server_.request(net::with_parameters(url_, parameters_of(options_.filters, after)),
                      url_.ends_with("/manifest/") ? Content::kResource : Content::kStix);
  request.headers.push_back({"Range", fmt::format("items{}{}-{}", old_range_ ? ' ' : '=', position_,
                                                  position_ + width_ - 1)});
  return PageFetch(server_.http(), std::move(request), sink_, "get objects").wait();
}

RangedWalk::Step RangedWalk::on_refusal(const PageEnd& end) {
  const int status = end.head.status;
  if (status == 416) {
    const auto total = content_range(end.head).total;
    if (total) total_ = total;
    if (total && *total > position_)
      return fail_with(Error(
          ErrorCode::kRemote,
          fmt::format("the server refuses items from {} on, but counts {}", position_, *total)));
    return Step::kDone;
  }
  if (status == 404 && !got_page_) return Step::kDone;  // "no objects" is said so, too
  if (status == 400 && !got_page_ && !std::exchange(old_range_, true)) return Step::kGoOn;
  if ((status == 406 || status == 415) && server_.try_next_form()) return Step::kGoOn;
  if (status == 413 && page_size_ > 1) {
    page_size_ = width_ = page_size_ / 2;
    return Step::kGoOn;
  }
  return fail_with(problem_of(end.head, "get objects"));
}

RangedWalk::Step RangedWalk::on_break(const PageEnd& end) {
  const ErrorCode code = end.error->code();
  if ((code != ErrorCode::kRemote && code != ErrorCode::kData) || ++failures_ > options_.retries)
    return fail_with(*end.error);
  const Result<void> paused = net::pause(
      *options_.clock, net::Seconds(static_cast<double>(1 << std::min(failures_ - 1, 6))),
      options_.cancel);
  return paused ? Step::kGoOn : fail_with(paused.error());
}

RangedWalk::Step RangedWalk::on_page(const PageEnd& end) {
  failures_ = 0;
  got_page_ = true;
  count_page(result_, end);
  // Dates describe a slice of the manifest, in no order: only their maximum is of use.
  point_.page(end);
  if (Result<void> published = sink_.publish(options_.after); !published)
    return fail_with(published.error());
  const ContentRange range = content_range(end.head);
  if (range.total) total_ = range.total;
  if (!first_total_) first_total_ = total_;
  if (end.head.status != 206) return Step::kDone;  // all of it
  if (end.objects == 0) {
    if (!total_ || position_ >= *total_) return Step::kDone;
    if (width_ == page_size_) {
      width_ = page_size_ * 2 + 1;
      return Step::kGoOn;
    }
    return fail_with(
        Error(ErrorCode::kRemote,
              fmt::format("the server gives no objects from position {} on, but counts "
                          "{}",
                          position_, *total_)));
  }
  return go_on(end, range.first);
}

RangedWalk::Step RangedWalk::go_on(const PageEnd& end, std::optional<std::uint64_t> first) {
  const std::uint64_t position = first.value_or(position_) + end.objects;
  if (position <= position_)
    return fail_with(Error(ErrorCode::kRemote,
                           fmt::format("the server was asked for items from {} on and gives those "
                                       "from {} on again: it ignores the range",
                                       position_, *first),
                           "if it speaks TAXII 2.1, its API root for that gives all of them"));
  idle_ = end.fresh > 0 ? 0 : idle_ + 1;
  position_ = position;
  width_ = page_size_;
  if (idle_ > kIdlePages && position_ >= first_total_.value_or(0))
    return fail_with(
        Error(ErrorCode::kRemote,
              fmt::format("{} pages brought nothing new, and the server says neither how many "
                          "objects there are nor that this is the end",
                          idle_)));
  return total_ && position_ >= *total_ ? Step::kDone : Step::kGoOn;
}

RangedWalk::Step RangedWalk::pass() {
  position_ = 0;
  width_ = page_size_;
  idle_ = 0;
  total_.reset();
  first_total_.reset();
  while (true) {
    const PageEnd end = fetch();
    const Step step = end.kind == PageEnd::Kind::kRefused  ? on_refusal(end)
                      : end.kind == PageEnd::Kind::kBroken ? on_break(end)
                                                           : on_page(end);
    if (step == Step::kDone) return step;
  }
}

// Positions shift when objects are added meanwhile: go over it again until it stands still.
WalkResult RangedWalk::run() {
  for (int i = 0; i < kPasses; ++i) {
    pass();
    if (result_.error || first_total_ == total_) break;
    result_.doubtful = i + 1 == kPasses;
  }
  result_.resume = result_.error ? options_.after : point_.at_end();
  result_.dated = point_.has_dates();
  return std::move(result_);
}

}  // namespace

WalkResult walk_ranges(Server& server, const std::string& url, const WalkOptions& options,
                       ObjectSink& sink) {
  return RangedWalk(server, url, options, sink).run();
}

}  // namespace quarry::services::taxii
