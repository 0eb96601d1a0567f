// TAXII 2.1: pages that say `more` and `next`. Tokens are not all alike (some servers give the page
// after the last one asked for, whatever became of it), so a request with `next` is repeated only
// where the server refused it; else the chain begins anew from the resume date.
#include "common/net/pause.h"
#include "common/net/url.h"
#include "common/services/taxii/problem.h"
#include "common/services/taxii/walk.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace quarry::services::taxii {
namespace {

constexpr std::uint64_t kFirstLimit = 1000;  // where the server found its own too large
constexpr std::uint64_t kLargestLimit = 1 << 20;
constexpr int kIdlePages = 50;  // in a row, without an object that is new

bool may_come_later(int status) {
  return status == 500 || status == 502 || status == 503 || status == 504;
}

class PagedWalk {
 public:
  PagedWalk(Server& server, std::string url, const WalkOptions& options, ObjectSink& sink)
      : server_(server),
        url_(std::move(url)),
        options_(options),
        sink_(sink),
        point_(options.after),
        after_(options.after),
        limit_(options.filters.limit) {}

  WalkResult run();

 private:
  std::unique_ptr<PageFetch> start();
  /// False: the walk is over.
  bool on_page(const PageEnd& end);
  bool on_refusal(const PageEnd& end);
  bool on_break(const PageEnd& end);
  bool go_on_by_date(const PageEnd& end);
  bool restart();
  bool wait();
  bool end_with(Error error) {
    result_.error = std::move(error);
    return false;
  }

  Server& server_;
  std::string url_;
  const WalkOptions& options_;
  ObjectSink& sink_;
  ResumePoint point_;
  WalkResult result_;
  std::optional<Datetime> after_;  // of the chain that is running
  std::string next_;
  std::uint64_t limit_;
  int failures_ = 0;  // since something new came
  int idle_ = 0;      // pages in a row without anything new
  int stuck_ = 0;     // of them: going on by date without getting anywhere
  bool token_died_ = false;
  bool changed_ = false;  // version or form of Accept
};

std::unique_ptr<PageFetch> PagedWalk::start() {
  std::optional<std::string> after;
  if (after_) after = added_after_text(*after_);
  net::Parameters parameters = parameters_of(options_.filters, after);
  if (limit_ > 0) parameters.emplace_back("limit", std::to_string(limit_));
  if (!next_.empty()) parameters.emplace_back("next", next_);
  net::Request request = server_.request(net::with_parameters(url_, parameters), Content::kStix);
  if (!next_.empty()) request.repeat = net::Repeat::kLookUp;
  return std::make_unique<PageFetch>(server_.http(), std::move(request), sink_, "get objects");
}

bool PagedWalk::wait() {
  if (++failures_ > options_.retries) return false;
  const net::Seconds delay(static_cast<double>(1 << std::min(failures_ - 1, 6)));
  const Result<void> paused = net::pause(*options_.clock, delay, options_.cancel);
  if (!paused) result_.error = paused.error();
  return paused.has_value();
}

bool PagedWalk::restart() {
  after_ = point_.so_far();
  point_.restart();
  next_.clear();
  return true;
}

bool PagedWalk::on_refusal(const PageEnd& end) {
  const int status = end.head.status;
  const Error problem = problem_of(end.head, "get objects");
  if (status == 406 || status == 415) {
    changed_ = server_.try_next_form();
    if (changed_ && server_.version() == Version::k21) return true;
    return end_with(problem);
  }
  if (status == 413 && limit_ != 1) {
    limit_ = limit_ == 0 ? kFirstLimit : limit_ / 2;
    return restart();
  }
  result_.not_found = status == 404;
  if (next_.empty()) return end_with(problem);
  if (status == 400 && !std::exchange(token_died_, true)) return restart();
  if (may_come_later(status) && wait()) return true;  // the same request: it was refused
  return end_with(result_.error.value_or(problem));
}

bool PagedWalk::on_break(const PageEnd& end) {
  const ErrorCode code = end.error->code();
  const bool hopeless = code != ErrorCode::kRemote && code != ErrorCode::kData;
  if (hopeless || !wait()) return end_with(result_.error.value_or(*end.error));
  return restart();
}

// Without a token the date of the last object leads on; one unit back, because objects of that date
// may stand on both sides of the border.
bool PagedWalk::go_on_by_date(const PageEnd& end) {
  next_.clear();
  if (!end.last) {
    return end_with(Error(ErrorCode::kRemote,
                          "the server says that there is more, but gives neither a token nor dates "
                          "to go on with",
                          "a larger --limit may bring all at once"));
  }
  const Datetime before = end.last->before();
  if (end.fresh > 0 || !after_ || before > *after_) {
    stuck_ = 0;
    after_ = after_ ? std::max(*after_, before) : before;
    return true;
  }
  // A page full of one date: ask for more of it, then step over it.
  ++stuck_;
  if (stuck_ <= 6 && limit_ > 0 && limit_ * 2 <= kLargestLimit) {
    limit_ *= 2;
    return true;
  }
  if (end.last->at > *after_) {
    result_.doubtful = true;
    after_ = end.last->at;
    return true;
  }
  server_.warn("the server says that there is more and gives nothing new; taken as the end");
  return false;
}

bool PagedWalk::on_page(const PageEnd& end) {
  count_page(result_, end);
  if (end.fresh > 0) {
    failures_ = idle_ = 0;
    token_died_ = false;
  } else {
    ++idle_;
  }
  point_.page(end);
  if (!end.more) return false;
  const bool known_history = end.objects > 0 && !end.next.empty() && end.next != next_;
  if (idle_ > kIdlePages && !known_history)
    return end_with(
        Error(ErrorCode::kRemote,
              fmt::format("{} pages brought nothing new, and the server says that there "
                          "is more",
                          idle_)));
  if (end.next.empty()) return go_on_by_date(end);
  next_ = end.next;
  return true;
}

WalkResult PagedWalk::run() {
  std::unique_ptr<PageFetch> fetch = start();
  bool going = true;
  while (going) {
    const PageEnd end = fetch->wait();
    fetch.reset();
    if (end.kind == PageEnd::Kind::kRefused) {
      going = on_refusal(end);
    } else if (end.kind == PageEnd::Kind::kBroken) {
      going = on_break(end);
    } else {
      going = on_page(end);
      if (going) {
        // The server works on the next page while this one is made lasting.
        fetch = start();
        server_.http().step(net::Seconds(0));
      }
      const Result<void> published = sink_.publish(point_.so_far());
      if (!published) {
        result_.error = published.error();
        break;
      }
    }
    if (going && !fetch) fetch = start();
  }
  result_.resume = result_.error ? point_.so_far() : point_.at_end();
  result_.dated = point_.has_dates();
  return std::move(result_);
}

}  // namespace

WalkResult walk_pages(Server& server, const std::string& url, const WalkOptions& options,
                      ObjectSink& sink) {
  return PagedWalk(server, url, options, sink).run();
}

}  // namespace quarry::services::taxii
