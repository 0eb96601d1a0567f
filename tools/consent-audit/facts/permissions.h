// What permissions of Microsoft's APIs allow. Constant data, see permissions.def for its sources.
#pragma once

#include "common/base/result.h"
#include "tools/consent-audit/risk/level.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace quarry::consent_audit {

enum class PermissionType : std::uint8_t { kDelegated, kApplication };

enum class Category : std::uint8_t {
  kOther,
  kMail,
  kFiles,
  kChat,
  kPersonal,
  kDirectory,
  kTenantControl,
  kAzureControl,
  kDevops,
  kSecret,
  kSecurityData,
  kSignIn,
  kImpersonation
};
/// "mail", "tenant-control".
std::string_view name_of(Category category);

struct PermissionFact {
  std::string_view resource;  // application id of the API
  PermissionType type;
  std::string_view value;  // "Mail.Read"
  std::string_view id;     // "" where the source has none that is a GUID
  Level tier;
  Category category;
  bool phish_abused;  // of a family that consent phishing is known to ask for
};

/// All facts, by name in any case, then API, type, id.
std::span<const PermissionFact> permission_facts();
/// Those of this name in any case; empty where unknown.
std::span<const PermissionFact> facts_named(std::string_view value);
/// An app role by its id; nullptr where unknown.
const PermissionFact* fact_of_role(std::string_view id);
/// "Microsoft Graph"; "" where unknown.
std::string_view resource_name(std::string_view app_id);

/// What one held or asked permission amounts to.
struct Judgement {
  Level tier = Level::kMedium;
  Category category = Category::kOther;
  bool phish_abused = false;
  bool known = false;  // else it counts as medium
};

/// The facts, and what --permissions puts above them.
class PermissionBook {
 public:
  /// Where the API is not known (`resource` is empty), or has no permission of the name, the worst
  /// of all APIs counts.
  Judgement judge(std::string_view resource, PermissionType type, std::string_view value,
                  std::string_view role_id = {}) const;
  /// Lines "NAME<tab>LEVEL", '#' begins a comment. kData, placed at FILE:LINE.
  Result<void> read_overrides(const std::string& path);

 private:
  std::map<std::string, Level, std::less<>> overrides_;  // by lower-case name
};

}  // namespace quarry::consent_audit
