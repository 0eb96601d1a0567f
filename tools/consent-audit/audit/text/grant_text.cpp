#include "tools/consent-audit/audit/text/grant_text.h"

#include "common/base/text.h"
#include "tools/consent-audit/audit/text/grant_id.h"

#include <algorithm>
#include <iterator>

namespace quarry::consent_audit {
namespace {

constexpr std::string_view kOpening = "[Id: ";
constexpr std::string_view kZeroGuid = "00000000-0000-0000-0000-000000000000";

/// The text behind `name` up to a comma or bracket; "" where the name does not occur.
std::string_view field(std::string_view segment, std::string_view name) {
  const std::size_t at = segment.find(name);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = segment.substr(at + name.size());
  return text::trim_ascii(rest.substr(0, rest.find_first_of(",]")));
}

std::string id_field(std::string_view segment, std::string_view name) {
  const std::string_view value = field(segment, name);
  return value == kZeroGuid ? std::string() : std::string(value);
}

void complete_from_id(Grant& grant) {
  const auto parts = decode_grant_id(grant.id);
  if (!parts) return;
  if (grant.client_id.empty()) grant.client_id = parts->client_id;
  if (grant.resource_id.empty()) grant.resource_id = parts->resource_id;
  if (grant.principal_id.empty()) grant.principal_id = parts->principal_id;
  if (grant.consent_type.empty())
    grant.consent_type = parts->principal_id.empty() ? "AllPrincipals" : "Principal";
}

Grant parse_grant(std::string_view segment, bool& truncated) {
  Grant grant{.id = std::string(field(segment, "Id: ")),
              .client_id = id_field(segment, ", ClientId: "),
              .principal_id = id_field(segment, ", PrincipalId: "),
              .resource_id = id_field(segment, ", ResourceId: "),
              .consent_type = std::string(field(segment, ", ConsentType: ")),
              .scopes = {}};
  std::vector<std::string> raw;
  if (!split_scopes(field(segment, ", Scope:"), grant.scopes, raw)) truncated = true;
  if (segment.find(']') == std::string_view::npos) truncated = true;
  complete_from_id(grant);
  return grant;
}

std::vector<Grant> parse_side(std::string_view side, bool& truncated) {
  std::vector<Grant> grants;
  std::size_t scopes = 0;
  for (std::size_t at = side.find(kOpening); at != std::string_view::npos;) {
    const std::size_t next = side.find(kOpening, at + 1);
    grants.push_back(
        parse_grant(side.substr(at, next == std::string_view::npos ? next : next - at), truncated));
    scopes += grants.back().scopes.size() + 1;
    at = next;
    if (scopes < kMaxScopes) continue;
    truncated |= at != std::string_view::npos;
    break;
  }
  return grants;
}

}  // namespace

GrantChange parse_grant_change(std::string_view value) {
  GrantChange change;
  const std::size_t arrow = value.find("=>");
  const std::string_view after = arrow == std::string_view::npos ? value : value.substr(arrow + 2);
  change.after = parse_side(after, change.truncated);
  if (arrow == std::string_view::npos) return change;
  change.before = parse_side(value.substr(0, arrow), change.truncated);
  return change;
}

bool split_scopes(std::string_view text, std::vector<std::string>& names,
                  std::vector<std::string>& raw) {
  constexpr std::string_view kBlanks = " \t\r\n\v\f";
  for (std::size_t at = text.find_first_not_of(kBlanks); at != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(kBlanks, at), text.size());
    const std::string_view name = text.substr(at, end - at);
    if (names.size() >= kMaxScopes) return false;
    const std::size_t slash = name.rfind('/');
    if (slash != std::string_view::npos && slash + 1 < name.size()) {
      raw.emplace_back(name);
      names.emplace_back(name.substr(slash + 1));
    } else {
      names.emplace_back(name);
    }
    at = text.find_first_not_of(kBlanks, end);
  }
  return true;
}

void make_set(std::vector<std::string>& names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

std::vector<std::string> minus(const std::vector<std::string>& from,
                               const std::vector<std::string>& without) {
  std::vector<std::string> left;
  std::set_difference(from.begin(), from.end(), without.begin(), without.end(),
                      std::back_inserter(left));
  return left;
}

}  // namespace quarry::consent_audit
