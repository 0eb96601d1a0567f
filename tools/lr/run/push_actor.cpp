#include "tools/lr/run/push_actor.h"

#include "common/base/digest.h"
#include "common/base/file.h"
#include "common/json/document.h"
#include "common/json/object_writer.h"
#include "common/services/live_response/command.h"
#include "common/services/live_response/refusal.h"
#include "tools/lr/act/undelivered.h"

#include <fmt/format.h>

#include <utility>

namespace quarry::lr {
namespace {

using actions::Action;
using actions::ActResult;
using journal::State;

struct Push {
  std::string name;
  std::string path;
  std::string sha256;
};

Push push_of(const Action& action) {
  Push push;
  const auto text = [](const Result<json::Document>& document, std::string_view key) {
    return document ? std::string(document->root().find(key).as_string().value_or("")) : "";
  };
  const auto parameters = json::Document::parse(action.parameters, "parameters");
  push.name = text(json::Document::parse(action.target, "target"), "library_file");
  push.path = text(parameters, "path");
  push.sha256 = text(parameters, "sha256");
  return push;
}

ActResult failure(const Error& error) {
  return {.state = State::kFailed,
          .message = error.message(),
          .code = error.code(),
          .stop_all = error.code() == ErrorCode::kAuth};
}

}  // namespace

Result<std::vector<live_response::LibraryFile>> list_library(net::Http& http,
                                                             const live_response::Api& api) {
  QUARRY_TRY(const net::Response response, http.call(api.library()));
  if (!response.is_success())
    return fail(live_response::explain(response, "list the library", "Library.Manage"));
  return live_response::parse_library(response.body);
}

Result<bool> PushActor::library_has(const std::string& name, const std::string& sha256) {
  if (!library_) {
    QUARRY_TRY(library_, list_library(session_.http(), api_));
  }
  const live_response::LibraryFile* const file = live_response::find_file(*library_, name);
  return file != nullptr && file->sha256 == sha256;
}

std::string PushActor::request_of(const Action& action) {
  return json::ObjectWriter()
      .text("method", "POST")
      .text("url", api_.url() + "/api/libraryfiles")
      .text("body_sha256", push_of(action).sha256)
      .take();
}

Result<std::optional<ActResult>> PushActor::look_up(const Action& action, const journal::Entry&) {
  const Push push = push_of(action);
  library_.reset();
  QUARRY_TRY(const bool there, library_has(push.name, push.sha256));
  if (!there) return std::optional<ActResult>();
  return std::optional(ActResult{.state = State::kDone, .message = "found in the library"});
}

void PushActor::start(const Action& action, std::function<void(ActResult)> done) {
  const Push push = push_of(action);
  const auto later = [this, &done](ActResult result) {
    ++in_flight_;
    ended_.push_back([this, done, result = std::move(result)] {
      --in_flight_;
      done(result);
    });
  };
  const Result<bool> there = library_has(push.name, push.sha256);
  if (!there) return later(failure(there.error()));
  if (*there) return later({.state = State::kDone, .message = "already in the library"});
  Result<std::string> content = read_file(push.path, live_response::kLargestUpload);
  if (!content) return later(failure(content.error()));
  if (hex_digest(DigestKind::kSha256, *content) != push.sha256)
    return later(failure(
        Error(ErrorCode::kData, fmt::format("{} is not the file that was planned", push.path))));
  ++in_flight_;
  session_.http().start(api_.upload(push.name, *std::move(content), "pushed by lr", true),
                        [this, done](const net::Outcome& outcome) {
                          --in_flight_;
                          if (!outcome.result) return done(undelivered(outcome));
                          const net::Response& response = *outcome.result;
                          if (!response.is_success())
                            return done(failure(live_response::explain(
                                response, "upload to the library", "Library.Manage")));
                          done({.state = State::kDone,
                                .status = response.status,
                                .request_id = response.request_id()});
                        });
}

void PushActor::step() {
  if (ended_.empty()) return session_.http().step(net::Seconds(0.2));
  const std::vector<std::function<void()>> ended = std::exchange(ended_, {});
  for (const auto& tell : ended) tell();
}

}  // namespace quarry::lr
