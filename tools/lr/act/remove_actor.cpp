#include "tools/lr/act/remove_actor.h"

#include "common/json/document.h"
#include "common/json/object_writer.h"
#include "common/services/live_response/refusal.h"
#include "tools/lr/act/undelivered.h"

#include <utility>

namespace quarry::lr {
namespace {

using actions::ActResult;
using journal::State;

constexpr int kNotThere = 404;

std::string name_of(const actions::Action& action) {
  const auto target = json::Document::parse(action.target, "target");
  return target ? std::string(target->root().find("library_file").as_string().value_or("")) : "";
}

ActResult result_of(const actions::Action& action, const net::Outcome& outcome) {
  if (!outcome.result) return undelivered(outcome);
  const net::Response& response = *outcome.result;
  ActResult result{.status = response.status, .request_id = response.request_id()};
  result.state = response.is_success() ? State::kDone : State::kFailed;
  if (response.is_success()) return result;
  const Error error = live_response::explain(response, action.what, "Library.Manage");
  result.message = response.status == kNotThere ? "the library has no such file" : error.message();
  result.code = error.code();
  result.stop_all = error.code() == ErrorCode::kAuth;
  return result;
}

}  // namespace

std::string RemoveActor::request_of(const actions::Action& action) {
  return json::ObjectWriter()
      .text("method", "DELETE")
      .text("url", api_.remove(name_of(action)).url)
      .take();
}

void RemoveActor::start(const actions::Action& action, std::function<void(ActResult)> done) {
  session_.http().start(api_.remove(name_of(action)),
                        [action, done = std::move(done)](const net::Outcome& outcome) {
                          done(result_of(action, outcome));
                        });
}

}  // namespace quarry::lr
