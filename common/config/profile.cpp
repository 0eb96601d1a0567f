#include "common/config/profile.h"

#include "common/base/text.h"

#include <array>

namespace quarry::config {

std::string profile_section(std::string_view name) { return "profile." + std::string(name); }

std::vector<std::string> split_profile_names(std::string_view text) {
  std::vector<std::string> names;
  for (const std::string_view part : text::split(text, ',')) {
    const std::string_view name = text::trim_ascii(part);
    if (!name.empty()) names.emplace_back(name);
  }
  return names;
}

std::span<const std::string_view> connection_keys() {
  static constexpr std::array<std::string_view, 31> kKeys{"cloud",
                                                          "tenant",
                                                          "auth",
                                                          "ca_file",
                                                          "retries",
                                                          "timeout",
                                                          "client_id",
                                                          "client_certificate",
                                                          "client_secret_file",
                                                          "credential_command",
                                                          "client_key",
                                                          "certificate_password_file",
                                                          "assertion_alg",
                                                          "send_x5c",
                                                          "token_cache",
                                                          "login_url",
                                                          "graph_url",
                                                          "mde_url",
                                                          "arm_url",
                                                          "logs_url",
                                                          "adx_url",
                                                          "blob_url",
                                                          "login_scope",
                                                          "graph_scope",
                                                          "mde_scope",
                                                          "arm_scope",
                                                          "logs_scope",
                                                          "adx_scope",
                                                          "blob_scope",
                                                          "workspace",
                                                          "cluster"};
  return kKeys;
}

std::span<const SectionFamily> section_families() {
  static constexpr std::array<SectionFamily, 1> kFamilies{{{"taxii.", "taxii-pull"}}};
  return kFamilies;
}

std::span<const std::string_view> tool_sections() {
  static constexpr std::array<std::string_view, 6> kTools{
      "hq", "lr", "taxii-pull", "etl-report", "consent-audit", "incident-link"};
  return kTools;
}

}  // namespace quarry::config
