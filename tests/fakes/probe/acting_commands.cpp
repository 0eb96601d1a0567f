// What acts: locking things by way of a plan, a confirmation and a journal; the plan that takes it
// back.
#include "common/actions/gate.h"
#include "common/actions/plan_file.h"
#include "common/actions/runner.h"
#include "common/actions/undo.h"
#include "common/auth/connect.h"
#include "common/base/clock.h"
#include "common/base/file.h"
#include "common/base/private_file.h"
#include "common/cli/confirm.h"
#include "common/journal/journal.h"
#include "common/json/document.h"
#include "common/json/object_writer.h"
#include "common/net/service_error.h"
#include "common/net/url.h"
#include "tests/fakes/probe/probe.h"

#include <fmt/format.h>

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace quarry::probe {
namespace {

using actions::Action;
using actions::ActResult;
using journal::State;

constexpr std::array<net::Window, 1> kLockWindows{{{10, 60}}};
constexpr net::ApiLimit kLockLimit{"sample.lock", kLockWindows};

std::string thing_of(const Action& action) {
  const auto document = json::Document::parse(action.target, "target");
  return document ? std::string(document->root().find("thing").as_string().value_or("")) : "";
}

Action lock_action(const std::string& thing, const std::string& tenant) {
  json::ObjectWriter target;
  target.text("thing", thing);
  Action action{.name = "lock", .tenant = tenant, .what = "lock " + thing, .target = target.take()};
  Action back = action;
  back.name = "unlock";
  back.level = actions::Level::kReversible;
  back.what = "unlock " + thing;
  action.undo = actions::undo_json(back);
  return action;
}

class ThingActor : public actions::Actor {
 public:
  ThingActor(auth::Session& session, auth::Endpoint graph)
      : session_(session), graph_(std::move(graph)) {}

  std::string request_of(const Action& action) override {
    json::ObjectWriter writer;
    writer.text("method", "POST").text("url", url_of(action));
    return writer.take();
  }

  /// A lost answer: the thing itself says whether it was locked.
  Result<std::optional<ActResult>> look_up(const Action& action, const journal::Entry&) override {
    QUARRY_TRY(const net::Response response,
               session_.http().call({.url = thing_url(action), .scope = graph_.scope}));
    if (!response.is_success()) return fail(net::error_of(response, "look at the thing"));
    QUARRY_TRY(const json::Document document, json::Document::parse(response.body, "thing"));
    const bool locked = document.root().find("locked").as_bool().value_or(false);
    if (locked != (action.name == "lock")) return std::optional<ActResult>();
    return std::optional(ActResult{.state = State::kDone, .message = "found done"});
  }

  void start(const Action& action, std::function<void(ActResult)> done) override {
    ++in_flight_;
    session_.http().start({.method = net::Method::kPost,
                           .url = url_of(action),
                           .scope = graph_.scope,
                           .repeat = net::Repeat::kLookUp,
                           .limit = &kLockLimit},
                          [this, action, done = std::move(done)](net::Outcome outcome) {
                            --in_flight_;
                            done(result_of(action, outcome));
                          });
  }
  void step() override { session_.http().step(net::Seconds(0.5)); }
  std::size_t room() const override { return 4 - in_flight_; }

 private:
  std::string thing_url(const Action& action) const {
    return fmt::format("{}/v1.0/things/{}", graph_.url, net::percent_encode(thing_of(action)));
  }
  std::string url_of(const Action& action) const {
    return fmt::format("{}/{}", thing_url(action), action.name);
  }

  static ActResult result_of(const Action& action, const net::Outcome& outcome) {
    ActResult result;
    if (!outcome.result) {
      const Error& error = outcome.result.error();
      const bool lost = outcome.delivery == net::Delivery::kUnknown;
      result.state = lost ? State::kUnknown : State::kFailed;
      result.message = error.message();
      result.code = error.code();
      return result;
    }
    const net::Response& response = *outcome.result;
    result.status = response.status;
    result.request_id = response.request_id();
    result.state = response.is_success() ? State::kDone : State::kFailed;
    if (response.is_success()) return result;
    const Error error = net::error_of(response, action.what);
    result.message = error.message();
    result.code = error.code();
    result.stop_all = error.code() == ErrorCode::kAuth;
    return result;
  }

  auth::Session& session_;
  auth::Endpoint graph_;
  std::size_t in_flight_ = 0;
};

Result<actions::Plan> plan_of(cli::Invocation& invocation, const std::string& tenant) {
  const std::string file = invocation.text("plan");
  if (!file.empty()) {
    QUARRY_TRY(const std::string text, read_file(file));
    return actions::read_plan(text, file, invocation.app().name);
  }
  actions::Plan plan{.run = invocation.text("resume"), .actions = {}};
  if (plan.run.empty()) plan.run = journal::make_run_id(system_ticks_now());
  for (const std::string& thing : invocation.arguments())
    plan.actions.push_back(lock_action(thing, tenant));
  return plan;
}

Result<journal::Journal> open_journal(cli::Invocation& invocation, const std::string& run) {
  QUARRY_TRY(std::string path, journal::run_path(state_folder(invocation.environment()), run));
  QUARRY_TRY(journal::Journal journal,
             journal::Journal::open({.path = std::move(path),
                                     .tool = std::string(invocation.app().name),
                                     .run = run,
                                     .by = journal::current_user()}));
  if (!journal.note().empty()) invocation.run_context().warn(journal.note());
  return journal;
}

}  // namespace

Result<int> lock_command(cli::Invocation& invocation) {
  const config::RunContext context = invocation.run_context();
  QUARRY_TRY(const auto session, auth::connect_one(context));
  QUARRY_TRY(auth::Endpoint graph, session->need(auth::Service::kGraph));
  QUARRY_TRY(const actions::Plan plan, plan_of(invocation, session->connection().tenant));
  QUARRY_TRY(const actions::GateSettings gate,
             actions::read_gate_settings(context.look_up, invocation.streams().stdin_is_terminal));
  cli::TerminalConfirmer confirmer(invocation.app().name, invocation.cancel());
  QUARRY_TRY(const actions::Decision decision,
             actions::decide(actions::count(plan.actions), gate, confirmer));
  if (decision == actions::Decision::kPlanOnly) {
    QUARRY_CHECK(print(actions::to_text(plan, invocation.app().name)));
    return 0;
  }
  QUARRY_TRY(journal::Journal journal, open_journal(invocation, plan.run));
  ThingActor actor(*session, std::move(graph));
  actions::Runner runner(
      plan.actions, actor, journal,
      {.reason = gate.reason,
       .cancel = context.cancel,
       .on_result = [&context](const Action& action, const ActResult& result) {
         if (result.state != State::kDone)
           context.say(fmt::format("{}: {}: {}", action.what, journal::name_of(result.state),
                                   result.message));
       }});
  const actions::RunSummary summary = runner.run();
  QUARRY_CHECK(print(actions::to_json(summary, invocation.app().name, plan.run) + "\n"));
  return actions::exit_status_of(summary);
}

Result<int> undo_command(cli::Invocation& invocation) {
  const std::string& run = invocation.arguments()[0];
  QUARRY_TRY(const journal::Journal journal, open_journal(invocation, run));
  const actions::UndoPlan undo = actions::undo_plan(journal.earlier(), run);
  QUARRY_CHECK(print(actions::to_text(undo.plan, invocation.app().name)));
  return 0;
}

}  // namespace quarry::probe
