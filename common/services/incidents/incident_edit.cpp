#include "common/services/incidents/incident_edit.h"

#include "common/json/object_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace quarry::services::incidents {
namespace {

struct Pair {
  std::string_view ours;
  std::string_view theirs;
};

constexpr std::array<Pair, 2> kDefenderStatuses{{{"active", "active"}, {"closed", "resolved"}}};
constexpr std::array<Pair, 3> kSentinelStatuses{
    {{"new", "New"}, {"active", "Active"}, {"closed", "Closed"}}};
constexpr std::array<Pair, 4> kSentinelClassifications{
    {{"unknown", "Undetermined"},
     {"truePositive", "TruePositive"},
     {"falsePositive", "FalsePositive"},
     {"informationalExpectedActivity", "BenignPositive"}}};
/// Sentinel wants to know why it was one of these.
constexpr std::array<Pair, 3> kSentinelReasons{{{"TruePositive", "SuspiciousActivity"},
                                                {"FalsePositive", "InaccurateData"},
                                                {"BenignPositive", "SuspiciousButExpected"}}};

/// Words that the table does not know are the other side's own: they stay.
std::string theirs_of(std::span<const Pair> pairs, const std::string& ours) {
  const auto found = std::ranges::find(pairs, ours, &Pair::ours);
  return found == pairs.end() ? ours : std::string(found->theirs);
}

std::string ours_of(std::span<const Pair> pairs, const std::string& theirs) {
  const auto found = std::ranges::find(pairs, theirs, &Pair::theirs);
  return found == pairs.end() ? theirs : std::string(found->ours);
}

std::string text_at(const json::Node& node, std::string_view key) {
  return std::string(node.find(key).as_string().value_or(""));
}

using Member = std::pair<std::string_view, std::optional<std::string> IncidentEdit::*>;
constexpr std::array<Member, 4> kMembers{{{"status", &IncidentEdit::status},
                                          {"assigned_to", &IncidentEdit::assigned_to},
                                          {"classification", &IncidentEdit::classification},
                                          {"determination", &IncidentEdit::determination}}};

/// An owner by mail address is found by it; another name is only shown.
std::string sentinel_owner(const std::string& name) {
  if (name.empty())
    return R"({"assignedTo":null,"email":null,"objectId":null,"userPrincipalName":null})";
  json::ObjectWriter owner;
  owner.text("assignedTo", name);
  if (name.find('@') != std::string::npos) owner.text("userPrincipalName", name);
  return owner.take();
}

}  // namespace

std::string to_json(const IncidentEdit& edit) {
  json::ObjectWriter writer;
  for (const auto& [name, member] : kMembers) {
    if (const auto& value = edit.*member) writer.text(name, *value);
  }
  return writer.take();
}

IncidentEdit incident_edit_of_json(std::string_view json) {
  IncidentEdit edit;
  const auto document = json::Document::parse(std::string(json), "edit");
  if (!document) return edit;
  for (const auto& [name, member] : kMembers) {
    if (const auto value = document->root().find(name).as_string())
      edit.*member = std::string(*value);
  }
  return edit;
}

std::string in_words(const IncidentEdit& edit) {
  std::string words;
  for (const auto& [name, member] : kMembers) {
    const auto& value = edit.*member;
    if (!value) continue;
    words +=
        fmt::format("{}{}: {}", words.empty() ? "" : "; ",
                    name == "assigned_to" ? "assigned to" : name, value->empty() ? "none" : *value);
  }
  return words;
}

IncidentEdit way_back(const IncidentEdit& wanted, const IncidentEdit& there) {
  IncidentEdit back;
  for (const auto& [name, member] : kMembers) {
    if (wanted.*member && there.*member && wanted.*member != there.*member)
      back.*member = there.*member;
  }
  return back;
}

IncidentEdit defender_standing(const json::Node& incident) {
  return {.status = ours_of(kDefenderStatuses, text_at(incident, "status")),
          .assigned_to = text_at(incident, "assignedTo"),
          .classification = text_at(incident, "classification"),
          .determination = text_at(incident, "determination")};
}

std::string defender_edit_body(const IncidentEdit& edit) {
  json::ObjectWriter body;
  if (edit.status) body.text("status", theirs_of(kDefenderStatuses, *edit.status));
  if (edit.assigned_to)
    body.raw("assignedTo", edit.assigned_to->empty() ? "null" : json::quoted(*edit.assigned_to));
  const auto word = [&body](std::string_view name, const std::optional<std::string>& value) {
    if (value) body.text(name, value->empty() ? "unknown" : *value);
  };
  word("classification", edit.classification);
  word("determination", edit.determination);
  return body.take();
}

IncidentEdit sentinel_standing(const json::Node& properties) {
  const json::Node owner = properties.find("owner");
  const std::string principal = text_at(owner, "userPrincipalName");
  return {
      .status = ours_of(kSentinelStatuses, text_at(properties, "status")),
      .assigned_to = principal.empty() ? text_at(owner, "assignedTo") : principal,
      .classification = ours_of(kSentinelClassifications, text_at(properties, "classification"))};
}

std::string sentinel_edit_body(const json::Node& properties, const IncidentEdit& edit) {
  json::ObjectWriter writer;
  const auto keep = [&](std::string_view name) {
    const json::Node value = properties.find(name);
    if (!value.is_null()) writer.raw(name, value.to_json());
  };
  for (const std::string_view name : {"title", "description", "severity", "labels",
                                      "firstActivityTimeUtc", "lastActivityTimeUtc"})
    keep(name);
  if (edit.assigned_to) {
    writer.raw("owner", sentinel_owner(*edit.assigned_to));
  } else {
    keep("owner");
  }
  const std::string status =
      edit.status ? theirs_of(kSentinelStatuses, *edit.status) : text_at(properties, "status");
  writer.text_if("status", status);
  // Only what is closed has a verdict, and it must have one.
  if (status == "Closed") {
    const std::string there = text_at(properties, "classification");
    if (!edit.classification && !there.empty()) {
      for (const std::string_view name :
           {"classification", "classificationReason", "classificationComment"})
        keep(name);
    } else {
      const std::string ours = edit.classification.value_or("");
      const std::string word =
          theirs_of(kSentinelClassifications, ours.empty() ? std::string("unknown") : ours);
      writer.text("classification", word);
      const auto reason = std::ranges::find(kSentinelReasons, word, &Pair::ours);
      if (reason != kSentinelReasons.end()) writer.text("classificationReason", reason->theirs);
    }
  }
  return json::ObjectWriter().raw("properties", writer.take()).take();
}

}  // namespace quarry::services::incidents
