#include "tests/fakes/incidents/body_checks.h"

#include "common/base/text.h"
#include "common/base/unicode.h"

#include <fmt/format.h>

#include <algorithm>

namespace quarry::fakes {
namespace {

/// "2026-11-20T06:38:35.7115183Z", all seven digits.
bool is_exact_time(std::string_view text) {
  constexpr std::string_view kShape = "dddd-dd-ddTdd:dd:dd.dddddddZ";
  return text.size() == kShape.size() &&
         std::equal(text.begin(), text.end(), kShape.begin(), [](char c, char shape) {
           return shape == 'd' ? text::is_ascii_digit(c) : c == shape;
         });
}

bool fits_identifier(std::string_view type, std::string_view identifier) {
  if (type == "user") return is_one_of(identifier, {"userPrincipalName", "aadUserId", "sid"});
  if (type == "device") return is_one_of(identifier, {"deviceId", "deviceName"});
  if (type == "mailbox") return identifier == "mailboxPrimaryAddress";
  if (type == "emailMessage" || type == "emailCluster") return identifier == "networkMessageId";
  if (type == "file" || type == "process") return is_one_of(identifier, {"sha1", "sha256"});
  if (type == "ip") return identifier == "address";
  if (type == "url") return identifier == "url";
  if (type == "registryKey") return identifier == "key";
  if (type == "registryValue") return is_one_of(identifier, {"key", "valueName"});
  if (type == "cloudApplication") return is_one_of(identifier, {"appId", "name"});
  if (type == "oAuthApplication") return identifier == "oAuthAppId";
  if (type == "securityGroup")
    return is_one_of(identifier, {"distinguishedName", "objectGuid", "sid"});
  if (type == "azureResource") return identifier == "resourceId";
  if (type == "amazonResource") return identifier == "amazonResourceId";
  return type == "googleCloudResource" && identifier == "fullResourceName";
}

std::string problem_of_entity(const json::Node& entity) {
  const std::string type = text_member(entity, "entityType");
  if (!fits_identifier(type, text_member(entity, "entityIdentifier")))
    return fmt::format("unknown entity or identifier: {}", entity.to_json());
  const std::string value = text_member(entity, "identifierValue");
  if (value.empty() || unicode::code_point_count(value) > 1000)
    return "identifierValue is empty or too long";
  if (!is_one_of(text_member(entity, "role"), {"impacted", "related"})) return "unknown role";
  return unknown_member(entity, {"entityType", "entityIdentifier", "identifierValue", "role"});
}

}  // namespace

std::string problem_of_edit(const json::Node& edit) {
  if (std::string problem = unknown_member(
          edit, {"status", "assignedTo", "classification", "determination", "customTags"});
      !problem.empty())
    return problem;
  const auto fits = [&edit](std::string_view key, std::initializer_list<std::string_view> words) {
    return !has_member(edit, key) || is_one_of(text_member(edit, key), words);
  };
  if (edit.size() == 0) return "nothing is changed";
  if (!fits("status", {"active", "resolved"})) return "unknown status";
  if (!fits("classification",
            {"unknown", "falsePositive", "truePositive", "informationalExpectedActivity"}))
    return "unknown classification";
  if (!fits("determination",
            {"unknown", "apt", "malware", "securityPersonnel", "securityTesting",
             "unwantedSoftware", "other", "multiStagedAttack", "compromisedUser", "phishing",
             "maliciousUserActivity", "notMalicious", "notEnoughDataToValidate",
             "confirmedUserActivity", "lineOfBusinessApplication"}))
    return "unknown determination";
  return {};
}

bool has_member(const json::Node& node, std::string_view key) {
  for (std::size_t i = 0; i < node.size(); ++i) {
    if (node.key(i) == key) return true;
  }
  return false;
}

std::string text_member(const json::Node& node, std::string_view key) {
  return std::string(node.find(key).as_string().value_or(""));
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string unknown_member(const json::Node& node, std::initializer_list<std::string_view> known) {
  for (std::size_t i = 0; i < node.size(); ++i) {
    if (!is_one_of(node.key(i), known)) return fmt::format("unknown member {}", node.key(i));
  }
  return {};
}

std::optional<json::Document> body_of(const Request& request) {
  if (request.header("Content-Type").value_or("").find("application/json") != 0)
    return std::nullopt;
  const auto document = json::Document::parse(request.body, "body");
  return document && document->root().is_object() ? std::optional(*document) : std::nullopt;
}

std::string problem_of_alert(const json::Node& input) {
  if (!input.is_object()) return "createAlertInput is missing";
  for (const char* member : {"title", "category", "description"}) {
    if (text_member(input, member).empty()) return fmt::format("{} is required", member);
  }
  if (unicode::code_point_count(text_member(input, "description")) > 5000)
    return "the description is too long";
  if (!is_one_of(text_member(input, "severity"), {"informational", "low", "medium", "high"}))
    return "unknown severity";
  const json::Node link = input.find("linkToIncident");
  if (!link.is_null() && !link.as_int64()) return "linkToIncident is a number";
  const json::Node entities = input.find("entityDefinitions");
  if (!entities.is_array() || entities.size() == 0 || entities.size() > 100)
    return "entityDefinitions holds 1 to 100 entities";
  for (std::size_t i = 0; i < entities.size(); ++i) {
    if (std::string problem = problem_of_entity(entities[i]); !problem.empty()) return problem;
  }
  return unknown_member(
      input,
      {"title", "severity", "category", "description", "recommendedActions", "mitreTechniques",
       "linkToIncident", "sentinelWorkspace", "isExcludedFromCorrelation", "entityDefinitions"});
}

std::string problem_of_reference(const json::Node& body) {
  for (const char* member : {"machineId", "eventTime", "reportId", "severity", "title",
                             "description", "recommendedAction", "category"}) {
    if (text_member(body, member).empty()) return fmt::format("{} is required, a text", member);
  }
  if (!is_exact_time(text_member(body, "eventTime"))) return "eventTime is not exact";
  if (!is_one_of(text_member(body, "severity"), {"Low", "Medium", "High"}))
    return "unknown severity";
  if (!is_one_of(
          text_member(body, "category"),
          {"General", "CommandAndControl", "Collection", "CredentialAccess", "DefenseEvasion",
           "Discovery", "Exfiltration", "Exploit", "Execution", "InitialAccess", "LateralMovement",
           "Malware", "Persistence", "PrivilegeEscalation", "Ransomware", "SuspiciousActivity"}))
    return "unknown category";
  return unknown_member(body, {"machineId", "eventTime", "reportId", "severity", "title",
                               "description", "recommendedAction", "category"});
}

}  // namespace quarry::fakes
