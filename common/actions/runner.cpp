#include "common/actions/runner.h"

#include "common/json/object_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace quarry::actions {
namespace {

using journal::Op;
using journal::Record;
using journal::Standing;
using journal::State;

/// So much room is set aside for the outcome of an act that is about to begin.
constexpr std::uint64_t kOutcomeBytes = 4096;

/// auth before remote before the rest.
int weight(ErrorCode code) {
  if (code == ErrorCode::kAuth) return 2;
  return code == ErrorCode::kRemote ? 1 : 0;
}

}  // namespace

int exit_status_of(const RunSummary& summary) {
  if (summary.is_complete()) return 0;
  const bool interrupted =
      summary.stopped_by && (summary.stopped_by->code() == ErrorCode::kInterrupted ||
                             summary.stopped_by->code() == ErrorCode::kTerminated ||
                             summary.stopped_by->code() == ErrorCode::kTimedOut);
  if (interrupted) return exit_status(summary.stopped_by->code());
  if (summary.done + summary.already > 0) return exit_status(ErrorCode::kPartial);
  if (summary.first_failure) return exit_status(summary.first_failure->code());
  if (summary.stopped_by && summary.stopped_by->code() != ErrorCode::kReaderGone)
    return exit_status(summary.stopped_by->code());
  return exit_status(summary.changed > 0 ? ErrorCode::kRefused : ErrorCode::kPartial);
}

std::string to_json(const RunSummary& summary, std::string_view tool, std::string_view run) {
  const auto number = [](std::size_t value) { return static_cast<std::int64_t>(value); };
  json::ObjectWriter writer;
  writer.text("_type", "summary")
      .text("tool", tool)
      .text("run", run)
      .number("planned", number(summary.planned))
      .number("done", number(summary.done))
      .number("already", number(summary.already))
      .number("state_changed", number(summary.changed))
      .number("failed", number(summary.failed))
      .number("unknown", number(summary.unknown))
      .number("left", number(summary.left));
  if (summary.stopped_by) writer.text("stopped_by", summary.stopped_by->message());
  return writer.take();
}

Runner::Runner(std::span<const Action> plan, Actor& actor, journal::Journal& journal,
               RunnerOptions options)
    : actor_(actor), journal_(journal), options_(std::move(options)), earlier_(journal.earlier()) {
  for (const Action& action : plan) {
    const auto [first, is_new] = twins_.try_emplace(key_of(action));
    is_new ? waiting_.push_back(&action) : first->second.push_back(&action);
  }
  summary_.planned = plan.size();
}

RunSummary Runner::run() {
  for (;;) {
    if (!stopping()) begin_group();
    record_ended();
    if (in_flight_ == 0 && (waiting_.empty() || stopping())) break;
    actor_.step();
    record_ended();
  }
  summary_.left = summary_.planned - summary_.done - summary_.already - summary_.changed -
                  summary_.failed - summary_.unknown;
  return summary_;
}

bool Runner::stopping() {
  if (!summary_.stopped_by && options_.cancel != nullptr && options_.cancel->cancelled()) {
    summary_.stopped_by = options_.cancel->error().value_or(
        Error(ErrorCode::kReaderGone, "the reader of the output went away"));
  }
  return summary_.stopped_by.has_value();
}

/// Intents of one group are on disk before the first of them is sent.
void Runner::begin_group() {
  std::vector<Record> records;
  std::vector<const Action*> group;
  const std::size_t room = actor_.room();
  while (!waiting_.empty() && group.size() < room && !stopping()) {
    const Action& action = *waiting_.front();
    if (!admit(action, records)) {
      waiting_.pop_front();
      continue;
    }
    if (stopping()) break;
    waiting_.pop_front();
    Record intent = record_of(action, Op::kIntent);
    intent.request = actor_.request_of(action);
    intent.before = action.before;
    intent.undo = action.undo;
    intent.row_sha256 = action.row_sha256;
    intent.row = action.row;
    records.push_back(std::move(intent));
    group.push_back(&action);
  }
  if (group.empty()) return;
  journal_.reserve(kOutcomeBytes * (group.size() + in_flight_) * 2);
  if (!write(records)) {
    waiting_.insert(waiting_.begin(), group.begin(), group.end());
    return;
  }
  for (const Action* const action : group) start(*action);
}

/// Whether the act is to be begun now. Evidence that it destroys is added to `records`.
bool Runner::admit(const Action& action, std::vector<Record>& records) {
  const std::string key = key_of(action);
  const Standing standing = earlier_.standing(key);
  if (standing == Standing::kDone) {
    skip(action, {.state = State::kDone, .message = "already done"}, summary_.already);
    return false;
  }
  if (standing == Standing::kOpen && !settle_open(action, earlier_.find(key)->latest)) return false;
  const Result<bool> unchanged = actor_.is_unchanged(action);
  if (!unchanged) {
    refuse(action, "not done", unchanged.error());
    return false;
  }
  if (!*unchanged) {
    skip(action,
         {.state = State::kFailed,
          .message = "not done: it has changed since the plan was made",
          .code = ErrorCode::kRefused},
         summary_.changed);
    return false;
  }
  Result<std::vector<Record>> evidence = actor_.gather_evidence(action);
  if (!evidence) {
    refuse(action, "not done: its evidence cannot be saved", evidence.error());
    return false;
  }
  for (Record& record : *evidence) {
    record.op = Op::kEvidence;
    record.key = key;
    if (record.target.empty()) record.target = action.target;
    records.push_back(std::move(record));
  }
  return true;
}

/// True: the service never heard of it, it may be begun.
bool Runner::settle_open(const Action& action, const journal::Entry& intent) {
  Result<std::optional<ActResult>> found = actor_.look_up(action, intent);
  if (found && !*found) return true;
  ActResult result;
  if (found) {
    result = **std::move(found);
  } else {
    result.message =
        fmt::format("begun earlier, and it cannot be looked up: {}", found.error().message());
  }
  ended_.push_back({&action, std::move(result)});
  return false;
}

/// What could not be looked at, or saved, is not begun: it failed, and why counts for the status.
void Runner::refuse(const Action& action, std::string_view what, const Error& why) {
  const ActResult result{.state = State::kFailed,
                         .message = fmt::format("{}: {}", what, why.message()),
                         .code = why.code()};
  if (stopping()) return;  // that is why: it is left for the next run
  note_failure(result);
  skip(action, result, summary_.failed);
}

void Runner::skip(const Action& action, ActResult result, std::size_t& counter) {
  ++counter;
  result.attempted = false;
  if (result.state == State::kFailed) {
    Record note = record_of(action, Op::kNote);
    note.state = State::kFailed;
    note.message = result.message;
    write(std::span(&note, 1));
  }
  tell(action, result, counter);
}

/// The same act, listed again in the plan, came to what the first one came to.
void Runner::tell(const Action& action, const ActResult& result, std::size_t& counter) {
  if (options_.on_result) options_.on_result(action, result);
  ActResult again = result;
  if (result.state == State::kDone) again.message = "twice in the plan";
  for (const Action* const twin : twins_.at(key_of(action))) {
    ++(result.state == State::kDone ? summary_.already : counter);
    if (options_.on_result) options_.on_result(*twin, again);
  }
}

void Runner::start(const Action& action) {
  ++in_flight_;
  actor_.start(action, [this, &action](ActResult result) {
    --in_flight_;
    ended_.push_back({&action, std::move(result)});
  });
}

void Runner::record_ended() {
  if (ended_.empty()) return;
  std::vector<Ended> ended = std::exchange(ended_, {});
  std::vector<Record> records;
  for (const Ended& one : ended) records.push_back(outcome_of(*one.action, one.result));
  write(records);
  for (const Ended& one : ended) count(*one.action, one.result);
}

void Runner::count(const Action& action, const ActResult& result) {
  std::size_t& counter = result.state == State::kDone     ? summary_.done
                         : result.state == State::kFailed ? summary_.failed
                                                          : summary_.unknown;
  ++counter;
  if (result.state != State::kDone) note_failure(result);
  if (result.stop_all && !summary_.stopped_by)
    summary_.stopped_by = Error(result.code, result.message);
  tell(action, result, counter);
}

void Runner::note_failure(const ActResult& result) {
  if (!summary_.first_failure || weight(result.code) > weight(summary_.first_failure->code()))
    summary_.first_failure = Error(result.code, result.message);
}

/// What cannot be written down ends the run: nothing new is begun.
bool Runner::write(std::span<const Record> records) {
  Result<void> written = journal_.append(records);
  if (written) return true;
  if (!summary_.stopped_by || summary_.stopped_by->code() != ErrorCode::kData)
    summary_.stopped_by = written.error();
  return false;
}

Record Runner::record_of(const Action& action, Op op) const {
  Record record{.op = op, .key = key_of(action), .case_id = options_.case_id};
  record.target = action.target;
  record.reason = options_.reason;
  record.more = {{"action", json::quoted(action.name)},
                 {"level", json::quoted(name_of(action.level))},
                 {"what", json::quoted(action.what)},
                 {"tenant", json::quoted(action.tenant)},
                 {"parameters", action.parameters}};
  return record;
}

Record Runner::outcome_of(const Action& action, const ActResult& result) const {
  Record record{.op = Op::kOutcome, .key = key_of(action), .case_id = options_.case_id};
  record.target = action.target;
  record.state = result.state;
  record.status = result.status;
  record.request_id = result.request_id;
  record.message = result.message;
  record.after = result.after;
  record.undo = result.undo;
  record.more = {{"action", json::quoted(action.name)}};
  return record;
}

}  // namespace quarry::actions
