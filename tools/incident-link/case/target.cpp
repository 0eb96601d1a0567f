#include "tools/incident-link/case/target.h"

#include "common/json/object_writer.h"
#include "common/json/raw_object.h"
#include "common/value/guid.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::incident_link {
namespace {

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= 18 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Failure no_target(std::string_view text) {
  return fail(ErrorCode::kUsage, fmt::format("'{}' is no incident", text),
              "--to 29001, --to sentinel:3177, or --new with --to defender or --to sentinel");
}

}  // namespace

std::string_view name_of(TargetKind kind) {
  switch (kind) {
    case TargetKind::kDefender:
      return "defender";
    case TargetKind::kSentinel:
      return "sentinel";
    case TargetKind::kCase:
      break;
  }
  return "case";
}

Result<Target> parse_target(std::string_view text, bool make_new) {
  Target target{.kind = TargetKind::kDefender, .place = {}, .incident = {}};
  const std::size_t colon = text.find(':');
  std::string_view rest = colon == std::string_view::npos ? text : text.substr(colon + 1);
  const std::string_view service = colon == std::string_view::npos ? "" : text.substr(0, colon);
  const std::string_view word = service.empty() ? text : service;
  if (word == "sentinel") target.kind = TargetKind::kSentinel;
  const bool names_service = word == "sentinel" || word == "defender";
  if (!names_service && (!service.empty() || !is_number(text))) return no_target(text);
  if (names_service && service.empty()) {
    if (!make_new)
      return fail(ErrorCode::kUsage, fmt::format("which incident of {}?", word),
                  fmt::format("--to {}:NUMBER, or --new for one that is made", word));
    target.incident = kNewIncident;
    return target;
  }
  if (make_new)
    return fail(ErrorCode::kUsage, fmt::format("--new and an incident that exists: {}", text),
                "leave out one of them");
  const bool is_guid = target.kind == TargetKind::kSentinel && parse_guid(rest).has_value();
  if (!is_number(rest) && !is_guid) return no_target(text);
  target.incident = rest;
  return target;
}

std::string to_json(const Target& target) {
  json::ObjectWriter writer;
  writer.text("kind", name_of(target.kind))
      .text_if("place", target.place)
      .text_if("incident", target.incident);
  return writer.take();
}

Target target_of_json(std::string_view json) {
  Target target;
  const auto members = json::raw_members(json, "target");
  if (!members) return target;
  const std::string kind = json::string_of(json::find_raw(*members, "kind"));
  if (kind == "defender") target.kind = TargetKind::kDefender;
  if (kind == "sentinel") target.kind = TargetKind::kSentinel;
  target.place = json::string_of(json::find_raw(*members, "place"));
  target.incident = json::string_of(json::find_raw(*members, "incident"));
  return target;
}

std::string in_words(const Target& target) {
  if (target.kind == TargetKind::kCase) return "the case";
  const char* const service = target.kind == TargetKind::kDefender ? "Defender" : "Sentinel";
  if (target.is_new()) return fmt::format("a new incident of {}", service);
  return fmt::format("{} incident {}", service, target.incident);
}

}  // namespace quarry::incident_link
