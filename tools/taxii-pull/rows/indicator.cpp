#include "tools/taxii-pull/rows/indicator.h"

#include "common/value/dynamic.h"

#include <algorithm>

namespace quarry::taxii_pull {
namespace {

using stix::Member;

KillChain read_kill_chain(std::string_view json) {
  KillChain chain;
  ArrayCursor cursor{DynamicView(json)};
  std::string chain_scratch, phase_scratch;
  for (DynamicView item; cursor.next(item);) {
    const std::string_view name =
        item.member("kill_chain_name").as_string(chain_scratch).value_or("");
    const std::string_view phase = item.member("phase_name").as_string(phase_scratch).value_or("");
    bool* flag = nullptr;
    if (name == "lockheed-martin-cyber-kill-chain") {
      if (phase == "reconnaissance") flag = &chain.reconnaissance;
      if (phase == "weaponization") flag = &chain.weaponization;
      if (phase == "delivery") flag = &chain.delivery;
      if (phase == "exploitation") flag = &chain.exploitation;
      if (phase == "command-and-control") flag = &chain.command_and_control;
      if (phase == "actions-on-objectives") flag = &chain.actions;
    }
    if (flag != nullptr) {
      *flag = true;
    } else if (!name.empty() || !phase.empty()) {
      chain.others.push_back(std::string(name) + ':' + std::string(phase));
    }
  }
  return chain;
}

void read_markings(const stix::ObjectReader& object, const stix::Context& context, Indicator& out) {
  for (std::string& id : object.texts(Member::kMarkings)) {
    if (const auto level = context.tlp_of(id)) {
      out.tlp = std::max(out.tlp.value_or(stix::Tlp::kWhite), *level);  // the strictest counts
    } else {
      out.unknown_markings.push_back(std::move(id));
    }
  }
}

/// Rules filter on texts in it, so it stays as it came.
std::string describe(stix::ObjectReader& object, const stix::Surroundings& surroundings) {
  std::string name(object.text(Member::kName));
  const std::string_view description = object.text(Member::kDescription);
  if (name.empty() && description.empty()) {
    if (!surroundings.malware.empty()) return "indicates " + surroundings.malware.front();
    if (!surroundings.activity_groups.empty())
      return "indicates " + surroundings.activity_groups.front();
  }
  if (name.empty()) return std::string(description);
  if (!description.empty()) name.append(": ").append(description);
  return name;
}

std::string threat_type(const std::vector<std::string>& types,
                        const std::vector<std::string>& labels,
                        const stix::Surroundings& surroundings) {
  if (!types.empty()) return types.front();
  if (!labels.empty()) return labels.front();
  if (!surroundings.malware.empty()) return "malware";
  return surroundings.activity_groups.empty() ? "" : "threat-actor";
}

}  // namespace

std::string json_list(const std::vector<std::string>& texts) {
  if (texts.empty()) return {};
  std::string out;
  for (const std::string& text : texts) {
    out += out.empty() ? '[' : ',';
    append_json_string(out, text);
  }
  return out + ']';
}

Indicator read_indicator(stix::ObjectReader& object, const stix::Context& context) {
  Indicator out;
  out.id = object.id();
  out.provider = context.name_of(object.text(Member::kCreatedBy));
  out.created = object.instant(Member::kCreated);
  out.modified = object.instant(Member::kModified);
  if (!out.modified) out.modified = out.created;
  out.valid_from = object.instant(Member::kValidFrom);
  out.valid_until = object.instant(Member::kValidUntil);
  out.revoked = object.flag(Member::kRevoked);
  out.confidence = object.integer(Member::kConfidence);
  out.surroundings = context.of(object.id());
  out.tags = object.texts(Member::kLabels);
  out.threat_type = threat_type(object.texts(Member::kIndicatorTypes), out.tags, out.surroundings);
  out.description = describe(object, out.surroundings);
  out.pattern = object.text(Member::kPattern);
  out.pattern_type = object.text(Member::kPatternType);
  if (out.pattern_type.empty()) out.pattern_type = "stix";
  out.kill_chain = read_kill_chain(object.nested(Member::kKillChainPhases));
  read_markings(object, context, out);
  out.external_references = object.nested(Member::kExternalReferences);
  out.language = object.text(Member::kLang);
  out.json = object.json();
  return out;
}

}  // namespace quarry::taxii_pull
