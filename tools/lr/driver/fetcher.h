// Brings results from the service: a link that lives for minutes, then the bytes behind it. A link
// that has expired is asked for once more.
#pragma once

#include "common/net/http.h"
#include "common/services/live_response/api.h"
#include "common/services/live_response/script_output.h"
#include "tools/lr/log/result_row.h"

#include <cstdint>
#include <functional>
#include <future>
#include <list>
#include <memory>
#include <optional>
#include <string>

namespace quarry::lr {

/// One thing to fetch.
struct Wanted {
  std::string action_id;
  std::int64_t command = 0;
  bool is_file = false;     // GetFile: to `path`; else what a script printed
  bool is_package = false;  // an investigation package: a file, by a link of another kind
  std::string path;         // on this machine
  std::string device_path;  // of GetFile
};

struct Arrived {
  std::optional<live_response::ScriptOutput> output;
  std::optional<StoredFile> file;
};

struct FetchError {
  Error error;
  bool may_try_again = false;
};

/// Used by one thread; `done` is called from step() or from the Http's.
class Fetcher {
 public:
  using Done = std::function<void(tl::expected<Arrived, FetchError>)>;
  /// All outlive the fetcher.
  Fetcher(net::Http& http, const live_response::Api& api, std::uint64_t max_bytes)
      : http_(http), api_(api), max_bytes_(max_bytes) {}

  void start(Wanted wanted, Done done);
  /// Removes what has come of a file that will not be asked for again.
  static void give_up(const std::string& path);
  /// Looks after files that are being unpacked.
  void step();
  bool is_idle() const { return unpacking_.empty(); }

 private:
  struct Job {
    Wanted wanted;
    Done done;
    bool renewed = false;
  };
  using JobPtr = std::shared_ptr<Job>;
  struct Unpacking {
    JobPtr job;
    std::future<Result<StoredFile>> result;
  };

  void ask_for_link(const JobPtr& job);
  void download(const JobPtr& job, const std::string& link);
  void download_output(const JobPtr& job, const std::string& link);
  void download_file(const JobPtr& job, const std::string& link);
  void refused(const JobPtr& job, const Error& error, int status);

  net::Http& http_;
  const live_response::Api& api_;
  std::uint64_t max_bytes_;
  std::list<Unpacking> unpacking_;
};

}  // namespace quarry::lr
