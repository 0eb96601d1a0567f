#include "tools/lr/driver/fetcher.h"

#include "common/net/download.h"
#include "common/net/service_error.h"
#include "common/services/live_response/refusal.h"
#include "tools/lr/driver/unpack.h"

#include <unistd.h>

#include <chrono>
#include <utility>

namespace quarry::lr {
namespace {

constexpr int kExpired = 403;  // what storage says of an old signature

tl::unexpected<FetchError> failed(Error error, bool may_try_again) {
  return tl::unexpected(FetchError{std::move(error), may_try_again});
}

/// The file as the service has it, compressed mostly.
std::string stored_path(const std::string& path) { return path + ".stored"; }

bool may_pass(const Error& error) { return error.code() == ErrorCode::kRemote; }

}  // namespace

void Fetcher::give_up(const std::string& path) { net::discard_part(stored_path(path)); }

void Fetcher::start(Wanted wanted, Done done) {
  ask_for_link(std::make_shared<Job>(Job{std::move(wanted), std::move(done)}));
}

void Fetcher::ask_for_link(const JobPtr& job) {
  const std::string& id = job->wanted.action_id;
  http_.start(
      job->wanted.is_package ? api_.package_link(id) : api_.result_link(id, job->wanted.command),
      [this, job](net::Outcome outcome) {
        if (!outcome.result) {
          const Error error = outcome.result.error();
          return job->done(failed(error, may_pass(error)));
        }
        const net::Response& response = *outcome.result;
        if (!response.is_success())
          return job->done(
              failed(live_response::explain(response, "ask for the result", "Machine.Read.All"),
                     response.status >= 500));
        const Result<std::string> link = live_response::parse_link(response.body);
        if (!link) return job->done(failed(link.error(), true));
        download(job, *link);
      });
}

void Fetcher::download(const JobPtr& job, const std::string& link) {
  job->wanted.is_file ? download_file(job, link) : download_output(job, link);
}

/// The signature has run out while the request waited: a new link, once.
void Fetcher::refused(const JobPtr& job, const Error& error, int status) {
  if (status == kExpired && !job->renewed) {
    job->renewed = true;
    return ask_for_link(job);
  }
  job->done(failed(error, may_pass(error) || status == kExpired));
}

void Fetcher::download_output(const JobPtr& job, const std::string& link) {
  http_.start({.url = link}, [this, job](net::Outcome outcome) {
    if (!outcome.result) return refused(job, outcome.result.error(), 0);
    const net::Response& response = *outcome.result;
    if (!response.is_success())
      return refused(job, net::error_of(response, "download the result"), response.status);
    job->done(Arrived{.output = live_response::read_script_output(response.body), .file = {}});
  });
}

void Fetcher::download_file(const JobPtr& job, const std::string& link) {
  const std::string stored = stored_path(job->wanted.path);
  net::start_download(
      http_, {.url = link}, stored, {.max_size = max_bytes_, .keep_part = true},
      "download the file", [this, job, stored](Result<net::Downloaded> arrived) {
        if (!arrived)
          return refused(job, arrived.error(),
                         arrived.error().code() == ErrorCode::kAuth ? kExpired : 0);
        unpacking_.push_back(
            {job, std::async(std::launch::async, [wanted = job->wanted, stored, limit = max_bytes_,
                                                  sha256 = arrived->sha256] {
               return unpack(stored, sha256, wanted.path, wanted.device_path, limit);
             })});
      });
}

void Fetcher::step() {
  for (auto it = unpacking_.begin(); it != unpacking_.end();) {
    if (it->result.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
      ++it;
      continue;
    }
    Unpacking ended = std::move(*it);
    it = unpacking_.erase(it);
    Result<StoredFile> file = ended.result.get();
    if (!file) {
      ended.job->done(failed(file.error(), false));
    } else {
      ended.job->done(Arrived{.output = {}, .file = *std::move(file)});
    }
  }
}

}  // namespace quarry::lr
