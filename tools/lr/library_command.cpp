// lr library: the scripts and files that devices can be given.
#include "common/auth/connect.h"
#include "common/base/digest.h"
#include "common/base/file.h"
#include "common/base/suggest.h"
#include "common/json/object_writer.h"
#include "common/services/live_response/library.h"
#include "tools/lr/act/acting.h"
#include "tools/lr/act/remove_actor.h"
#include "tools/lr/lr_app.h"
#include "tools/lr/permissions.h"
#include "tools/lr/playbook/playbook.h"
#include "tools/lr/run/job.h"
#include "tools/lr/run/push_actor.h"

#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

namespace quarry::lr {
namespace {

constexpr std::array<RecordColumn, 8> kColumns{{{"name"},
                                                {"sha256"},
                                                {"description"},
                                                {"created", Type::kString, Shown::kInFiles},
                                                {"updated"},
                                                {"created_by"},
                                                {"has_parameters", Type::kDynamic, Shown::kInFiles},
                                                {"parameters", Type::kString, Shown::kInFiles}}};
constexpr auth::Need kNeed{"library", auth::Service::kMde, kManageLibrary};

Result<int> list(cli::Invocation& invocation, auth::Session& session, const Api& api) {
  QUARRY_TRY(const auto library, list_library(session.http(), api));
  std::vector<std::string> records;
  for (const live_response::LibraryFile& file : library) records.push_back(to_json(file));
  return show_records(invocation, kColumns, records);
}

Result<int> push(cli::Invocation& invocation, auth::Session& session, const Api& api,
                 std::span<const std::string> files) {
  actions::Plan plan;
  for (const std::string& path : files) {
    const PushFile file{.name = std::filesystem::path(path).filename().string(), .path = path};
    if (!is_library_name(file.name))
      return fail(ErrorCode::kUsage, fmt::format("'{}' is no name of a library file", file.name),
                  "letters, digits, '-', '_' and '.' only");
    QUARRY_TRY(actions::Action action, push_action(file, session.connection().tenant));
    plan.actions.push_back(std::move(action));
  }
  return act(invocation, session, std::move(plan), [&](const std::string&, const std::string&) {
    return std::make_unique<PushActor>(session, api);
  });
}

Result<int> remove(cli::Invocation& invocation, auth::Session& session, const Api& api,
                   std::span<const std::string> names) {
  actions::Plan plan;
  for (const std::string& name : names)
    plan.actions.push_back({.name = std::string(kRemoveAction),
                            .tenant = session.connection().tenant,
                            .what = fmt::format("remove {} from the library", name),
                            .target = json::ObjectWriter().text("library_file", name).take()});
  return act(invocation, session, std::move(plan), [&](const std::string&, const std::string&) {
    return std::make_unique<RemoveActor>(session, api);
  });
}

/// --plan, or --resume: of one kind of step.
Result<int> act_by_plan(cli::Invocation& invocation, auth::Session& session, const Api& api,
                        actions::Plan plan) {
  const std::string name = plan.actions.front().name;
  for (const actions::Action& action : plan.actions) {
    if (action.name != name)
      return fail(ErrorCode::kUsage, "a plan pushes files or removes some, not both at once");
  }
  return act(invocation, session, std::move(plan),
             [&](const std::string&, const std::string&) -> std::unique_ptr<actions::Actor> {
               if (name == kPushAction) return std::make_unique<PushActor>(session, api);
               return std::make_unique<RemoveActor>(session, api);
             });
}

}  // namespace

Result<int> library_command(cli::Invocation& invocation) {
  QUARRY_TRY(std::optional<actions::Plan> known,
             known_plan(invocation, [](const std::string& name) {
               return name == kPushAction || name == kRemoveAction;
             }));
  const auto words = invocation.arguments();
  if (known && words.size() > 1)
    return fail(ErrorCode::kUsage, "the plan names the files; name none beside it");
  constexpr std::string_view kKnown[]{"list", "push", "rm"};
  const std::string verb = words.empty() ? "list" : words[0];
  if (!known && verb != "list" && words.size() < 2 && (verb == "push" || verb == "rm"))
    return fail(ErrorCode::kUsage, fmt::format("lr library {} needs files", verb),
                "lr library push FILE…, lr library rm NAME…");
  QUARRY_TRY(const auto session, auth::connect_one(invocation.run_context()));
  QUARRY_TRY(const auth::Endpoint mde, session->need(auth::Service::kMde));
  const Api api(mde.url, mde.scope);
  QUARRY_CHECK(auth::check_permission(*session, kNeed));
  if (known) return act_by_plan(invocation, *session, api, *std::move(known));
  if (verb == "list") return list(invocation, *session, api);
  if (verb == "push") return push(invocation, *session, api, words.subspan(1));
  if (verb == "rm") return remove(invocation, *session, api, words.subspan(1));
  return fail(ErrorCode::kUsage, fmt::format("unknown word '{}' behind library", verb),
              did_you_mean(verb, kKnown));
}

}  // namespace quarry::lr
