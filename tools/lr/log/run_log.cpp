#include "tools/lr/log/run_log.h"

#include "common/json/object_writer.h"

#include <fmt/format.h>

#include <utility>

namespace quarry::lr {
namespace {

using journal::Op;
using journal::Record;
using journal::State;

std::string device_json(const std::string& device_id, const std::string& device) {
  return json::ObjectWriter().text("device_id", device_id).text("device", device).take();
}

Record result_record(const std::string& key, const ResultRow& row) {
  return {.op = Op::kEvidence,
          .key = key,
          .target = device_json(row.device_id, row.device),
          .row = to_json(row),
          .more = {{"lr", "\"result\""}}};
}

Record end_record(const std::string& key, const std::string& device, Outcome outcome,
                  const std::string& message) {
  return {.op = Op::kOutcome,
          .key = key,
          .state = outcome == Outcome::kSucceeded ? State::kDone : State::kFailed,
          .message = message,
          .more = {{"lr", "\"end\""},
                   {"device", json::quoted(device)},
                   {"outcome", json::quoted(name_of(outcome))}}};
}

}  // namespace

std::vector<Record> plan_records(const actions::Plan& plan, const std::string& reason) {
  std::vector<Record> records;
  for (const actions::Action& action : plan.actions) {
    Record record{.op = Op::kPlan,
                  .key = actions::key_of(action),
                  .state = State::kPlanned,
                  .row = actions::to_plan_line(action, "lr", plan.run)};
    if (records.empty()) record.reason = reason;
    records.push_back(std::move(record));
  }
  return records;
}

Result<void> RunLog::begin(const actions::Plan& plan, const std::string& out_dir) {
  std::vector<Record> records = plan_records(plan, reason_);
  if (!records.empty()) records.front().more = {{"out_dir", json::quoted(out_dir)}};
  return journal_.append(records);
}

Result<void> RunLog::move_to(const std::string& out_dir) {
  return journal_.append(Record{.op = Op::kNote, .more = {{"out_dir", json::quoted(out_dir)}}});
}

Result<void> RunLog::unfit(std::span<const Unfit> devices, const RunHistory& history,
                           const std::string& run,
                           const std::function<Result<void>(const ResultRow&)>& on_row) {
  std::vector<Record> records;
  std::vector<ResultRow> rows;
  for (const Unfit& device : devices) {
    const auto known = history.devices.find(device.key);
    const DeviceHistory earlier = known == history.devices.end() ? DeviceHistory() : known->second;
    if (earlier.outcome) continue;
    for (std::size_t i = 0; i < device.commands.size(); ++i) {
      ResultRow row{.run = run, .device_id = device.device_id, .device = device.device};
      row.command = static_cast<std::int64_t>(i);
      row.type = name_of(device.commands[i].type);
      row.name = device.commands[i].name;
      row.state = device.outcome;
      row.error = device.reason;
      if (earlier.done.contains(row.command)) continue;
      records.push_back(result_record(device.key, row));
      rows.push_back(std::move(row));
    }
    records.push_back(end_record(device.key, device.device, device.outcome, device.reason));
  }
  if (records.empty()) return ok();
  QUARRY_CHECK(journal_.append(records));
  for (const ResultRow& row : rows) QUARRY_CHECK(on_row(row));
  return ok();
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

Result<void> RunLog::cancelling(const Job& job, std::uint32_t attempt,
                                const std::string& action_id) {
  Record note = record(Op::kNote, job, attempt);
  note.reason = reason_;
  note.more.emplace_back("lr", "\"cancelling\"");
  note.more.emplace_back("action_id", json::quoted(action_id));
  return journal_.append(note);
}

Result<void> RunLog::file_place(const Job& job, std::uint32_t attempt, std::int64_t command,
                                const std::string& path) {
  Record note = record(Op::kNote, job, attempt);
  note.more.emplace_back("lr", "\"file\"");
  note.more.emplace_back("command", std::to_string(command));
  note.more.emplace_back("path", json::quoted(path));
  return journal_.append(note);
}

Result<void> RunLog::result(const std::string& key, const ResultRow& row) {
  return journal_.append(result_record(key, row));
}

Result<void> RunLog::end(const std::string& key, const std::string& device, Outcome outcome,
                         const std::string& message) {
  return journal_.append(end_record(key, device, outcome, message));
}

}  // namespace quarry::lr
