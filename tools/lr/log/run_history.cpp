#include "tools/lr/log/run_history.h"

#include "common/base/text.h"
#include "common/json/document.h"
#include "tools/lr/log/result_row.h"

#include <algorithm>
#include <utility>

namespace quarry::lr {
namespace {

using journal::Entry;
using journal::Op;
using journal::Record;

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
    if (const std::string dir = more_of(record, "out_dir"); !dir.empty()) history_.out_dir = dir;
    if (record.op == Op::kPlan) {
      if (!record.row.empty()) plan_ += record.row + "\n";
      return;
    }
    const std::string what = more_of(record, "lr");
    if (what.empty()) return;
    take_of_device(entry, what, history_.devices[record.key]);
  }

  Result<void> finish(const std::string& run) {
    if (plan_.empty())
      return fail(ErrorCode::kData, "the journal holds no plan", "lr status lists runs");
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
    } else if (what == "sent" && device.stand == DeviceStart::Stand::kWaiting) {
      // The attempt was over already: whoever wrote this had seen an old list.
    } else if (what == "sent") {
      device.stand = DeviceStart::Stand::kSent;
      device.action_id = more_of(record, "action_id");
    } else if (what == "giving_up") {
      device.stand = DeviceStart::Stand::kCancelling;
      device.action_id = more_of(record, "action_id");
    } else if (what == "file") {
      device.paths[text::parse_int64(more_of(record, "command")).value_or(-1)] =
          more_of(record, "path");
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

bool RunHistory::is_live_response() const {
  return std::any_of(plan.actions.begin(), plan.actions.end(), [](const actions::Action& action) {
    return action.name == kRunAction || action.name == kUnfitAction;
  });
}

std::string more_of(const journal::Record& record, std::string_view key) {
  for (const auto& [name, json] : record.more) {
    if (name != key) continue;
    const auto document = json::Document::parse(json, "journal");
    if (!document) return {};
    const auto text = document->root().as_string();
    return text ? std::string(*text) : json;
  }
  return {};
}

}  // namespace quarry::lr
