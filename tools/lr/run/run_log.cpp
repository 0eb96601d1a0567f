#include "tools/lr/run/run_log.h"

#include "common/json/document.h"
#include "common/json/object_writer.h"

#include <fmt/format.h>

#include <utility>

namespace quarry::lr {
namespace {

using journal::Entry;
using journal::Journal;
using journal::Op;
using journal::Record;
using journal::State;

std::string more_of(const Record& record, std::string_view key) {
  for (const auto& [name, json] : record.more) {
    if (name != key) continue;
    const auto document = json::Document::parse(json, "journal");
    if (!document) return {};
    const auto text = document->root().as_string();
    return text ? std::string(*text) : json;
  }
  return {};
}

std::string device_json(const std::string& device_id, const std::string& device) {
  return json::ObjectWriter().text("device_id", device_id).text("device", device).take();
}

/// What each kind of record says about its device.
class Reader {
 public:
  explicit Reader(RunHistory& history) : history_(history) {}

  void take(const Entry& entry) {
    const Record& record = entry.record;
    if (history_.begun.empty()) history_.begun = entry.stamp.at;
    history_.latest = entry.stamp.at;
    if (history_.by.empty()) history_.by = entry.stamp.by;
    if (history_.reason.empty()) history_.reason = record.reason;
    if (record.op == Op::kPlan) {
      if (!record.row.empty()) plan_ += record.row + "\n";
      if (const std::string dir = more_of(record, "out_dir"); !dir.empty()) history_.out_dir = dir;
      return;
    }
    const std::string what = more_of(record, "lr");
    if (what.empty()) return;
    take_of_device(entry, what, history_.devices[record.key]);
  }

  Result<void> finish(const std::string& run) {
    if (plan_.empty())
      return fail(ErrorCode::kData, "the journal holds no plan of devices",
                  "only runs of `lr run` can be gone on with");
    QUARRY_TRY(history_.plan, actions::read_plan(plan_, run, "lr"));
    return ok();
  }

 private:
  void take_of_device(const Entry& entry, const std::string& what, DeviceHistory& device) {
    const Record& record = entry.record;
    if (what == "result") {
      history_.rows.push_back(record.row);
      const auto row = json::Document::parse(record.row, "row");
      if (!row) return;
      device.done.insert(row->root().find("command").as_int64().value_or(-1));
      if (row->root().find("state").as_string() == "failed") device.some_failed = true;
      return;
    }
    if (what == "attempt") {
      device.stand = DeviceStart::Stand::kLost;
      ++device.attempts;
      device.sent_at = seconds_of(entry.stamp.at);
      device.action_id.clear();
    } else if (what == "sent") {
      device.stand = DeviceStart::Stand::kSent;
      device.action_id = more_of(record, "action_id");
    } else if (what == "giving_up") {
      device.stand = DeviceStart::Stand::kCancelling;
      device.action_id = more_of(record, "action_id");
    } else if (what == "put_back") {
      device.stand = DeviceStart::Stand::kWaiting;
    } else if (what == "end") {
      device.stand = DeviceStart::Stand::kEnded;
      device.outcome = parse_outcome(more_of(record, "outcome"));
      device.device = more_of(record, "device");
      device.message = record.message;
    }
  }

  RunHistory& history_;
  std::string plan_;
};

}  // namespace

Result<RunHistory> read_history(std::span<const Entry> entries, const std::string& run) {
  RunHistory history;
  Reader reader(history);
  for (const Entry& entry : entries) reader.take(entry);
  QUARRY_CHECK(reader.finish(run));
  return history;
}

Result<void> RunLog::begin(const actions::Plan& plan, const std::string& out_dir) {
  std::vector<Record> records;
  for (const actions::Action& action : plan.actions) {
    Record record{.op = Op::kPlan,
                  .key = actions::key_of(action),
                  .state = State::kPlanned,
                  .row = actions::to_plan_line(action, "lr", plan.run)};
    if (records.empty()) {
      record.reason = reason_;
      record.more = {{"out_dir", json::quoted(out_dir)}};
    }
    records.push_back(std::move(record));
  }
  return journal_.append(records);
}

Record RunLog::record(Op op, const Job& job, std::uint32_t attempt) const {
  return {.op = op,
          .key = job.key,
          .target = device_json(job.device_id, job.device),
          .more = {{"attempt", std::to_string(attempt)}}};
}

Result<void> RunLog::intent(const Job& job, std::uint32_t attempt, const std::string& url,
                            const std::string& body_sha256) {
  Record intent = record(Op::kIntent, job, attempt);
  intent.request = json::ObjectWriter()
                       .text("method", "POST")
                       .text("url", url)
                       .text("body_sha256", body_sha256)
                       .take();
  intent.reason = reason_;
  intent.more.emplace_back("lr", "\"attempt\"");
  journal_.reserve(8192);
  return journal_.append(intent);
}

Result<void> RunLog::sent(const Job& job, std::uint32_t attempt, const std::string& action_id,
                          int status, const std::string& request_id) {
  Record outcome = record(Op::kOutcome, job, attempt);
  outcome.state = State::kSent;
  outcome.status = status;
  outcome.request_id = request_id;
  outcome.more.emplace_back("lr", "\"sent\"");
  outcome.more.emplace_back("action_id", json::quoted(action_id));
  return journal_.append(outcome);
}

Result<void> RunLog::put_back(const Job& job, std::uint32_t attempt, const std::string& why) {
  Record outcome = record(Op::kOutcome, job, attempt);
  outcome.state = State::kFailed;
  outcome.message = why;
  outcome.more.emplace_back("lr", "\"put_back\"");
  return journal_.append(outcome);
}

Result<void> RunLog::giving_up(const Job& job, std::uint32_t attempt,
                               const std::string& action_id) {
  Record note = record(Op::kNote, job, attempt);
  note.more.emplace_back("lr", "\"giving_up\"");
  note.more.emplace_back("action_id", json::quoted(action_id));
  return journal_.append(note);
}

Result<void> RunLog::result(const std::string& key, const ResultRow& row) {
  return journal_.append(Record{.op = Op::kEvidence,
                                .key = key,
                                .target = device_json(row.device_id, row.device),
                                .row = to_json(row),
                                .more = {{"lr", "\"result\""}}});
}

Result<void> RunLog::end(const std::string& key, const std::string& device, Outcome outcome,
                         const std::string& message) {
  return journal_.append(
      Record{.op = Op::kOutcome,
             .key = key,
             .state = outcome == Outcome::kSucceeded ? State::kDone : State::kFailed,
             .message = message,
             .more = {{"lr", "\"end\""},
                      {"device", json::quoted(device)},
                      {"outcome", json::quoted(name_of(outcome))}}});
}

}  // namespace quarry::lr
