// Which answers of Microsoft Graph are at hand, and which of them go on in a page that is not: what
// is missing must never look like "nothing there".
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace quarry::consent_audit {

enum class AnswerKind : std::uint8_t {
  kServicePrincipals,
  kGrants,
  kRoleAssignments,
  kOrganization,
  kUsers,
  kAuthorizationPolicy,
  kAdminConsentPolicy,
  kGrantPolicies,
  kConsentRequests,
  kDirectorySettings,
  kClassifications,
  kRoleHolders,
  kLogs,
  kCount_
};

/// By the last word of an `@odata.context`: what a list is of, also where it is empty.
std::optional<AnswerKind> kind_of_context(std::string_view context);

/// One page of a list.
struct AnswerPage {
  std::string source;    // file or call
  bool goes_on = false;  // it has an @odata.nextLink
  /// Of role assignments: whose roles, and who holds them. They tell the lists of a kind apart.
  std::set<std::string> resources = {};
  std::set<std::string> principals = {};
};

class AnswerLedger {
 public:
  /// An object of the kind was met, or an empty list of it.
  void note(AnswerKind kind) { met_[static_cast<std::size_t>(kind)] = true; }
  void note(AnswerKind kind, AnswerPage page);

  bool has(AnswerKind kind) const { return met_[static_cast<std::size_t>(kind)]; }
  bool has_any() const;
  /// Pages that go on where no page at hand can be the end of their list.
  std::vector<AnswerPage> unfollowed(AnswerKind kind) const;
  /// Those of the APIs that no page tells the holders of. A page without a row may be the answer of
  /// any one of them.
  std::vector<std::string> without_holders(const std::vector<std::string>& apis) const;

 private:
  const std::vector<AnswerPage>& pages(AnswerKind kind) const {
    return pages_[static_cast<std::size_t>(kind)];
  }

  static constexpr auto kKinds = static_cast<std::size_t>(AnswerKind::kCount_);
  std::array<bool, kKinds> met_{};
  std::array<std::vector<AnswerPage>, kKinds> pages_;
};

}  // namespace quarry::consent_audit
