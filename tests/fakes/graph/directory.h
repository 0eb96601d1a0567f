// The directory of a tenant as Microsoft Graph shows it: applications, grants, app roles, users and
// the settings about consent. Strict: what Graph refuses is refused, and what nobody should do to a
// directory is a violation.
#pragma once

#include "tests/fakes/cloud.h"

#include <atomic>
#include <map>
#include <mutex>
#include <string>

namespace quarry::fakes {

class Directory {
 public:
  static constexpr const char* kAudience = "https://graph.microsoft.com";
  static constexpr const char* kMailGuard = "00000301-5eed-4a00-9000-000000000301";
  static constexpr const char* kReports = "00000302-5eed-4a00-9000-000000000302";

  /// Adds its routes; pages hold `page_size` rows.
  Directory(Cloud& cloud, std::size_t page_size);
  /// What is left at the end: "sp NAME blocked", how many grants and assignments, "signed out NAME
  /// 1 times"; "" where nobody ever asked.
  std::string describe() const;

 private:
  struct Principal {
    std::string app_id;
    std::string name;
    std::string owner;
    bool enabled = true;
    std::string notes = "null";  // JSON
    std::string tags = R"(["WindowsAzureActiveDirectoryIntegratedApp"])";
    std::string rest;  // further members
  };
  struct Grant {
    std::string client;
    std::string principal;  // "": everybody
    std::string resource;
    std::string scope;
  };
  struct Assignment {
    std::string principal;
    std::string principal_type;
    std::string resource;
    std::string role;
  };
  void fill();
  void add_reads();
  void add_writes();
  std::string json_of(const std::string& id, const Principal& principal) const;
  std::string json_of(const std::string& id, const Grant& grant) const;
  std::string json_of(const std::string& id, const Assignment& assignment) const;
  Reply list_principals(const Request& request);
  Reply show_principal(const std::string& id);
  Reply patch_principal(const Request& request, const std::string& id);
  Reply delete_principal(const std::string& id);
  Reply give_grant(const Request& request);
  Reply assign(const Request& request, const std::string& resource);
  Reply assignments(const Request& request, const std::string& id, bool of_principal);
  Reply page(const Request& request, const std::vector<std::string>& rows);
  bool may_touch(const std::string& id, const char* what);

  Cloud& cloud_;
  std::size_t page_size_;
  mutable std::mutex mutex_;
  std::map<std::string, Principal> principals_;
  std::map<std::string, Principal> deleted_;
  std::map<std::string, Grant> grants_;
  std::map<std::string, Assignment> assignments_;
  std::map<std::string, std::string> users_;  // id to name
  std::map<std::string, int> signed_out_;
  std::atomic<bool> asked_{false};
  int next_ = 100;
  static constexpr std::string_view kConsentPolicies =
      R"(["ManagePermissionGrantsForOwnedResource.microsoft-dynamically-managed-permissions-for-team","ManagePermissionGrantsForSelf.microsoft-user-default-low"])";
  std::string consent_policies_{kConsentPolicies};  // JSON
};

}  // namespace quarry::fakes
