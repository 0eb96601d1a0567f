#include "tools/consent-audit/respond/graph_actor.h"

#include "common/base/digest.h"
#include "common/json/document.h"
#include "common/json/object_writer.h"
#include "common/net/service_error.h"
#include "common/net/url.h"
#include "tools/consent-audit/respond/evidence.h"

#include <fmt/format.h>

namespace quarry::consent_audit {
namespace {

using actions::Action;
using actions::ActResult;
using journal::State;

std::optional<net::Method> method_of(const std::string& name) {
  if (name == "PATCH") return net::Method::kPatch;
  if (name == "DELETE") return net::Method::kDelete;
  if (name == "POST") return net::Method::kPost;
  return std::nullopt;
}

std::string text_in(const std::string& json, std::string_view key) {
  const auto document = json::Document::parse(json, "target");
  return document ? std::string(document->root().find(key).as_string().value_or(""))
                  : std::string();
}

/// Whether `state` says the same of each member of `wanted`, also inside of objects.
bool agrees(const json::Node& wanted, const json::Node& state) {
  if (!wanted.is_object()) return wanted.to_json() == state.to_json();
  for (std::size_t i = 0; i < wanted.size(); ++i)
    if (!agrees(wanted[i], state.find(wanted.key(i)))) return false;
  return true;
}

bool agrees(const std::string& wanted, const std::string& state) {
  const auto a = json::Document::parse(wanted, "wanted");
  const auto b = json::Document::parse(state, "state");
  return a && b && agrees(a->root(), b->root());
}

/// What of the state belongs into the journal: the members that the step is about.
std::string excerpt(const std::string& like, const std::string& state) {
  const auto a = json::Document::parse(like.empty() ? "{}" : like, "like");
  const auto b = json::Document::parse(state, "state");
  if (!a || !b) return {};
  json::ObjectWriter writer;
  for (std::size_t i = 0; i < a->root().size(); ++i)
    writer.raw(a->root().key(i), b->root().find(a->root().key(i)).to_json());
  return writer.take();
}

bool is_step(const Action& action, Step step) { return action.name == name_of(step); }

}  // namespace

GraphActor::GraphActor(services::Graph& graph, std::span<const journal::Entry> earlier,
                       std::string evidence_folder)
    : graph_(graph), evidence_folder_(std::move(evidence_folder)) {
  for (const journal::Entry& entry : earlier)
    if (entry.record.op == journal::Op::kEvidence)
      evidence_.insert(text_in(entry.record.target, "sp_id"));
}

std::string GraphActor::request_of(const Action& action) {
  const auto call = read_call(action);
  if (!call || call->method.empty()) return R"({"method":"GET"})";
  json::ObjectWriter writer;
  writer.text("method", call->method)
      .text("url", net::shown_url(net::join_url(graph_.url(), call->path)));
  if (!call->body.empty()) writer.text("body_sha256", hex_digest(DigestKind::kSha256, call->body));
  return writer.take();
}

Result<std::optional<std::string>> GraphActor::state_of(const GraphCall& call) {
  if (call.state_path.empty()) return std::optional<std::string>();
  return graph_.find({.path = call.state_path,
                      .what = "look at what is to be changed",
                      .permission = "Directory.Read.All"});
}

std::optional<std::string> GraphActor::achieved(const GraphCall& call,
                                                const std::optional<std::string>& state) const {
  if (call.state_path.empty()) return std::nullopt;
  if (call.method == "DELETE" && !state) return "gone already";
  if (call.method == "PATCH" && state && agrees(call.body, *state)) return "so already";
  if (call.method == "POST" && state) return "there already";
  return std::nullopt;
}

Result<bool> GraphActor::is_unchanged(const Action& action) {
  if (action.before.empty()) return true;
  QUARRY_TRY(const GraphCall call, read_call(action));
  QUARRY_TRY(const std::optional<std::string> state, state_of(call));
  if (achieved(call, state)) return true;
  return state && agrees(action.before, *state);
}

Result<std::vector<journal::Record>> GraphActor::gather_evidence(const Action& action) {
  const std::string sp_id = sp_id_of(action);
  if (is_step(action, Step::kEvidence)) {
    QUARRY_TRY(auto records,
               export_evidence(graph_, sp_id, text_in(action.target, "app_id"), evidence_folder_));
    evidence_.insert(sp_id);
    return records;
  }
  if (!sp_id.empty() && needs_evidence(action) && !evidence_.contains(sp_id))
    return fail(ErrorCode::kRefused, "the timeline shows no evidence of this application",
                "leave the step export_evidence in the plan");
  return std::vector<journal::Record>();
}

/// Begun earlier, and the answer is not known: the state tells. Revoking sessions twice does no
/// harm.
Result<std::optional<ActResult>> GraphActor::look_up(const Action& action, const journal::Entry&) {
  QUARRY_TRY(const GraphCall call, read_call(action));
  QUARRY_TRY(const std::optional<std::string> state, state_of(call));
  const std::optional<std::string> found = achieved(call, state);
  if (!found) return std::optional<ActResult>();
  return std::optional(ActResult{.state = State::kDone, .message = "found done"});
}

void GraphActor::start(const Action& action, std::function<void(ActResult)> done) {
  started_.emplace(action, std::move(done));
}

void GraphActor::step() {
  if (!started_) return;
  auto [action, done] = *std::move(started_);
  started_.reset();
  done(perform(action));
}

ActResult GraphActor::perform(const Action& action) {
  const auto failed = [](const Error& error) {
    return ActResult{.state = State::kFailed,
                     .message = error.message(),
                     .code = error.code(),
                     .stop_all = true};
  };
  const Result<GraphCall> call = read_call(action);
  if (!call) return failed(call.error());
  if (call->method.empty()) return {.state = State::kDone, .message = "saved"};
  const auto state = state_of(*call);
  if (!state) return failed(state.error());
  if (const auto already = achieved(*call, *state))
    return {.state = State::kDone, .message = *already};
  return send(action, *call);
}

ActResult GraphActor::send(const Action& action, const GraphCall& call) {
  const auto method = method_of(call.method);
  if (!method)
    return {.state = State::kFailed,
            .message = "no method " + call.method,
            .code = ErrorCode::kData,
            .stop_all = true};
  const net::Repeat repeat =
      is_step(action, Step::kRevokeSessions) ? net::Repeat::kAllowed : net::Repeat::kLookUp;
  const net::Outcome outcome =
      graph_.http().exchange(graph_.request(*method, call.path, call.body, repeat));
  ActResult result;
  if (!outcome.result) {
    const Error& error = outcome.result.error();
    result.state = outcome.delivery == net::Delivery::kUnknown ? State::kUnknown : State::kFailed;
    result.message = error.message();
    result.code = error.code();
    result.stop_all = true;
    return result;
  }
  const net::Response& response = *outcome.result;
  result.status = response.status;
  result.request_id = response.request_id();
  const bool gone = *method == net::Method::kDelete && response.status == 404;
  if (!response.is_success() && !gone) {
    const Error error = net::error_of(response, action.what);
    result.state = State::kFailed;
    result.message = error.message();
    result.code = error.code();
    result.stop_all = true;
    return result;
  }
  result.state = State::kDone;
  const auto after = state_of(call);
  if (after && *after)
    result.after = excerpt(action.before.empty() ? call.body : action.before, **after);
  if (after && !*after && !call.state_path.empty()) result.after = R"({"exists":false})";
  return result;
}

}  // namespace quarry::consent_audit
