#include "tools/incident-link/send/send_job.h"

#include "common/base/random.h"
#include "common/value/dynamic.h"
#include "tools/incident-link/entities/group.h"
#include "tools/incident-link/send/sending.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace quarry::incident_link {
namespace {

std::string place_of(const Target& target, const LinkSettings& settings,
                     const auth::Connection& connection) {
  return target.kind == TargetKind::kSentinel ? settings.workspace : connection.tenant;
}

/// A plan names the entities of a group; those of a row are the ones whose value it holds.
std::vector<Entity> entities_in(const Row& row, const std::vector<Entity>& of_group) {
  std::vector<Entity> found;
  for (const Entity& entity : of_group) {
    const auto& members = row.members();
    if (std::any_of(members.begin(), members.end(), [&entity](const json::RawMember& member) {
          return json::text_of(member.value) == entity.value;
        }))
      found.push_back(entity);
  }
  return found;
}

}  // namespace

Result<auth::Connection> connection_of(const config::RunContext& context) {
  if (context.profiles.size() > 1)
    return fail(ErrorCode::kUsage, "this command works with one profile at a time",
                "give --profile with one name");
  if (context.profiles.empty()) return auth::read_connection(context.look_up, context.environment);
  QUARRY_TRY(const config::LookUp look_up, context.of_profile(context.profiles.front()));
  return auth::read_connection(look_up, context.environment, context.profiles.front());
}

Result<SendJob> job_of_rows(const LinkSettings& settings, std::vector<LinkRow> rows,
                            const CaseState& state, std::string folder,
                            const auth::Connection& connection, std::string run) {
  SendJob job{.settings = settings,
              .target = *settings.target,
              .folder = std::move(folder),
              .head = state.is_empty() ? new_head(settings) : state.head(),
              .rows = std::move(rows),
              .plan = {},
              .run = std::move(run)};
  job.target.place = place_of(job.target, settings, connection);
  if (job.head.id.empty()) job.head.id = random_guid();
  QUARRY_TRY(job.plan, plan_sending(job.rows, {.state = state,
                                               .settings = settings,
                                               .target = job.target,
                                               .alert = alert_head(settings, job.head),
                                               .folder = job.folder,
                                               .run = job.run}));
  return job;
}

Result<SendJob> job_of_plan(actions::Plan plan, const std::string& file,
                            const auth::Connection& connection, PlannedRows& rows) {
  const SendingInput first = sending_input_of(plan.actions.front());
  SendJob job{.settings = {},
              .target = target_of_json(plan.actions.front().target),
              .folder = first.folder,
              .head = first.alert,
              .rows = {},
              .plan = {},
              .run = plan.run};
  if (job.target.kind == TargetKind::kDefender && job.target.place != connection.tenant)
    return fail(Error(ErrorCode::kRefused, fmt::format("the plan is for tenant '{}', not for '{}'",
                                                       job.target.place, connection.tenant))
                    .at(file));
  job.head.description = first.alert.description;
  job.settings.query = first.query;
  std::vector<std::vector<Entity>> entities;
  for (actions::Action& action : plan.actions) {
    const SendingInput input = sending_input_of(action);
    ArrayCursor cursor{DynamicView(action.row)};
    for (DynamicView element; cursor.next(element);) {
      QUARRY_TRY(Row row, Row::parse(std::string(element.json()), file));
      entities.push_back(entities_in(row, input.entities));
      rows.rows.push_back(std::move(row));
    }
    job.plan.actions.push_back(std::move(action));
  }
  for (std::size_t i = 0; i < rows.rows.size(); ++i)
    job.rows.push_back(
        {.row = &rows.rows[i], .entities = entities[i], .group = group_name(entities[i])});
  return job;
}

}  // namespace quarry::incident_link
