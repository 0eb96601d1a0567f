#include "tools/consent-audit/tenant/answer_ledger.h"

#include "common/base/text.h"

#include <algorithm>
#include <utility>

namespace quarry::consent_audit {
namespace {

constexpr std::pair<std::string_view, AnswerKind> kContexts[]{
    {"serviceprincipals", AnswerKind::kServicePrincipals},
    {"oauth2permissiongrants", AnswerKind::kGrants},
    {"approleassignments", AnswerKind::kRoleAssignments},
    {"approleassignedto", AnswerKind::kRoleAssignments},
    {"organization", AnswerKind::kOrganization},
    {"users", AnswerKind::kUsers},
    {"directoryobjects", AnswerKind::kUsers},
    {"authorizationpolicy", AnswerKind::kAuthorizationPolicy},
    {"adminconsentrequestpolicy", AnswerKind::kAdminConsentPolicy},
    {"permissiongrantpolicies", AnswerKind::kGrantPolicies},
    {"appconsentrequests", AnswerKind::kConsentRequests},
    {"settings", AnswerKind::kDirectorySettings},
    {"groupsettings", AnswerKind::kDirectorySettings},
    {"directorysettings", AnswerKind::kDirectorySettings},
    {"delegatedpermissionclassifications", AnswerKind::kClassifications},
    {"roleassignments", AnswerKind::kRoleHolders},
    {"directoryaudits", AnswerKind::kLogs},
    {"signins", AnswerKind::kLogs},
};

bool meet(const std::set<std::string>& a, const std::set<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&b](const std::string& id) { return b.contains(id); });
}

/// Whether `end` can be the last page of the list that `page` is one of. Lists of role assignments
/// are of one API or of one holder; the others are one list.
bool can_end(const AnswerPage& end, const AnswerPage& page) {
  if (end.goes_on) return false;
  if (page.resources.empty()) return true;
  if (page.resources.size() == 1 && meet(end.resources, page.resources)) return true;
  return page.principals.size() == 1 && meet(end.principals, page.principals);
}

}  // namespace

/// "https://…/$metadata#servicePrincipals('x')/appRoleAssignedTo(id,appRoleId)": the words outside
/// of the brackets, the last of them.
std::optional<AnswerKind> kind_of_context(std::string_view context) {
  const std::size_t hash = context.find('#');
  if (hash == std::string_view::npos) return std::nullopt;
  std::string word;
  int depth = 0;
  for (const char c : context.substr(hash + 1)) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (depth > 0 || c == ')') continue;
    if (c == '/') {
      word.clear();
    } else {
      word += c;
    }
  }
  const auto* const found =
      std::find_if(std::begin(kContexts), std::end(kContexts),
                   [&](const auto& known) { return known.first == text::lower_ascii(word); });
  return found == std::end(kContexts) ? std::nullopt : std::optional(found->second);
}

void AnswerLedger::note(AnswerKind kind, AnswerPage page) {
  note(kind);
  pages_[static_cast<std::size_t>(kind)].push_back(std::move(page));
}

bool AnswerLedger::has_any() const {
  return std::find(met_.begin(), met_.end(), true) != met_.end();
}

std::vector<AnswerPage> AnswerLedger::unfollowed(AnswerKind kind) const {
  std::vector<AnswerPage> open;
  const auto is_blank = [](const AnswerPage& page) {
    return !page.goes_on && page.resources.empty();
  };
  std::ptrdiff_t blank = std::count_if(pages(kind).begin(), pages(kind).end(), is_blank);
  for (const AnswerPage& page : pages(kind)) {
    if (!page.goes_on) continue;
    const bool ended = std::any_of(pages(kind).begin(), pages(kind).end(),
                                   [&page](const AnswerPage& end) { return can_end(end, page); });
    if (!ended && (page.resources.empty() || blank-- <= 0)) open.push_back(page);
  }
  return open;
}

std::vector<std::string> AnswerLedger::without_holders(const std::vector<std::string>& apis) const {
  std::vector<std::string> missing;
  const std::vector<AnswerPage>& all = pages(AnswerKind::kRoleAssignments);
  for (const std::string& api : apis) {
    const bool told = std::any_of(all.begin(), all.end(), [&api](const AnswerPage& page) {
      return page.resources.contains(api);
    });
    if (!told) missing.push_back(api);
  }
  const std::ptrdiff_t blank = std::count_if(
      all.begin(), all.end(), [](const AnswerPage& page) { return page.resources.empty(); });
  if (static_cast<std::size_t>(blank) >= missing.size()) missing.clear();
  return missing;
}

}  // namespace quarry::consent_audit
