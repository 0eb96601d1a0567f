// The driver towards the service: submissions and cancellations, each written down before it
// leaves.
#include "common/base/digest.h"
#include "common/net/service_error.h"
#include "tools/lr/driver/comment.h"
#include "tools/lr/driver/driver.h"

#include <fmt/format.h>

#include <utility>

namespace quarry::lr {
namespace {

using live_response::MachineAction;
using live_response::Refusal;

constexpr double kThrottledWithoutWord = 60;

}  // namespace

void Driver::perform(const action::Submit& submit) {
  const Job& job = jobs_[submit.device];
  Device& device = devices_[submit.device];
  device.attempt = submit.attempt;
  device.action_id.clear();
  device.unseen = 0;
  device.looked_closer = false;
  net::Request request =
      api_.submit(job.device_id, comment_of(options_.run, job, submit.attempt, options_.reason),
                  live_response::to_json(job.commands));
  if (!written(log_.intent(job, submit.attempt, request.url,
                           hex_digest(DigestKind::kSha256, request.body)))) {
    events_.emplace_back(event::NotSent{submit.device});
    return;
  }
  session_.http().start(
      std::move(request),
      [this, index = submit.device](const net::Outcome& outcome) { on_submitted(index, outcome); });
}

void Driver::on_submitted(DeviceIndex index, const net::Outcome& outcome) {
  const Job& job = jobs_[index];
  Device& device = devices_[index];
  if (!outcome.result) {
    const Error& error = outcome.result.error();
    if (outcome.delivery == net::Delivery::kUnknown) {
      events_.emplace_back(event::Lost{index});
      return;
    }
    written(log_.put_back(job, device.attempt, error.message()));
    events_.emplace_back(event::NotSent{index});
    // Tokens and addresses do not mend themselves.
    if (error.code() != ErrorCode::kRemote) stop(error);
    return;
  }
  const net::Response& response = *outcome.result;
  if (!response.is_success()) return on_refused(index, response);
  const Result<MachineAction> action = live_response::parse_action(response.body);
  if (!action) {
    events_.emplace_back(event::Lost{index});
    return;
  }
  device.action_id = action->id;
  written(log_.sent(job, device.attempt, action->id, response.status, response.request_id()));
  events_.emplace_back(event::Accepted{index});
}

void Driver::on_refused(DeviceIndex index, const net::Response& response) {
  const Job& job = jobs_[index];
  Device& device = devices_[index];
  const Error error = live_response::explain(response, "start the session", "Machine.LiveResponse");
  const Refusal refusal = live_response::classify(response);
  if (refusal == Refusal::kFailing) {
    events_.emplace_back(event::Lost{index});
    return;
  }
  if (refusal == Refusal::kItem || refusal == Refusal::kUnsupported) {
    device.message = error.message();
    events_.emplace_back(event::Refused{
        index, refusal == Refusal::kUnsupported ? Outcome::kUnsupported : Outcome::kFailed});
    return;
  }
  written(log_.put_back(job, device.attempt, error.message()));
  if (refusal == Refusal::kBusy) {
    events_.emplace_back(event::Busy{index});
  } else if (refusal == Refusal::kThrottled) {
    const double wait =
        net::retry_after(response, now()).value_or(net::Seconds(kThrottledWithoutWord)).count();
    events_.emplace_back(event::Throttled{index, wait});
  } else {
    events_.emplace_back(event::NotSent{index});
    stop(error);
  }
}

/// Lists are seconds old: a device that has begun since is left to its work.
void Driver::perform(const action::Cancel& cancel) {
  const DeviceIndex index = cancel.device;
  if (devices_[index].action_id.empty() || cancel.even_if_begun) return give_up(index);
  session_.http().start(
      api_.action(devices_[index].action_id),
      [this, index](const net::Outcome& outcome) { cancel_unless_begun(index, outcome); });
}

void Driver::cancel_unless_begun(DeviceIndex index, const net::Outcome& outcome) {
  if (!outcome.result || !outcome.result->is_success()) return give_up(index);
  const auto action = live_response::parse_action(outcome.result->body);
  if (!action || action->id != devices_[index].action_id) return give_up(index);
  if (action->status == live_response::ActionStatus::kInProgress) {
    events_.emplace_back(event::Begun{index});
    return;
  }
  if (!is_final(action->status)) return give_up(index);
  events_.emplace_back(event::CancelAnswered{index});
  if (const auto observed = observe(index, *action))
    events_.emplace_back(event::Listed{0, {*observed}, false});
}

void Driver::give_up(DeviceIndex index) {
  const Device& device = devices_[index];
  if (device.action_id.empty() ||
      !written(log_.giving_up(jobs_[index], device.attempt, device.action_id))) {
    events_.emplace_back(event::CancelAnswered{index});
    return;
  }
  session_.http().start(
      api_.cancel(device.action_id,
                  "did not begin; put back " + tag_of(options_.run, jobs_[index], device.attempt)),
      [this, index](const net::Outcome& outcome) {
        events_.emplace_back(event::CancelAnswered{index});
        if (!outcome.result || !outcome.result->is_success()) return;
        const auto action = live_response::parse_action(outcome.result->body);
        if (!action || action->id != devices_[index].action_id) return;
        if (const auto observed = observe(index, *action))
          events_.emplace_back(event::Listed{0, {*observed}, false});
      });
}

void Driver::perform(const action::PutBack& put_back) {
  Device& device = devices_[put_back.device];
  written(log_.put_back(jobs_[put_back.device], device.attempt, "did not begin in time"));
  device.action_id.clear();
}

}  // namespace quarry::lr
