#include "tools/incident-link/send/sentinel_actor.h"

#include "common/base/text.h"
#include "common/json/object_writer.h"
#include "common/output/report.h"
#include "tools/incident-link/rows/row.h"
#include "tools/incident-link/rows/row_facts.h"

#include <fmt/format.h>

#include <map>
#include <utility>

namespace quarry::incident_link {
namespace {

using actions::Action;
using actions::ActResult;
using journal::State;
using services::incidents::Put;
using services::incidents::Sent;

constexpr std::size_t kLongestComment = 20'000;  // of 30,000 characters; escapes need room
constexpr std::size_t kLongestValue = 10'000;    // of one column in a bookmark
constexpr std::size_t kLongestName = 200;

/// How a bookmark's entities are found: {"203.0.113.7":"IP",…}
std::string entity_mapping(const std::vector<Entity>& entities) {
  std::map<std::string, std::string_view> kinds;
  for (const Entity& entity : entities) {
    if (entity.type == "device") kinds[entity.value] = "Host";
    if (entity.type == "user") kinds[entity.value] = "Account";
    if (entity.type == "ip") kinds[entity.value] = "IP";
    if (entity.type == "url") kinds[entity.value] = "URL";
  }
  if (kinds.empty()) return {};
  json::ObjectWriter writer;
  for (const auto& [value, kind] : kinds) writer.text(value, kind);
  return writer.take();
}

/// The row without values that are too long for a bookmark: the case has them.
std::string fitting_row(const Row& row, const std::vector<Entity>& entities) {
  json::ObjectWriter writer;
  for (const json::RawMember& member : row.members()) {
    const std::string key = json::string_of(fmt::format("\"{}\"", member.key));
    if (member.value.size() <= kLongestValue) {
      writer.raw(key, member.value);
    } else {
      writer.text(key, fmt::format("{} ({} bytes, whole in the case)",
                                   cut_text(json::text_of(member.value), kLongestValue / 2),
                                   member.value.size()));
    }
  }
  writer.raw_if("__entityMapping", entity_mapping(entities));
  return writer.take();
}

/// A comment is shown as Markdown; what rows say is text.
std::string escaped_lines(const std::string& text) {
  std::string out;
  for (const std::string_view line : text::split(text, '\n')) {
    if (!out.empty()) out += "\n";
    out += output::markdown_escaped(line);
  }
  return out;
}

ActResult failed(const Error& error) {
  ActResult result{
      .state = State::kFailed, .message = error.message(), .code = error.code(), .stop_all = true};
  if (!error.hint().empty()) result.message += "; " + error.hint();
  return result;
}

}  // namespace

SentinelActor::SentinelActor(SentinelContext context)
    : context_(std::move(context)),
      incidents_(context_.http, context_.arm, context_.target.place) {}

std::string SentinelActor::name(std::string_view kind, std::string_view what) const {
  return services::incidents::name_guid(context_.case_id, fmt::format("{}:{}", kind, what));
}

std::string SentinelActor::new_incident_id() const { return name("incident", kNewIncident); }

Put SentinelActor::incident_put(const SendingInput& input) const {
  return {"incidents/" + new_incident_id(),
          services::incidents::sentinel_incident_body({.title = input.alert.title,
                                                       .severity = input.alert.severity,
                                                       .description = input.alert.description,
                                                       .labels = {"hunt"},
                                                       .first_activity = input.first_time,
                                                       .last_activity = input.last_time})};
}

std::vector<Put> SentinelActor::bookmarks(const Action& action, const SendingInput& input) const {
  std::vector<Put> puts;
  for (const std::string& sha256 : input.rows) {
    const BookmarkRow* const stored = context_.row(sha256);
    if (stored == nullptr) continue;
    const Result<Row> row = Row::parse(stored->json, sha256);
    if (!row) continue;
    const std::string summary = summary_of(*row);
    puts.push_back(
        {"bookmarks/" + name("bookmark", sha256),
         services::incidents::bookmark_body(
             {.display_name = cut_text(summary.empty() ? input.alert.title : summary, kLongestName),
              .query = input.query.empty() ? "// linked by incident-link" : input.query,
              .row = fitting_row(*row, stored->entities),
              .event_time = row->text(time_column(*row)),
              .notes = marker_of(action)})});
  }
  return puts;
}

std::vector<Put> SentinelActor::relations(const SendingInput& input) const {
  const std::string incident = incident_.id.empty() ? new_incident_id() : incident_.id;
  std::vector<Put> puts;
  for (const std::string& sha256 : input.rows) {
    puts.push_back({fmt::format("incidents/{}/relations/{}", incident,
                                name("relation", incident + ":" + sha256)),
                    services::incidents::relation_body(
                        incidents_.resource_id("bookmarks/" + name("bookmark", sha256)))});
  }
  return puts;
}

Put SentinelActor::comment(const Action& action, const SendingInput& input, bool with_rows) const {
  const std::string incident = incident_.id.empty() ? new_incident_id() : incident_.id;
  const std::string text = with_rows
                               ? full_text(action, input, kLongestComment / 2)
                               : fmt::format("{} row{} about {}, from case {} {}",
                                             input.rows.size(), input.rows.size() == 1 ? "" : "s",
                                             input.group, context_.case_id, marker_of(action));
  return {
      fmt::format("incidents/{}/comments/{}", incident, name("comment", actions::key_of(action))),
      services::incidents::sentinel_comment_body(cut_text(escaped_lines(text), kLongestComment))};
}

std::vector<ShownRequest> SentinelActor::requests_of(const Action& action) {
  const SendingInput input = sending_input_of(action);
  std::vector<Put> puts;
  if (context_.target.is_new()) puts.push_back(incident_put(input));
  for (Put& put : bookmarks(action, input)) puts.push_back(std::move(put));
  for (Put& put : relations(input)) puts.push_back(std::move(put));
  puts.push_back(comment(action, input, false));
  std::vector<ShownRequest> shown;
  for (Put& put : puts) shown.push_back({"PUT", incidents_.url(put.path), std::move(put.body)});
  return shown;
}

/// What is there is not put again: people may have changed it since.
std::optional<ActResult> SentinelActor::settle_incident(const SendingInput& input) {
  if (!incident_.id.empty()) return std::nullopt;
  const bool is_new = context_.target.is_new();
  const auto found = incidents_.find(is_new ? new_incident_id() : context_.target.incident);
  if (!found) return failed(found.error());
  if (*found) {
    incident_ = **found;
    return std::nullopt;
  }
  if (!is_new)
    return failed(Error(ErrorCode::kRemote,
                        fmt::format("the workspace has no incident {}", context_.target.incident)));
  const Sent sent = incidents_.put_once(incident_put(input));
  if (!sent.is_done() && !sent.is_uncertain) return failed_result(sent);
  const auto made = incidents_.find(new_incident_id());
  if (!made || !*made) return ActResult{.message = "the incident was made and cannot be read"};
  incident_ = **made;
  return std::nullopt;
}

ActResult SentinelActor::linked(const Sent& sent) const {
  json::ObjectWriter after;
  after.text("incident", incident_.number.empty() ? incident_.id : incident_.number)
      .text("guid", incident_.id)
      .text_if("url", incident_.url);
  return {.state = State::kDone,
          .status = sent.status,
          .request_id = sent.request_id,
          .after = after.take()};
}

ActResult SentinelActor::perform(const Action& action) {
  const SendingInput input = sending_input_of(action);
  if (const auto trouble = settle_incident(input)) return *trouble;
  Sent sent = incidents_.put_all(bookmarks(action, input));
  const bool only_comment = sent.status == 403;
  if (only_comment && !std::exchange(said_comments_only_, true)) {
    context_.warn(
        "bookmarks are refused (they need Microsoft Sentinel Contributor): rows go into "
        "a comment only");
  }
  if (!only_comment) {
    if (sent.is_done()) sent = incidents_.put_all(relations(input));
    if (!sent.is_done()) return failed_result(sent);
  }
  sent = incidents_.put(comment(action, input, only_comment));
  return sent.is_done() ? linked(sent) : failed_result(sent);
}

}  // namespace quarry::incident_link
