#include "tools/taxii-pull/push/push.h"

#include "common/actions/gate.h"
#include "common/actions/plan_file.h"
#include "common/actions/runner.h"
#include "common/auth/connect.h"
#include "common/base/clock.h"
#include "common/base/digest.h"
#include "common/base/file.h"
#include "common/base/private_file.h"
#include "common/cli/confirm.h"
#include "common/cli/result_output.h"
#include "common/journal/chain.h"
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

/// Of the body that the action sends.
std::string sha256_of(const Action& action) {
  const auto document = json::Document::parse(action.target, "target");
  return document ? text_of(document->root().find("sha256")) : "";
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
  ActResult result_of(const Action& action, const net::Outcome& outcome) {
    ActResult result;
    if (!outcome.result) {
      // Without an answer the service may have taken them all the same.
      result.state = outcome.delivery == net::Delivery::kUnknown ? State::kUnknown : State::kFailed;
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

/// The journal's own copy of the plan, for --resume.
std::vector<journal::Record> plan_records(const actions::Plan& plan, std::string_view tool) {
  std::vector<journal::Record> records;
  for (const Action& action : plan.actions) {
    journal::Record record{.op = journal::Op::kPlan};
    record.more = {{"plan", actions::to_plan_line(action, tool, plan.run)}};
    records.push_back(std::move(record));
  }
  return records;
}

Result<actions::Plan> plan_of_run(const cli::Invocation& invocation, const std::string& run) {
  QUARRY_TRY(const std::string path,
             journal::run_path(state_folder(invocation.environment()), run));
  QUARRY_TRY(const std::string text, read_file(path));
  QUARRY_TRY(const journal::Chain chain, journal::read_chain(text, path));
  std::string lines;
  for (const journal::Entry& entry : chain.entries) {
    for (const auto& [name, value] : entry.record.more) {
      if (entry.record.op == journal::Op::kPlan && name == "plan") lines += value + "\n";
    }
  }
  return actions::read_plan(lines, path, invocation.app().name);
}

/// A plan that was made before holds digests of bodies: what they were made from must be as it was.
Result<void> check_plan(const actions::Plan& plan, const auth::Connection& connection,
                        const std::map<std::string, std::string>& bodies) {
  for (const Action& action : plan.actions) {
    if (action.tenant != connection.tenant)
      return fail(ErrorCode::kRefused,
                  fmt::format("the plan is for tenant '{}', and this is '{}'", action.tenant,
                              connection.tenant),
                  "--profile or --tenant");
    if (!bodies.contains(sha256_of(action)))
      return fail(ErrorCode::kRefused,
                  fmt::format("the plan says '{}', and what was pulled or the options have changed "
                              "since: there is no such batch now; nothing was sent",
                              action.what),
                  "give the options that the plan was made with, or make a new one");
  }
  return ok();
}

/// What --plan, --resume or the batches themselves say.
Result<actions::Plan> wanted_plan(const cli::Invocation& invocation,
                                  const std::vector<UploadBatch>& batches,
                                  const Destination& destination,
                                  const auth::Connection& connection,
                                  std::map<std::string, std::string>& bodies) {
  const std::string& file = invocation.text("plan");
  const std::string& run = invocation.text("resume");
  if (!file.empty() && !run.empty())
    return fail(ErrorCode::kUsage, "--plan and --resume at once",
                "a plan that was begun goes on where it was: --plan alone");
  actions::Plan made =
      plan_of(batches, destination, connection, journal::make_run_id(system_ticks_now()), bodies);
  if (file.empty() && run.empty()) return made;
  actions::Plan plan;
  if (!file.empty()) {
    QUARRY_TRY(const std::string text, read_file(file));
    QUARRY_TRY(plan, actions::read_plan(text, file, invocation.app().name));
  } else {
    QUARRY_TRY(plan, plan_of_run(invocation, run));
  }
  QUARRY_CHECK(check_plan(plan, connection, bodies));
  return plan;
}

Result<int> send(cli::Invocation& invocation, const actions::Plan& plan, Destination destination,
                 auth::Connection connection, const std::map<std::string, std::string>& bodies,
                 const std::string& reason) {
  const config::RunContext context = invocation.run_context();
  QUARRY_TRY(const auto session, auth::open_session(context, std::move(connection)));
  QUARRY_TRY(std::string path, journal::run_path(state_folder(invocation.environment()), plan.run));
  QUARRY_TRY(journal::Journal journal,
             journal::Journal::open({.path = std::move(path),
                                     .tool = std::string(invocation.app().name),
                                     .run = plan.run,
                                     .by = journal::current_user()}));
  if (!journal.note().empty()) context.warn(journal.note());
  if (journal.earlier().empty())
    QUARRY_CHECK(journal.append(plan_records(plan, invocation.app().name)));
  UploadActor actor(*session, std::move(destination), bodies);
  actions::Runner runner(
      plan.actions, actor, journal,
      {.reason = reason,
       .cancel = context.cancel,
       .on_result = [&context](const Action& action, const ActResult& result) {
         if (result.state != State::kDone)
           context.say(fmt::format("{}: {}: {}", action.what, journal::name_of(result.state),
                                   result.message));
       }});
  const actions::RunSummary summary = runner.run();
  QUARRY_CHECK(cli::show_text(invocation,
                              actions::to_json(summary, invocation.app().name, plan.run) + "\n"));
  const int status = actions::exit_status_of(summary);
  if (actor.refused().count == 0) return status;
  context.warn(fmt::format("{} records were refused by the service, the first: {}",
                           actor.refused().count, actor.refused().first));
  return status == 0 ? exit_status(ErrorCode::kPartial) : status;
}

}  // namespace

Result<int> push_batches(cli::Invocation& invocation, PushTarget target,
                         const std::vector<UploadBatch>& batches) {
  const config::RunContext context = invocation.run_context();
  QUARRY_TRY(auth::Connection connection, auth::connection_of_one(context));
  QUARRY_TRY(Destination destination, destination_of(invocation, target, connection));
  std::map<std::string, std::string> bodies;
  QUARRY_TRY(const actions::Plan plan,
             wanted_plan(invocation, batches, destination, connection, bodies));
  QUARRY_TRY(const actions::GateSettings gate,
             actions::read_gate_settings(context.look_up, invocation.streams().stdin_is_terminal));
  cli::TerminalConfirmer confirmer(invocation.app().name, invocation.cancel());
  QUARRY_TRY(const actions::Decision decision,
             actions::decide(actions::count(plan.actions), gate, confirmer));
  if (decision == actions::Decision::kPlanOnly)
    return cli::show_text(invocation, actions::to_text(plan, invocation.app().name));
  return send(invocation, plan, std::move(destination), std::move(connection), bodies, gate.reason);
}

}  // namespace quarry::taxii_pull
