#include "tools/incident-link/forms/rule.h"

#include "common/base/file.h"
#include "common/base/text.h"
#include "common/io/sink.h"
#include "common/json/object_writer.h"
#include "common/services/incidents/sentinel_bodies.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace quarry::incident_link {
namespace {

/// The categories that are tactics of MITRE ATT&CK, which is what Sentinel asks for.
constexpr std::array<std::string_view, 10> kTactics{
    "CommandAndControl", "Collection", "CredentialAccess", "DefenseEvasion",  "Discovery",
    "Exfiltration",      "Execution",  "InitialAccess",    "LateralMovement", "Persistence"};

struct AssetKind {
  std::string_view type;
  std::string_view identifier;
  std::string_view asset;  // of Defender; empty: none
  std::string_view asset_identifier;
  std::string_view entity;  // of Sentinel; empty: none
  std::string_view field;
};
constexpr AssetKind kAssets[]{
    {"device", "deviceId", "impactedDeviceAsset", "deviceId", "", ""},
    {"device", "deviceName", "impactedDeviceAsset", "deviceName", "Host", "FullName"},
    {"user", "aadUserId", "impactedUserAsset", "accountObjectId", "Account", "AadUserId"},
    {"user", "sid", "impactedUserAsset", "accountSid", "Account", "Sid"},
    {"user", "userPrincipalName", "impactedUserAsset", "accountUpn", "Account", "FullName"},
    {"mailbox", "mailboxPrimaryAddress", "impactedMailboxAsset", "recipientEmailAddress", "Mailbox",
     "MailboxPrimaryAddress"},
    {"ip", "address", "", "", "IP", "Address"},
    {"url", "url", "", "", "URL", "Url"},
    {"azureResource", "resourceId", "", "", "AzureResource", "ResourceId"},
    {"cloudApplication", "appId", "", "", "CloudApplication", "AppId"},
    {"cloudApplication", "name", "", "", "CloudApplication", "Name"},
    {"registryKey", "key", "", "", "RegistryKey", "Key"},
};

const AssetKind* asset_kind(const ChosenColumn& column) {
  const auto* const found =
      std::find_if(std::begin(kAssets), std::end(kAssets), [&column](const AssetKind& kind) {
        return kind.type == column.type && kind.identifier == column.identifier;
      });
  return found == std::end(kAssets) ? nullptr : found;
}

std::string joined(std::string_view before, const std::vector<std::string>& parts) {
  return fmt::format("{}[{}]", before, fmt::join(parts, ","));
}

std::vector<std::string> quoted_all(const std::vector<std::string>& texts) {
  std::vector<std::string> quoted;
  for (const std::string& text : texts) quoted.push_back(json::quoted(text));
  return quoted;
}

std::string description_of(const CaseHead& head) {
  return head.description.empty() ? head.title : head.description;
}

std::string assets_json(const std::vector<ChosenColumn>& columns) {
  std::vector<std::string> assets;
  for (const ChosenColumn& column : columns) {
    const AssetKind* const kind = asset_kind(column);
    if (kind == nullptr || kind->asset.empty()) continue;
    std::string asset =
        json::ObjectWriter()
            .text("@odata.type", fmt::format("#microsoft.graph.security.{}", kind->asset))
            .text("identifier", kind->asset_identifier)
            .take();
    if (std::find(assets.begin(), assets.end(), asset) == assets.end())
      assets.push_back(std::move(asset));
  }
  return joined("", assets);
}

/// A text of any content stands in YAML as it does in JSON.
std::string yaml_line(std::string_view key, const std::string& text) {
  return fmt::format("{}: {}\n", key, json::quoted(text));
}

/// Lines keep their blanks: the indentation is stated.
std::string yaml_block(std::string_view key, std::string_view text) {
  std::string out = fmt::format("{}: |2\n", key);
  for (std::string_view line : text::split(text::trim_ascii(text), '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    out += fmt::format("  {}\n", line);
  }
  return out;
}

std::string entity_mappings(const RuleInput& input) {
  std::string out;
  for (const auto* const columns : {&input.impacted, &input.related}) {
    for (const ChosenColumn& column : *columns) {
      const AssetKind* const kind = asset_kind(column);
      if (kind == nullptr || kind->entity.empty()) continue;
      out += fmt::format(
          "  - entityType: {}\n    fieldMappings:\n      - identifier: {}\n"
          "        columnName: {}\n",
          kind->entity, kind->field, json::quoted(column.column));
    }
  }
  return out.empty() ? "" : "entityMappings:\n" + out;
}

std::string capitalised(std::string word) {
  if (!word.empty()) word[0] = text::ascii_upper(word[0]);
  return word;
}

void add_column(ChosenColumn column, std::vector<ChosenColumn>& into) {
  const bool known = std::any_of(into.begin(), into.end(), [&column](const ChosenColumn& one) {
    return one.column == column.column && one.type == column.type;
  });
  if (!known) into.push_back(std::move(column));
}

bool names_device_by_id(const std::vector<ChosenColumn>& columns) {
  return std::any_of(columns.begin(), columns.end(),
                     [](const ChosenColumn& one) { return one.identifier == "deviceId"; });
}

void add_columns(const Row& row, const EntityChoice& choice, Role role,
                 std::vector<ChosenColumn>& into) {
  for (ChosenColumn& column : choice.columns_in(row, role)) add_column(std::move(column), into);
}

bool ends_json(std::string_view path) { return text::lower_ascii(path).ends_with(".json"); }
bool ends_yaml(std::string_view path) {
  const std::string lower = text::lower_ascii(path);
  return lower.ends_with(".yaml") || lower.ends_with(".yml");
}

}  // namespace

RuleInput rule_input(const CaseHead& head, std::string query, std::span<const Row> rows,
                     const EntityChoice& choice) {
  RuleInput input{.head = head, .query = std::move(query), .impacted = {}, .related = {}};
  for (const Row& row : rows) {
    add_columns(row, choice, Role::kImpacted, input.impacted);
    add_columns(row, choice, Role::kRelated, input.related);
    // Sentinel knows hosts by their names, not by the ids of Defender.
    const bool named = row.has("DeviceName") && names_device_by_id(input.impacted);
    if (named) add_column({"device", "deviceName", "DeviceName"}, input.related);
  }
  return input;
}

std::string defender_rule(const RuleInput& input) {
  const CaseHead& head = input.head;
  const std::string alert = json::ObjectWriter()
                                .text("title", head.title)
                                .text("description", description_of(head))
                                .text("severity", head.severity)
                                .text("category", head.category)
                                .text("recommendedActions", head.recommended_action)
                                .raw("mitreTechniques", joined("", quoted_all(head.techniques)))
                                .raw("impactedAssets", assets_json(input.impacted))
                                .take();
  const std::string action =
      json::ObjectWriter().raw("alertTemplate", alert).raw("responseActions", "[]").take();
  return json::ObjectWriter()
             .text("displayName", head.title)
             .boolean("isEnabled", false)
             .raw("queryCondition", json::ObjectWriter().text("queryText", input.query).take())
             .raw("schedule", json::ObjectWriter().text("period", "24H").take())
             .raw("detectionAction", action)
             .take() +
         "\n";
}

std::string sentinel_rule(const RuleInput& input) {
  const CaseHead& head = input.head;
  std::string out = yaml_line("id", services::incidents::name_guid(head.id, "rule:" + input.query));
  out += yaml_line("name", head.title);
  out += yaml_line("description", description_of(head));
  out += fmt::format("severity: {}\n", capitalised(head.severity));
  out += "requiredDataConnectors: []\n";
  out += "queryFrequency: 1d\nqueryPeriod: 1d\ntriggerOperator: gt\ntriggerThreshold: 0\n";
  const bool is_tactic =
      std::find(kTactics.begin(), kTactics.end(), head.category) != kTactics.end();
  out += fmt::format("tactics: [{}]\n", is_tactic ? head.category : "");
  out += fmt::format("relevantTechniques: [{}]\n", fmt::join(head.techniques, ", "));
  out += yaml_block("query", input.query);
  out += entity_mappings(input);
  out += "version: 1.0.0\nkind: Scheduled\n";
  return out;
}

Result<void> check_rule_file(const std::string& path, std::string_view query) {
  if (path.empty()) return ok();
  if (!ends_json(path) && !ends_yaml(path))
    return fail(ErrorCode::kUsage, "--also-rule takes a file named .json, .yaml or .yml",
                "Defender's rules are JSON, Sentinel's YAML");
  if (text::trim_ascii(query).empty())
    return fail(ErrorCode::kUsage, "a rule needs the query", "--query KQL or --query-file FILE");
  return ok();
}

Result<void> write_rule(const std::string& path, const RuleInput& input) {
  if (path.empty()) return ok();
  QUARRY_TRY(AtomicFile file, AtomicFile::create(path));
  io::Sink out(file.descriptor(), path);
  QUARRY_CHECK(out.write(ends_json(path) ? defender_rule(input) : sentinel_rule(input)));
  QUARRY_CHECK(out.finish());
  return file.commit();
}

}  // namespace quarry::incident_link
