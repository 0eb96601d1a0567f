#include "tools/incident-link/send/incident_actor.h"

#include "common/base/digest.h"
#include "common/json/object_writer.h"
#include "common/net/url.h"

namespace quarry::incident_link {

using actions::Action;
using actions::ActResult;

std::string IncidentActor::request_of(const Action& action) {
  const std::vector<ShownRequest> requests = requests_of(action);
  if (requests.empty()) return {};
  json::ObjectWriter writer;
  writer.text("method", requests.front().method)
      .text("url", net::shown_url(requests.front().url))
      .text("body_sha256", hex_digest(DigestKind::kSha256, requests.front().body));
  return writer.take();
}

void IncidentActor::start(const Action& action, std::function<void(ActResult)> done) {
  waiting_.emplace_back(&action, std::move(done));
}

void IncidentActor::step() {
  if (waiting_.empty()) return;
  const auto [action, done] = std::move(waiting_.front());
  waiting_.pop_front();
  done(perform(*action));
}

std::string to_json(const ShownRequest& request, std::string_view note) {
  json::ObjectWriter writer;
  writer.text("_type", "request")
      .text("method", request.method)
      .text("url", request.url)
      .raw_if("body", request.body)
      .text_if("note", note);
  return writer.take();
}

ActResult failed_result(const services::incidents::Sent& sent) {
  ActResult result{.state = sent.is_uncertain ? journal::State::kUnknown : journal::State::kFailed,
                   .status = sent.status,
                   .request_id = sent.request_id,
                   .message = sent.error->message(),
                   .code = sent.error->code()};
  if (!sent.error->hint().empty()) result.message += "; " + sent.error->hint();
  // What lacks a permission lacks it for every group.
  result.stop_all = sent.status == 401 || sent.status == 403;
  return result;
}

}  // namespace quarry::incident_link
