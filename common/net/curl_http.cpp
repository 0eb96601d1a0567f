#include "common/net/curl_http.h"

#include "common/net/transfer.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <utility>
#include <vector>

namespace quarry::net {
namespace {

constexpr long kConnectionsPerHost = 8;
constexpr long kConnections = 32;

void initialise_once() {
  static const CURLcode done = ::curl_global_init(CURL_GLOBAL_DEFAULT);
  static_cast<void>(done);
}

}  // namespace

class CurlHttp::Multi {
 public:
  explicit Multi(CurlOptions options) : options_(std::move(options)) {
    initialise_once();
    multi_ = ::curl_multi_init();
    ::curl_multi_setopt(multi_, CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_MULTIPLEX));
    ::curl_multi_setopt(multi_, CURLMOPT_MAX_HOST_CONNECTIONS, kConnectionsPerHost);
    ::curl_multi_setopt(multi_, CURLMOPT_MAX_TOTAL_CONNECTIONS, kConnections);
  }
  ~Multi() {
    for (auto& [handle, transfer] : transfers_) ::curl_multi_remove_handle(multi_, handle);
    transfers_.clear();
    ::curl_multi_cleanup(multi_);
  }
  Multi(const Multi&) = delete;
  Multi& operator=(const Multi&) = delete;

  void start(Request request, Completion done) {
    // The completion is kept apart until the transfer stands: a refusal needs it too.
    Result<std::unique_ptr<net::Transfer>> made =
        net::Transfer::make(std::move(request), done, options_);
    if (!made) {
      ended_.push_back({std::move(done), {fail(made.error()), Delivery::kNotSent}});
      return;
    }
    CURL* const handle = (*made)->handle();
    ::curl_multi_add_handle(multi_, handle);
    transfers_.emplace(handle, *std::move(made));
  }

  void step(Seconds at_most) {
    give_up_cancelled();
    int running = 0;
    ::curl_multi_perform(multi_, &running);
    collect();
    if (ended_.empty() && !transfers_.empty()) {
      wait(at_most);
      ::curl_multi_perform(multi_, &running);
      give_up_cancelled();
      collect();
    }
    deliver();
  }

  std::size_t in_flight() const { return transfers_.size() + ended_.size(); }

 private:
  struct Ended {
    Completion done;
    Outcome outcome;
  };

  bool cancelled() const { return options_.cancel != nullptr && options_.cancel->cancelled(); }

  void wait(Seconds at_most) {
    // Once cancelled the descriptor stays readable: polling it would not wait any more.
    curl_waitfd stop{};
    stop.events = CURL_WAIT_POLLIN;
    const bool watch = options_.cancel != nullptr && !cancelled();
    if (watch) stop.fd = options_.cancel->descriptor();
    const bool usable = watch && stop.fd >= 0;
    const auto milliseconds = std::clamp(at_most.count() * 1000, 0.0, 60'000.0);
    ::curl_multi_poll(multi_, usable ? &stop : nullptr, usable ? 1 : 0,
                      static_cast<int>(milliseconds), nullptr);
  }

  void give_up_cancelled() {
    if (!cancelled()) return;
    const Error error =
        options_.cancel->error().value_or(Error(ErrorCode::kInterrupted, "no longer needed"));
    for (auto it = transfers_.begin(); it != transfers_.end();) {
      if (!it->second->only_reads()) {
        ++it;
        continue;
      }
      ended_.push_back({it->second->take_completion(), it->second->give_up(error)});
      ::curl_multi_remove_handle(multi_, it->first);
      it = transfers_.erase(it);
    }
  }

  void collect() {
    int left = 0;
    while (CURLMsg* const message = ::curl_multi_info_read(multi_, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      CURL* const handle = message->easy_handle;
      const CURLcode code = message->data.result;
      const auto found = transfers_.find(handle);
      if (found == transfers_.end()) continue;
      ::curl_multi_remove_handle(multi_, handle);
      std::optional<Outcome> outcome = found->second->finish(code);
      if (!outcome) {
        ::curl_multi_add_handle(multi_, handle);
        continue;
      }
      ended_.push_back({found->second->take_completion(), *std::move(outcome)});
      transfers_.erase(found);
    }
  }

  /// Completions may start requests and step again: each is taken out before it is called.
  void deliver() {
    std::vector<Ended> batch = std::exchange(ended_, {});
    for (Ended& item : batch) item.done(std::move(item.outcome));
  }

  CurlOptions options_;
  CURLM* multi_ = nullptr;
  std::unordered_map<CURL*, std::unique_ptr<net::Transfer>> transfers_;
  std::vector<Ended> ended_;
};

CurlHttp::CurlHttp(CurlOptions options) : multi_(std::make_unique<Multi>(std::move(options))) {}
CurlHttp::~CurlHttp() = default;

void CurlHttp::start(Request request, Completion done) {
  multi_->start(std::move(request), std::move(done));
}
void CurlHttp::step(Seconds at_most) { multi_->step(at_most); }
std::size_t CurlHttp::in_flight() const { return multi_->in_flight(); }

}  // namespace quarry::net
