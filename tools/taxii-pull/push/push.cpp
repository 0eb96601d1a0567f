#include "tools/taxii-pull/push/push.h"

#include "common/actions/gate.h"
#include "common/actions/runner.h"
#include "common/auth/session.h"
#include "common/base/clock.h"
#include "common/base/digest.h"
#include "common/base/private_file.h"
#include "common/cli/confirm.h"
#include "common/cli/result_output.h"
#include "common/journal/journal.h"
#include "common/json/document.h"
#include "common/json/object_writer.h"
#include "common/net/service_error.h"
#include "tools/taxii-pull/push/destination.h"

#include <fmt/format.h>

#include <map>

namespace quarry::taxii_pull {
namespace {

using actions::Action;
using actions::ActResult;
using journal::State;

/// Records that the service took the request of, and refused all the same.
struct Refused {
  std::size_t count = 0;
  std::string first;
};

std::string text_of(json::Node node) { return std::string(node.as_string().value_or("")); }

Refused refused_in(const net::Response& response) {
  Refused refused;
  const auto document = json::Document::parse(response.body, "answer");
  if (!document) return refused;  // Sentinel says nothing where all is well
  const json::Node errors = document->root().find("errors");
  for (std::size_t i = 0; errors.is_array() && i < errors.size(); ++i) {
    if (refused.count++ == 0) refused.first = errors[i].find("errorMessages").to_json();
  }
  const json::Node values = document->root().find("value");
  for (std::size_t i = 0; values.is_array() && i < values.size(); ++i) {
    if (!values[i].find("isFailed").as_bool().value_or(false)) continue;
    if (refused.count++ == 0)
      refused.first = fmt::format("{}: {}", text_of(values[i].find("indicator")),
                                  text_of(values[i].find("failureReason")));
  }
  return refused;
}

class UploadActor : public actions::Actor {
 public:
  UploadActor(auth::Session& session, Destination destination,
              const std::map<std::string, std::string>& bodies)
      : session_(session), destination_(std::move(destination)), bodies_(bodies) {}

  std::string request_of(const Action& action) override {
    json::ObjectWriter writer;
    writer.text("method", "POST").text("url", destination_.url);
    return writer.text("body_sha256", sha256_of(action)).take();
  }
  /// The same indicators twice are one: what is not known to be done is done again.
  Result<std::optional<ActResult>> look_up(const Action&, const journal::Entry&) override {
    return std::optional<ActResult>();
  }
  void start(const Action& action, std::function<void(ActResult)> done) override {
    net::Request request{.method = net::Method::kPost,
                         .url = destination_.url,
                         .body = bodies_.at(sha256_of(action)),
                         .content_type = "application/json",
                         .scope = destination_.scope,
                         .repeat = net::Repeat::kAllowed,
                         .limit = destination_.limit};
    session_.http().start(std::move(request),
                          [this, action, done = std::move(done)](const net::Outcome& outcome) {
                            done(result_of(action, outcome));
                          });
  }
  void step() override { session_.http().step(net::Seconds(0.5)); }
  const Refused& refused() const { return refused_; }

 private:
  static std::string sha256_of(const Action& action) {
    const auto document = json::Document::parse(action.target, "target");
    return document ? text_of(document->root().find("sha256")) : "";
  }

  ActResult result_of(const Action& action, const net::Outcome& outcome) {
    ActResult result;
    if (!outcome.result) {
      result.state = State::kFailed;
      result.message = outcome.result.error().message();
      result.code = outcome.result.error().code();
      return result;
    }
    const net::Response& response = *outcome.result;
    result.status = response.status;
    result.request_id = response.request_id();
    result.state = response.is_success() ? State::kDone : State::kFailed;
    if (!response.is_success()) {
      const Error error = net::error_of(response, action.what);
      result.message = error.message();
      result.code = error.code();
      result.stop_all = error.code() == ErrorCode::kAuth;
      return result;
    }
    const Refused refused = refused_in(response);
    if (refused_.count == 0) refused_.first = refused.first;
    refused_.count += refused.count;
    json::ObjectWriter after;
    result.after = after.number("refused", static_cast<std::int64_t>(refused.count)).take();
    return result;
  }

  auth::Session& session_;
  Destination destination_;
  const std::map<std::string, std::string>& bodies_;
  Refused refused_;
};

actions::Plan plan_of(const std::vector<UploadBatch>& batches, const Destination& destination,
                      const auth::Connection& connection, const std::string& run,
                      std::map<std::string, std::string>& bodies) {
  actions::Plan plan{.run = run, .actions = {}};
  for (const UploadBatch& batch : batches) {
    const std::string sha256 = hex_digest(DigestKind::kSha256, batch.body);
    json::ObjectWriter target;
    target.text("service", destination.name)
        .text("sha256", sha256)
        .number("records", static_cast<std::int64_t>(batch.count));
    plan.actions.push_back(
        {.name = "upload",
         .tenant = connection.tenant,
         .level = actions::Level::kReversible,
         .what = fmt::format("upload {} records to {}", batch.count, destination.name),
         .target = target.take()});
    bodies.emplace(sha256, batch.body);
  }
  return plan;
}

Result<void> print(const cli::Invocation& invocation, const std::string& text) {
  QUARRY_CHECK(cli::show_text(invocation, text));
  return ok();
}

}  // namespace

Result<int> push_batches(cli::Invocation& invocation, PushTarget target,
                         std::vector<UploadBatch> batches) {
  const config::RunContext context = invocation.run_context();
  QUARRY_TRY(auth::Connection connection,
             auth::read_connection(context.look_up, context.environment));
  QUARRY_TRY(Destination destination, destination_of(invocation, target, connection));
  std::string run = invocation.text("resume");
  if (run.empty()) run = journal::make_run_id(system_ticks_now());
  std::map<std::string, std::string> bodies;
  const actions::Plan plan = plan_of(batches, destination, connection, run, bodies);
  QUARRY_TRY(const actions::GateSettings gate,
             actions::read_gate_settings(context.look_up, invocation.streams().stdin_is_terminal));
  cli::TerminalConfirmer confirmer(invocation.app().name, invocation.cancel());
  QUARRY_TRY(const actions::Decision decision,
             actions::decide(actions::count(plan.actions), gate, confirmer));
  if (decision == actions::Decision::kPlanOnly) {
    QUARRY_CHECK(print(invocation, actions::to_text(plan, invocation.app().name)));
    return 0;
  }
  QUARRY_TRY(const auto session,
             auth::Session::open(std::move(connection), {.environment = context.environment,
                                                         .cancel = context.cancel,
                                                         .user_agent = "quarry-taxii-pull",
                                                         .warn = context.warn,
                                                         .tell = context.say,
                                                         .ask_secret = context.ask_secret}));
  QUARRY_TRY(std::string path, journal::run_path(state_folder(invocation.environment()), run));
  QUARRY_TRY(journal::Journal journal,
             journal::Journal::open({.path = std::move(path),
                                     .tool = std::string(invocation.app().name),
                                     .run = run,
                                     .by = journal::current_user()}));
  UploadActor actor(*session, std::move(destination), bodies);
  actions::Runner runner(plan.actions, actor, journal,
                         {.reason = gate.reason,
                          .cancel = context.cancel,
                          .on_result = [&context](const Action& action, const ActResult& result) {
                            if (result.state != State::kDone)
                              context.say(fmt::format("{}: {}", action.what, result.message));
                          }});
  const actions::RunSummary summary = runner.run();
  QUARRY_CHECK(print(invocation, actions::to_json(summary, invocation.app().name, run) + "\n"));
  const int status = actions::exit_status_of(summary);
  if (actor.refused().count == 0) return status;
  context.warn(fmt::format("{} records were refused by the service, the first: {}",
                           actor.refused().count, actor.refused().first));
  return status == 0 ? exit_status(ErrorCode::kPartial) : status;
}

}  // namespace quarry::taxii_pull
