// The journal of a run: written before and after everything that reaches the service. run_history.h
// reads it back.
#pragma once

#include "common/actions/plan_file.h"
#include "common/base/result.h"
#include "common/journal/journal.h"
#include "tools/lr/log/result_row.h"
#include "tools/lr/log/run_history.h"
#include "tools/lr/run/job.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace quarry::lr {

/// What a plan says, as the first records of a journal: it is gone on with from them alone.
std::vector<journal::Record> plan_records(const actions::Plan& plan, const std::string& reason);

class RunLog {
 public:
  /// The journal outlives the log.
  RunLog(journal::Journal& journal, std::string reason)
      : journal_(journal), reason_(std::move(reason)) {}

  /// All steps of the plan, before the first is done.
  Result<void> begin(const actions::Plan& plan, const std::string& out_dir);
  /// From now on files go there.
  Result<void> move_to(const std::string& out_dir);
  /// Lines and outcomes of devices that are asked nothing, all at once. `on_row`: each line that
  /// the journal did not have.
  Result<void> unfit(std::span<const Unfit> devices, const RunHistory& history,
                     const std::string& run,
                     const std::function<Result<void>(const ResultRow&)>& on_row);
  /// On disk before the submission leaves.
  Result<void> intent(const Job& job, std::uint32_t attempt, const std::string& url,
                      const std::string& body_sha256);
  Result<void> sent(const Job& job, std::uint32_t attempt, const std::string& action_id, int status,
                    const std::string& request_id);
  /// The attempt is over and the device waits for another.
  Result<void> put_back(const Job& job, std::uint32_t attempt, const std::string& why);
  /// Its place is being given up: whoever finds the action cancelled knows that it was us.
  Result<void> giving_up(const Job& job, std::uint32_t attempt, const std::string& action_id);
  /// The same for a run that is being ended for good: what is found cancelled stays so.
  Result<void> cancelling(const Job& job, std::uint32_t attempt, const std::string& action_id);
  /// A file is to go there, which was free: from now on it is the run's own.
  Result<void> file_place(const Job& job, std::uint32_t attempt, std::int64_t command,
                          const std::string& path);
  Result<void> result(const std::string& key, const ResultRow& row);
  Result<void> end(const std::string& key, const std::string& device, Outcome outcome,
                   const std::string& message);

 private:
  journal::Record record(journal::Op op, const Job& job, std::uint32_t attempt) const;

  journal::Journal& journal_;
  std::string reason_;
};

}  // namespace quarry::lr
